# 人工服务时间，以及转人工时给客服看的摘要。

service-days = { $first }至{ $last }
service-hours = { $days } { $times }

handoff-open = 客服有空就会来，您写的内容他们都看得到。
handoff-closed = 客服{ $when }上班，会看到您写的全部内容。在那之前您也可以随时回来找我。
handoff-never = 目前没有人工在线，请发邮件到 { $email }。您写的内容会保留。
