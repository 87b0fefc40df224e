"""Skills: ask whether to order what is in the cart, and order it."""

from actions.reply import CHECKOUT, Reply
from actions.turn import Turn
from shop import carts
from shop.money import price_label


def check_out(turn: Turn) -> Reply:
    """Show what would be ordered, and ask."""
    cart = carts.view_cart(turn.shop, turn.audience)
    payload = cart.payload()
    if not payload["lines"]:
        return Reply("utter_how_to_order")
    values = {"total": payload["total_label"]}
    if turn.audience.shopper_id is None:
        return Reply("utter_checkout_login", values, card=payload)
    if turn.audience.shown_in is None:
        return Reply("utter_checkout", values, card=payload, pending=CHECKOUT)
    values["charged"] = price_label(cart.total_minor, cart.currency, turn.audience.locale)
    return Reply("utter_checkout_converted", values, card=payload, pending=CHECKOUT)


def place_order(turn: Turn) -> Reply:
    """Order what is in the cart; the shopper said yes."""
    order = carts.place_order(turn.shop, turn.audience)
    values = {"order_id": order.order_id, "day": order.expected_label or ""}
    return Reply("utter_order_placed", values, card=order.payload())
