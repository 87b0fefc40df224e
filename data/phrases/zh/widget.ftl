# 聊天窗口里的文字。浏览器里用的键不带前缀；花括号里的值由浏览器填入。

widget-launcher = 问问我们
widget-title = 购物助手
widget-subtitle = 自动应答，随时在线
widget-close = 关闭聊天
widget-language-switch = 把聊天切换成英文
widget-language-other = English
widget-log-label = 对话
widget-typing = 助手正在输入
widget-author-shopper = 您
widget-author-bot = 助手
widget-author-staff = 工作人员
widget-author-system = 提示

widget-welcome = 您好！我是本店的智能助手，不是真人。我可以帮您找商品、推荐适合您的东西，也可以查询订单和优惠券。
widget-say-recommend = 有什么推荐吗？
widget-say-orders = 我的订单到哪儿了？
widget-say-coupons = 我有优惠券吗？

widget-placeholder = 输入消息
widget-send = 发送
widget-note-bot = 正在和您聊天的是智能助手。
widget-note-human = 工作人员会在这里回复您。
widget-person = 联系人工
widget-back-to-bot = 转回智能助手
widget-say-person = 我想联系人工
widget-say-bot = 请转回智能助手

widget-unsent = 还没有发出，正在重试。
widget-offline = 您处于离线状态，恢复连接后会立即发送。
widget-retry = 立即重试
widget-refused = 这条消息无法发送。
widget-text-too-long = 消息超过 2000 个字。
widget-unknown-button = 这个按钮已经失效。

widget-slate-label = 商品，共 { $count } 件
widget-slate-previous = 前面的商品
widget-slate-next = 更多商品
widget-card-label = 第 { $position } 件，共 { $count } 件：{ $name }
widget-was-price = 原价
widget-out-of-stock = 暂时缺货
widget-card-add = 加入购物车
widget-card-add-label = 把“{ $name }”加入购物车
widget-card-similar = 相似
widget-card-similar-label = 看看和“{ $name }”类似的商品
widget-card-why = 为什么？
widget-card-why-label = 为什么推荐“{ $name }”？
widget-card-dismiss = 不要这个
widget-card-dismiss-label = 不再推荐“{ $name }”
widget-say-similar = 我想看看和“{ $name }”类似的商品
widget-say-why = 为什么给我推荐“{ $name }”？
widget-added = 已加入购物车
widget-add-failed = 没有成功，请再试一次。
widget-add-out-of-stock = 这件商品库存不足。
widget-dismissed = 记住了，不会再给您推荐这一件。

widget-cart-title = 您的购物车
widget-cart-empty = 里面还没有商品。
widget-cart-total = 合计
widget-cart-open = 去购物车
widget-cart-remove = 把“{ $name }”移出购物车

widget-download-failed = 文件没有取到，请再试一次。
widget-order-title = 订单 { $id }
widget-order-placed = { $date }下单
widget-order-expected = 预计{ $date }送达
widget-order-simulated = 演示中的配送状态是模拟的。
widget-order-invoice = 发票

widget-coupon-ends = { $date }前有效
widget-coupon-simulated = 演示中的优惠金额是模拟的。

widget-compare-title = 商品对比
widget-compare-better = （更好）
widget-compare-unknown = 未知
