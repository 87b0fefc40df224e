# When people answer, and what staff read of a conversation that is handed to them.

service-days = { $first }–{ $last }
service-hours = { $days } { $times }
