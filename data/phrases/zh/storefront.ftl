# 演示商店。

storefront-shop-name = Harvest Lane
storefront-skip = 跳到正文
storefront-search-placeholder = 搜索牛奶、面包、咖啡……
storefront-account = 您的账户
storefront-orders = 订单
storefront-coupons = 优惠券
storefront-log-in = 登录
storefront-log-out = 退出登录
storefront-log-in-as-another = 换一个身份
storefront-cart = 您的购物车
storefront-cart-label = { $count ->
    [0] 购物车，空
   *[other] 购物车，{ $count } 件
}
storefront-departments = 部门
storefront-categories = 类别
storefront-all = 全部
storefront-help = 帮助与联系
storefront-footer-demo = 这是演示商店，并不真正销售商品。库存、配送和图片均为模拟。
storefront-footer-data = 商品、价格和购买记录来自 84.51° 的 “The Complete Journey” 数据集，日期已平移到今年。

storefront-hello = 新鲜好物，还有人随时解答
storefront-hello-shopper = 欢迎回来，{ $name }
storefront-hello-more = 随便逛逛，或者直接告诉助手您需要什么。每个货架它都熟悉。
storefront-ask = 问问助手
storefront-be-a-shopper = 以演示顾客身份登录

storefront-shelf-again = 再次购买
storefront-shelf-again-why = 您经常买的东西，以及上次购买的时间
storefront-shelf-for-you = 为您挑选
storefront-shelf-for-you-why = 常买之外，根据您的购买和浏览
storefront-shelf-discover = 发现更多
storefront-shelf-discover-why = 越逛越准的推荐
storefront-shelf-new = 新品上架
storefront-shelf-new-why = 近期上新，适合您的排在前面
storefront-shelf-bestsellers = 热销商品
storefront-shelf-bestsellers-why = 大家最常放进购物车的商品
storefront-shelf-similar = 相似商品
storefront-shelf-similar-why = 和这一件很像
storefront-shelf-goes-with = 搭配购买
storefront-shelf-goes-with-why = 经常一起买
storefront-shelf-goes-with-cart = 和购物车里的很搭
storefront-shelf-goes-with-cart-why = 经常和您选的商品一起买
storefront-shelf-previous = 前面的商品
storefront-shelf-next = 更多商品

storefront-was-price = 原价
storefront-add = 加入购物车
storefront-add-label = 把“{ $name }”加入购物车
storefront-added = 已加入购物车
storefront-add-failed = 没有成功，请再试一次。
storefront-out-of-stock = 暂时缺货
storefront-in-stock = { $count ->
    [1] 仅剩最后一件
   *[other] 有货
}
storefront-stock-simulated = 演示中的库存是模拟的。
storefront-quantity = 数量
storefront-size = 规格
storefront-category = 类别
storefront-item-number = 商品编号
storefront-where = 所在位置

storefront-product-count = 共 { $count } 件商品
storefront-sorted-for-you = 已为您排序：您可能需要的排在前面。
storefront-sorted-popular = 最热销的排在前面。
storefront-nothing-here = 这里暂时没有商品。
storefront-search-title = “{ $text }”的搜索结果
storefront-search-nothing = 没有找到相符的商品。助手也许明白您的意思。

storefront-remove = 移除
storefront-remove-label = 把“{ $name }”移出购物车
storefront-total = 合计
storefront-charged = 付款按商店的货币：{ $price }。
storefront-checkout = 提交订单
storefront-log-in-to-order = 登录后下单
storefront-checkout-simulated = 这里的结账是模拟的，不会付款，也不会发货。
storefront-cart-empty = 您的购物车是空的。
storefront-look-around = 去逛逛
storefront-order-title = 订单 { $id }
storefront-order-placed = { $date }下单
storefront-order-thanks = 谢谢！订单已提交。
storefront-orders-none = 您还没有下过订单。
storefront-log-in-for-orders = 登录后查看您的订单。
storefront-coupons-none = 您目前没有优惠券。
storefront-log-in-for-coupons = 登录后查看您的优惠券。
storefront-coupon-simulated = 演示中的优惠金额是模拟的。
storefront-delivery-simulated = 演示中的配送状态是模拟的。
storefront-pieces = { $count } 件

storefront-login-title = 您想以谁的身份逛逛？
storefront-login-more = 演示数据中的真实家庭，有一年的购买记录。无需密码。
storefront-login-age = { $age } 岁
storefront-login-income = 年收入 ${ $income }
storefront-household-1-adult-no-kids = 独居
storefront-household-1-adult-with-kids = 一位成人带孩子
storefront-household-2-adults-no-kids = 两位成人，没有孩子
storefront-household-2-adults-with-kids = 两位成人带孩子
storefront-login-names-made-up = 名字是虚构的。
storefront-go-home = 回到首页
