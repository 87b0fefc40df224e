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
