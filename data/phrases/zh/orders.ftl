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

# 订单做不了什么，以及还能怎么办。

error-too-late-to-cancel = 订单 { $order } 已经发出，不能取消了。收到后，未开封的商品 { $days } 天内可以退。
error-too-late-to-change = 订单 { $order } 已经在打包或配送中，里面的商品改不了了。
error-too-late-for-address = 订单 { $order } 已经发出，不能改送别的地址了。
error-order-cancelled = 订单 { $order } 已经取消过了，不用再做什么。
error-last-item = 订单 { $order } 里只有这一件商品。如果不想要了，可以取消整个订单。
error-not-delivered = 订单 { $order } 还没送到。收到后请再告诉我。
error-too-late-to-return = 订单 { $order } 送达已超过 { $days } 天，过了可以退换的期限。
error-not-returnable = { $item }属于生鲜或冷冻食品，不能退换。如果送到时已变质，{ $days } 天内告诉我就可以退款。
error-already-requested = 这件商品已经在处理了，申请编号是 { $number }，不用再提交。
error-not-in-order = 这个订单里没有这件商品。
error-no-address = 这看起来不是完整的地址。
error-too-many-tries = 已经好几次对不上了。为了保护大家的订单，我先不再查了，人工客服可以帮您。

# 服务申请：是什么，到哪一步了，以及连成一句话。

request-kind-cancel = 取消订单
request-kind-change = 修改订单
request-kind-return = 退货
request-kind-exchange = 换货
request-kind-damaged = 商品破损
request-kind-missing = 商品缺少
request-kind-refund = 退款
request-state-open = 人工客服正在处理
request-state-open-money = 人工客服正在处理，涉及 { $amount }
request-state-approved = 已同意
request-state-approved-money = 已同意，{ $amount } 将在 { $days } 个工作日内退还
request-state-done = 已完成
request-state-done-money = 已完成，{ $amount } 已退还
request-state-refused = 未通过
request-state-refused-money = 未通过
request-sentence = { $number } · { $kind }，订单 { $order }，{ $day }：{ $state }。

# 再问一遍之前要说的话。

service-lead-back = 接着说{ $what }：
service-lead-unknown-order = 您的订单里没有 { $order }。
service-lead-no-match = 没有找到和这个邮箱对得上的订单。
service-lead-no-email = 这看起来不是邮箱地址。
service-lead-not-that-many = 这个订单里没有那么多件。
service-lead-no-address = 我需要街道门牌、城市和邮编。
service-lead-too-many-pieces = 只能比现在的数量少。
service-lead-several = 这个订单里有好几件类似的。
service-name-track = 您的订单
service-name-invoice = 发票的事
service-name-refunds = 退款的事
service-name-cancel = 取消订单的事
service-name-change = 修改订单的事
service-name-address = 地址的事
service-name-return = 退货的事
service-name-exchange = 换货的事
service-name-damaged = 商品破损的事
service-name-missing = 缺少商品的事
service-name-refund = 退款的事
service-wish-refund = 退款 { $amount }
service-wish-replacement = 补发一件
service-pieces = { $item } × { $count }

# 出了什么问题。

service-reason-broken = 送到时破损
service-reason-spoiled = 送到时变质
service-reason-wrong-item = 送错了
service-reason-not-wanted = 不需要了
service-reason-not-liked = 和想的不一样
service-reason-other-size = 想换别的规格或种类

# 发票页。

storefront-invoice = 发票
storefront-invoice-title = 订单 { $id } 的发票
storefront-invoice-issued = 开具日期：{ $date }
storefront-invoice-from = 销售方
storefront-invoice-to = 购买方
storefront-invoice-no-name = 本店顾客
storefront-invoice-no-address = 没有登记地址
storefront-invoice-item = 商品
storefront-invoice-quantity = 数量
storefront-invoice-each = 单价
storefront-invoice-amount = 金额
storefront-invoice-listed = 按标价
storefront-invoice-discount = 优惠
storefront-invoice-refunded = 之后同意的退款
storefront-invoice-demo = 这是演示商店：没有真正付款，也没有收税，因此这不是税务发票。
