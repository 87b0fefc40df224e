# What sets a group of shoppers apart, for the shop's own people.

segment-description = { $value ->
    [high] 高价值
    [low] 低价值
   *[middle] 中等价值
}：{ segment-habits }
segment-habits = { $frequency ->
    [often] 经常购买
    [rarely] 很少购买
   *[sometimes] 购买频率一般
}，{ $basket ->
    [big] 每单金额高
    [small] 每单金额低
   *[medium] 每单金额中等
}{ $price ->
    [premium] {"，偏爱较贵的商品"}
    [budget] {"，偏爱较便宜的商品"}
   *[average] {""}
}{ $discount ->
    [often] {"，常买折扣商品"}
    [rarely] {"，很少买折扣商品"}
   *[average] {""}
}{ $has_favourite ->
    [yes] {"，比其他顾客更常买“"}{ $category }{"”"}
   *[no] {""}
}{ $recency ->
    [away] {"，最近没来"}
   *[other] {""}
}
