# The state of an order: a word or two for lists and cards.

order-status-placed = 已下单
order-status-packing = 打包中
order-status-on-the-way = 配送中
order-status-delivered = 已送达
order-status-cancelled = 已取消
order-status-returned = 已退货

# The same as a sentence; "-undated" where no date is known.

order-sentence-placed = 订单 { $order } 已收到，预计 { $day } 送达。
order-sentence-placed-undated = 订单 { $order } 已收到。
order-sentence-packing = 订单 { $order } 正在打包，预计 { $day } 送达。
order-sentence-packing-undated = 订单 { $order } 正在打包。
order-sentence-on-the-way = 订单 { $order } 正在配送，预计 { $day } 送达。
order-sentence-on-the-way-undated = 订单 { $order } 正在配送。
order-sentence-delivered = 订单 { $order } 已于 { $day } 送达。
order-sentence-delivered-undated = 订单 { $order } 已送达。
order-sentence-cancelled-undated = 订单 { $order } 已取消。
order-sentence-returned-undated = 订单 { $order } 已退货。
