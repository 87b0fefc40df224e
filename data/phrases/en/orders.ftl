# The state of an order: a word or two for lists and cards.

order-status-placed = Placed
order-status-packing = Being packed
order-status-on-the-way = On the way
order-status-delivered = Delivered
order-status-cancelled = Cancelled
order-status-returned = Returned

# The same as a sentence; "-undated" where no date is known.

order-sentence-placed = We have your order { $order }. It should arrive on { $day }.
order-sentence-placed-undated = We have your order { $order }.
order-sentence-packing = We are packing order { $order }. It should arrive on { $day }.
order-sentence-packing-undated = We are packing order { $order }.
order-sentence-on-the-way = Order { $order } is on its way and should arrive on { $day }.
order-sentence-on-the-way-undated = Order { $order } is on its way.
order-sentence-delivered = Order { $order } was delivered on { $day }.
order-sentence-delivered-undated = Order { $order } was delivered.
order-sentence-cancelled-undated = Order { $order } was cancelled.
order-sentence-returned-undated = Order { $order } was returned.

# What cannot be done with an order, and what can be done instead.

error-too-late-to-cancel = Order { $order } has already left, so it can't be cancelled any more. Once it is with you, unopened things can come back within { $days } days.
error-too-late-to-change = Order { $order } is already being packed or on its way, so nothing in it can be changed any more.
error-too-late-for-address = Order { $order } has already left, so it can't go to another address any more.
error-order-cancelled = Order { $order } was cancelled already. Nothing more needs doing.
error-last-item = That is the only thing in order { $order }. If you don't want it any more, the whole order can be cancelled.
error-not-delivered = Order { $order } hasn't arrived yet. Please tell me again once it is with you.
error-too-late-to-return = Order { $order } came more than { $days } days ago, and that is how long things can come back.
error-not-returnable = { $item } is fresh or frozen food, which can't come back. If it arrived spoiled, tell me within { $days } days and you get your money back.
error-already-requested = That is already being taken care of: your request has the number { $number }.
error-not-in-order = That isn't in this order.
error-no-address = That doesn't look like a whole address.
error-too-many-tries = That was wrong several times, so I've stopped looking, to keep everybody's orders safe. A person can help you.

# Service requests: what they are, how they stand, and both in one line.

request-kind-cancel = Cancelled order
request-kind-change = Changed order
request-kind-return = Return
request-kind-exchange = Exchange
request-kind-damaged = Damaged item
request-kind-missing = Missing item
request-kind-refund = Refund
request-state-open = a person is looking at it
request-state-open-money = a person is looking at it; it is about { $amount }
request-state-approved = agreed
request-state-approved-money = agreed, { $amount } goes back to you within { $days } working days
request-state-done = done
request-state-done-money = done, { $amount } was paid back
request-state-refused = refused
request-state-refused-money = refused
request-sentence = { $number } · { $kind }, order { $order }, { $day }: { $state }.

# What comes before a question that is asked again, and why. Each ends with a space.

service-lead-back = Back to { $what }.{ " " }
service-lead-unknown-order = I can't find order { $order } among yours.{ " " }
service-lead-no-match = I can't find an order with that number and that e-mail.{ " " }
service-lead-no-email = That doesn't look like an e-mail address.{ " " }
service-lead-not-that-many = There aren't that many in this order.{ " " }
service-lead-no-address = I need the street and number, the city and the postcode.{ " " }
service-lead-too-many-pieces = It can only be fewer than there are now.{ " " }
service-lead-several = There are several like that in this order.{ " " }
service-name-track = your order
service-name-invoice = your invoice
service-name-refunds = your refund
service-name-cancel = cancelling your order
service-name-change = changing your order
service-name-address = your address
service-name-return = your return
service-name-exchange = your exchange
service-name-damaged = what arrived damaged
service-name-missing = what is missing
service-name-refund = your refund
service-wish-refund = { $amount } back
service-wish-replacement = a new one
service-pieces = { $count } × { $item }

# What went wrong, by the shop's own codes.

service-reason-broken = it arrived broken
service-reason-spoiled = it arrived spoiled
service-reason-wrong-item = the wrong thing came
service-reason-not-wanted = not needed any more
service-reason-not-liked = not what was expected
service-reason-other-size = another size or kind is wanted

# The invoice page.

storefront-invoice = Invoice
storefront-invoice-title = Invoice for order { $id }
storefront-invoice-issued = Issued { $date }
storefront-invoice-from = From
storefront-invoice-to = To
storefront-invoice-no-name = Our customer
storefront-invoice-no-address = No address on file
storefront-invoice-item = Item
storefront-invoice-quantity = Quantity
storefront-invoice-each = Each
storefront-invoice-amount = Amount
storefront-invoice-listed = At list prices
storefront-invoice-discount = Discounts
storefront-invoice-refunded = Refunds agreed since
storefront-invoice-demo = This is a demo shop: nothing was paid and no tax was charged, so this is not a tax invoice.
