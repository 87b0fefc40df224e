# Words of the chat widget. Keys reach the browser without their prefix; values in braces are filled in there.

widget-launcher = Ask us
widget-title = Shop assistant
widget-subtitle = Automated, answers at once
widget-close = Close the chat
widget-language-switch = Switch the chat to Chinese
widget-language-other = 中文
widget-log-label = Conversation
widget-typing = The assistant is writing
widget-author-shopper = You
widget-author-bot = Assistant
widget-author-staff = Our staff
widget-author-system = Notice

widget-welcome = Hello! I am the shop's assistant, a program. I can find products, suggest something that suits you, and look up your orders and coupons.
widget-say-recommend = What do you recommend?
widget-say-orders = Where is my order?
widget-say-coupons = Do I have coupons?

widget-placeholder = Write a message
widget-send = Send
widget-note-bot = You are chatting with a bot.
widget-note-human = Our staff will answer here.
widget-person = Talk to a person
widget-back-to-bot = Back to the assistant
widget-say-person = I would like to talk to a person
widget-say-bot = Back to the assistant, please

widget-unsent = Not sent yet; I keep trying.
widget-offline = You are offline; this is sent as soon as you are back.
widget-retry = Try now
widget-refused = This could not be sent.
widget-text-too-long = This is longer than 2,000 characters.
widget-unknown-button = This button is no longer valid.

widget-slate-label = Products, { $count } in all
widget-slate-previous = Earlier products
widget-slate-next = More products
widget-card-label = { $position } of { $count }: { $name }
widget-was-price = before
widget-out-of-stock = Out of stock
widget-card-add = Add to cart
widget-card-add-label = Add { $name } to the cart
widget-card-similar = Similar
widget-card-similar-label = Show something like { $name }
widget-card-why = Why?
widget-card-why-label = Why is { $name } shown?
widget-card-dismiss = Not this
widget-card-dismiss-label = Do not show { $name } again
widget-say-similar = Show me something like { $name }
widget-say-why = Why do you show me { $name }?
widget-added = In your cart
widget-add-failed = That did not work. Please try again.
widget-add-out-of-stock = No more of this in stock.
widget-dismissed = Noted. You will not see this one again.

widget-cart-title = Your cart
widget-cart-empty = There is nothing in it yet.
widget-cart-total = Total
widget-cart-open = Go to the cart
widget-cart-remove = Take { $name } out of the cart

widget-download-failed = The file could not be fetched. Please try again.
widget-order-title = Order { $id }
widget-order-placed = Placed { $date }
widget-order-expected = expected { $date }
widget-order-simulated = Delivery is simulated in this demo.
widget-order-invoice = Invoice

widget-coupon-ends = Until { $date }
widget-coupon-simulated = Its value is simulated in this demo.

widget-compare-title = Products side by side
widget-compare-better = (better)
widget-compare-unknown = unknown
