# 人工服务时间，以及转人工时给客服看的摘要。

service-days = { $first }至{ $last }
service-hours = { $days } { $times }
