# 金额。

money-about = 约 { $price }

error-unknown-currency = 这种货币没有可用的汇率。
