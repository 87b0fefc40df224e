# Why a card is shown. Short: they stand on the card.

reason-bought-often-days = { $days ->
    [1] 您几乎每天都买
   *[other] 您大约每 { $days } 天买一次
}
reason-bought-often-weeks = { $weeks ->
    [1] 您大约每周买一次
   *[other] 您大约每 { $weeks } 周买一次
}
reason-bought-often-months = { $months ->
    [1] 您大约每个月买一次
   *[other] 您大约每 { $months } 个月买一次
}
reason-bought-often = { $times ->
    [1] 您以前买过
    [2] 您买过两次
   *[other] 您买过 { $times } 次
}
reason-last-time = { $bought }，上次是 { $ago }
reason-ago-days = { $days ->
    [0] 今天
    [1] 昨天
   *[other] { $days } 天前
}
reason-ago-weeks = { $weeks } 周前
reason-ago-months = { $months } 个月前
reason-new-week = 本周新品
reason-new-month = 本月新品
reason-new = 新品
reason-bought-with = 常与您买的商品一起购买
reason-bought-with-item = 常与“{ $item }”一起购买
reason-bought-after = 常在您最近买的商品之后购买
reason-bought-after-item = 常在“{ $item }”之后购买
reason-similar-to = 与您常买的商品相似
reason-similar-to-item = 与“{ $item }”相似
reason-promoted = 本店推广
reason-popular = 近期热销
reason-popular-item = 近期热销
reason-popular-early = 已有其他顾客购买
reason-profile = 与您情况相似的家庭常买
reason-profile-item = 与您情况相似的家庭常买
reason-favourite-category = 您常买“{ $category }”
reason-session = 与您刚看过的商品相配
reason-session-item = 您刚看过“{ $item }”

# Only in answers to "why this?".
reason-search = 符合“{ $text }”
reason-none = 符合您的要求
reason-personalisation-paused = 未使用您的购买记录：您已暂停个性化推荐
