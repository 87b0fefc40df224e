# What is known of a shopper, as the shopper reads it; and where each fact comes from.

profile-pace-days = { $days ->
    [1] 您几乎每天都下单
   *[other] 您大约每 { $days } 天下一次单
}
profile-pace-weeks = { $weeks ->
    [1] 您大约每周下一次单
   *[other] 您大约每 { $weeks } 周下一次单
}
profile-pace-months = { $months ->
    [1] 您大约每个月下一次单
   *[other] 您大约每 { $months } 个月下一次单
}
profile-basket = 您每单大约 { $amount }
profile-lapsing = 您这次隔了比平时更久没来
profile-category = { $compared ->
    [yes] 您比其他顾客更常买“{ $category }”
   *[no] 您常买“{ $category }”
}
profile-brand = { $compared ->
    [yes] 您比其他顾客更常选“{ $brand }”
   *[no] 您常选“{ $brand }”
}
profile-discount = { $compared ->
    [yes] 您买的商品有 { $share } 打折（一般为 { $usual }）
   *[no] 您买的商品有 { $share } 打折
}
profile-price = { $level ->
    [premium] 同类商品中您偏爱较贵的
    [budget] 同类商品中您偏爱较便宜的
   *[average] 您选购的商品价格适中
}
profile-item-days = { $days ->
    [1] { $item }：几乎每天
   *[other] { $item }：大约每 { $days } 天
}
profile-item-weeks = { $weeks ->
    [1] { $item }：大约每周
   *[other] { $item }：大约每 { $weeks } 周
}
profile-item-months = { $months ->
    [1] { $item }：大约每个月
   *[other] { $item }：大约每 { $months } 个月
}
profile-due = { $rhythm }，下次大约在 { $day }
profile-due-now = { $rhythm }，该买了
profile-segment = 您的购物习惯与另外 { $others } 位顾客相似：{ $habits }
profile-buys = 我们预计您在 { $days } 天内下单的可能性为 { $share }
profile-life-stage = { $stage ->
    [student] 人生阶段：学生
    [family] 人生阶段：家有孩子
    [young] 人生阶段：青年
    [older] 人生阶段：年长
   *[middle] 人生阶段：中年
}
profile-known = { $name ->
    [age] 年龄：{ $value }
    [gender] 性别：{ $value }
    [income] 家庭收入：{ $value }
    [home] 住房：{ $value }
    [marital_status] 婚姻状况：{ $value }
    [household_size] 家庭人数：{ $value }
    [household] 家庭构成：{ $value }
    [kids] 孩子：{ $value }
    [occupation] 职业：{ $value }
   *[other] { $name }：{ $value }
}
profile-favourite = “{ $item }”是您的收藏
profile-dismiss = 您不想再看到“{ $item }”
profile-consent = { $granted ->
    [yes] 您同意了{ $purpose ->
        [personalisation] 个性化推荐
        [promotions] 接收优惠信息
       *[analytics] 用于统计
    }
   *[no] { $purpose ->
        [personalisation] 您暂停了个性化推荐
        [promotions] 您不想接收优惠信息
       *[analytics] 您没有同意用于统计
    }
}
profile-paused = 个性化推荐已暂停：不会查看您的订单

profile-source-orders = { $orders ->
    [1] 来自您 { $first } 的订单
   *[other] 来自您 { $first } 至 { $last } 的 { $orders } 个订单
}
profile-source-told = 您告诉我们的
profile-source-survey = 来自问卷
profile-source-computed = { $last } 根据所有顾客的订单计算

profile-avoid = 不会主动给您推荐的：{ $label }
profile-avoid-group = 不会主动给您推荐的：{ $label }
profile-gift = “{ $label }”是送人的，不计入您的喜好
profile-gift-order = 订单 { $label } 是送人的，不计入您的喜好
profile-viewed = 您看过“{ $item }”
profile-in-cart = “{ $item }”在您的购物车里
profile-name = 您的姓名：{ $value }
profile-email = 您的电子邮箱：{ $value }
profile-source-visit = 来自本次访问
