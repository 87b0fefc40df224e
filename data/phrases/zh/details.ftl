# 商店对一件商品所知道的，每行一条。

details-price = 价格：{ $value }
details-unit-price = 折合{ $value }
details-size = 规格：{ $value }
details-brand = 品牌：{ $value }
details-category = 类别：{ $value }
details-kind = 品种：{ $value }
details-stock = 库存：{ $value }
details-rating = 评分：{ $value }
details-popularity = 受欢迎程度：{ $value }
details-bought = { $value }
