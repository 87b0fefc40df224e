# 商品对比。

compare-row-price = 价格
compare-row-unit-price = 同等份量的价格
compare-row-size = 规格
compare-row-brand = 品牌
compare-row-category = 类别
compare-row-kind = 品种
compare-row-stock = 库存
compare-row-fits = 符合您的要求
compare-row-fits-text = 符合“{ $text }”
compare-row-rating = 评分
compare-row-popularity = 受欢迎程度
compare-row-bought = 您的购买

compare-price-was = { $price }，原价 { $was }
compare-per-oz = 每盎司 { $price }
compare-per-100g = 每 100 克 { $price }
compare-per-fl-oz = 每液量盎司 { $price }
compare-per-100ml = 每 100 毫升 { $price }
compare-per-piece = 每件 { $price }
compare-per-roll = 每卷 { $price }
compare-per-bag = 每袋 { $price }
compare-per-sheet = 每张 { $price }
compare-per-load = 每次用量 { $price }
compare-per-use = 每次用量 { $price }
compare-per-stem = 每枝 { $price }
compare-per-pack = 每包 { $price }
compare-stock = 有货
compare-stock-few = { $count ->
    [1] 仅剩最后一件
   *[other] 仅剩 { $count } 件
}
compare-stock-none = 暂时缺货
compare-yes = 是
compare-no = 否
compare-rating = { $stars } 分（满分 5 分），{ $count } 人评价
compare-rank = { $rank ->
    [1] “{ $category }”类销量第一
   *[other] “{ $category }”类销量第 { $rank }
}
compare-rank-none = 很少有人买过
compare-bought-never = 您还没有买过
compare-suits = “{ $item }”更适合您

error-compare-too-few = 请至少选择两件商品进行对比。
error-compare-too-many = 最多可以对比四件商品。
error-compare-twice = 您选了两次同一件商品。

storefront-compare = 商品对比
storefront-compare-these = 与前几件对比
storefront-compare-better = （更优）

# 聊天里说出的关键差别。
compare-tell-price = “{ $item }”更便宜：{ $value }，另一个是 { $against }。
compare-tell-unit-price = “{ $item }”更划算：{ $value }，另一个是{ $against }。
compare-tell-unit-price-though = 不过按同样的量算，“{ $item }”更划算：{ $value }，另一个是{ $against }。
compare-tell-both = { $one }{ $other }
compare-tell-property = 价格一样。{ $label }分别是 { $values }。
compare-tell-list = { $one } 和 { $other }
compare-tell-alike = 我看不出差别，价格也一样。
