# 商店对一件商品所知道的。

details-line = { $label }：{ $value }
