# What a shopper reads when something cannot be done: "error-" and the code of the error.

error-internal = 我们这边出了点问题，请再试一次。
error-invalid-input = 操作未成功，请检查您输入的内容。
error-not-found = 没有找到。
error-unauthorized = 请先登录。
error-conflict = 现在已无法这样操作。
error-too-many-requests = 操作太频繁了，请稍等片刻再试。
error-unavailable = 暂时无法使用，请稍后再试。

error-unknown-item = 本店没有这件商品。
error-unknown-slate = 这些推荐已失效。
error-unknown-order = 没有找到您的这个订单。
error-unknown-shopper = 没有这位顾客。
error-unknown-department = 没有这个分类。
error-not-in-cart = 购物车里没有这件商品。
error-cart-empty = 购物车是空的。
error-not-sold = 购物车里有一件商品已下架。
error-out-of-stock = { $left ->
    [0] { $item } 已售罄。
   *[other] { $item } 仅剩 { $left } 件。
}
error-login-required = 请先登录再下单。
error-personalisation-paused = 您已暂停个性化推荐，因此不会使用您的购买记录。您可以随时重新开启。
