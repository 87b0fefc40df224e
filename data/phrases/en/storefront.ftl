# The demo storefront.

storefront-shop-name = Harvest Lane
storefront-skip = Skip to the content
storefront-search-placeholder = Search milk, bread, coffee …
storefront-account = Your account
storefront-orders = Orders
storefront-coupons = Coupons
storefront-log-in = Log in
storefront-log-out = Log out
storefront-log-in-as-another = Be somebody else
storefront-cart = Your cart
storefront-cart-label = { $count ->
    [0] Cart, empty
    [1] Cart, one piece
   *[other] Cart, { $count } pieces
}
storefront-departments = Departments
storefront-categories = Categories
storefront-all = All
storefront-help = Help and contact
storefront-footer-demo = A demo shop: nothing here is really sold. Stock, delivery and pictures are simulated.
storefront-footer-data = Products, prices and purchases come from “The Complete Journey” by 84.51°, with dates moved to this year.

storefront-hello = Fresh things, and somebody to ask
storefront-hello-shopper = Good to see you, { $name }
storefront-hello-more = Look around, or simply tell our assistant what you need. It knows every aisle.
storefront-ask = Ask the assistant
storefront-be-a-shopper = Log in as a demo shopper

storefront-shelf-again = Buy again
storefront-shelf-again-why = What you buy again and again, and when you last did
storefront-shelf-for-you = Picked for you
storefront-shelf-for-you-why = From what you buy and look at, beyond your usual things
storefront-shelf-discover = More to discover
storefront-shelf-discover-why = Suggestions that get better as you look around
storefront-shelf-new = New in the shop
storefront-shelf-new-why = Added lately, what suits you first
storefront-shelf-bestsellers = Bestsellers
storefront-shelf-bestsellers-why = What most people put into their carts
storefront-shelf-similar = Similar
storefront-shelf-similar-why = Much like this one
storefront-shelf-goes-with = Goes well with it
storefront-shelf-goes-with-why = Often bought together
storefront-shelf-goes-with-cart = Goes well with your cart
storefront-shelf-goes-with-cart-why = Often bought together with what you have
storefront-shelf-previous = Earlier products
storefront-shelf-next = More products

storefront-was-price = before
storefront-add = Add to cart
storefront-add-label = Add { $name } to the cart
storefront-added = In your cart
storefront-add-failed = That did not work. Please try again.
storefront-out-of-stock = Out of stock
storefront-in-stock = { $count ->
    [1] The last one in stock
   *[other] In stock
}
storefront-stock-simulated = Stock is simulated in this demo.
storefront-quantity = Quantity
storefront-size = Size
storefront-category = Category
storefront-item-number = Item number
storefront-where = Where this is

storefront-product-count = { $count ->
    [1] One product
   *[other] { $count } products
}
storefront-sorted-for-you = Sorted for you: what you are likely to need comes first.
storefront-sorted-popular = The most popular come first.
storefront-nothing-here = There is nothing here at the moment.
storefront-search-title = Results for “{ $text }”
storefront-search-nothing = Nothing matches these words. The assistant may know what you mean.

storefront-remove = Remove
storefront-remove-label = Remove { $name } from the cart
storefront-total = Total
storefront-charged = You pay { $price }, in the shop's own currency.
storefront-checkout = Place the order
storefront-log-in-to-order = Log in to order
storefront-checkout-simulated = This checkout is simulated. Nothing is paid and nothing is sent.
storefront-cart-empty = Your cart is empty.
storefront-look-around = Look around
storefront-order-title = Order { $id }
storefront-order-placed = Placed { $date }
storefront-order-thanks = Thank you! Your order is placed.
storefront-orders-none = You have not ordered anything yet.
storefront-log-in-for-orders = Log in to see your orders.
storefront-coupons-none = You have no coupons at the moment.
storefront-log-in-for-coupons = Log in to see your coupons.
storefront-coupon-simulated = Its value is simulated in this demo.
storefront-delivery-simulated = Delivery is simulated in this demo.
storefront-pieces = { $count ->
    [1] One piece
   *[other] { $count } pieces
}

storefront-login-title = Who would you like to be?
storefront-login-more = Real households of the demo data, with a year of purchases. No password needed.
storefront-login-age = Aged { $age }
storefront-login-income = ${ $income } a year
storefront-household-1-adult-no-kids = Lives alone
storefront-household-1-adult-with-kids = One adult with kids
storefront-household-2-adults-no-kids = Two adults, no kids
storefront-household-2-adults-with-kids = Two adults with kids
storefront-login-names-made-up = The names are made up.
storefront-go-home = Go to the home page
