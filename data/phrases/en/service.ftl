# When people answer, and what staff read of a conversation that is handed to them.

service-days = { $first }–{ $last }
service-hours = { $days } { $times }

handoff-open = Our staff will join as soon as somebody is free. They see everything you wrote here.
handoff-closed = Our staff are back on { $when } and will read everything you wrote here. Until then you can go on with me at any time.
handoff-never = Nobody answers in the chat at the moment; please write to { $email }. What you wrote here is kept.
