# 顾客在商品之外还提了什么条件，以及怎么放宽。

wish-and = { $one }、{ $other }
wish-price-max = { $price } 以内
wish-price-min = { $price } 以上
wish-bigger = 更大规格
wish-smaller = 更小规格
wish-reduced = 打折
wish-other-brand = 换个品牌
wish-words = { $word }
wish-without = 不要{ $word }

wish-limit-price = 价格限制
wish-limit-size = 规格要求
wish-limit-reduced = “打折”
wish-limit-brand = 品牌要求
wish-limit-other-brand = “换品牌”
wish-limit-words = “{ $word }”
wish-limit-without = “不要{ $word }”

wish-way = 去掉{ $limit }的话，有 { $count } 个。
wish-way-many = 去掉{ $limit }的话，就有很多。

# 按钮。
wish-drop = 去掉{ $limit }
wish-cheaper = 便宜一点
wish-bigger-pack = 大一点
wish-another-brand = 换个品牌
wish-more = 再看一些
wish-undo = 撤销
wish-first-two = 比较前两个
