# What a shopper reads when something cannot be done: "error-" and the code of the error.

error-internal = Something went wrong on our side. Please try again.
error-invalid-input = That did not work: please check what you entered.
error-not-found = We could not find that.
error-unauthorized = Please log in first.
error-conflict = That is no longer possible.
error-too-many-requests = That was a lot at once. Please wait a moment and try again.
error-unavailable = This is not available right now. Please try again in a moment.

error-unknown-item = We do not sell this product.
error-unknown-slate = These suggestions are no longer there.
error-unknown-order = We found no such order of yours.
error-unknown-shopper = We do not know this shopper.
error-unknown-department = There is no such department.
error-not-in-cart = That is not in your cart.
error-cart-empty = Your cart is empty.
error-not-sold = One of the products in your cart is no longer sold.
error-out-of-stock = { $left ->
    [0] { $item } is sold out.
    [1] Only one { $item } is left.
   *[other] Only { $left } of { $item } are left.
}
error-login-required = Please log in to order.
error-personalisation-paused = You paused personal suggestions, so your purchases are not looked at. You can turn them on again at any time.
