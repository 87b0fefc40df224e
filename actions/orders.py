"""Skills: where an order is and when it comes; only ever one's own, or one proven in this conversation."""

from collections.abc import Sequence

from actions.proof import ask_for_proof, is_proof_needed, proven_order
from actions.reply import Reply
from actions.service_questions import order_buttons
from actions.turn import Turn
from shop import orders
from shop.errors import NotFound
from shop.orders import Order

OPEN = ("placed", "packing", "on_the_way")
MOST_ORDERS = 5


def track_order(turn: Turn) -> Reply:
    """Say where the named order is, else the latest one, with buttons for those before it."""
    named = turn.first("order_id")
    if is_proof_needed(turn, None if named is None else str(named)):
        return ask_for_proof(turn)
    number = named or proven_order(turn)
    recent = orders.recent_orders(turn.shop, turn.audience, MOST_ORDERS)
    if number is None:
        return _latest(recent)
    try:
        order = orders.find_order(turn.shop, turn.audience, str(number))
    except NotFound:
        return Reply("utter_order_unknown", {"order_id": number}, buttons=order_buttons("track", recent))
    return Reply("utter_order", {"sentence": order.sentence}, card=order.payload())


def delivery_period(turn: Turn) -> Reply:
    """Say how long delivery takes, and when the order under way arrives."""
    if turn.audience.shopper_id is None:
        return Reply("utter_delivery_period")
    recent = orders.recent_orders(turn.shop, turn.audience, MOST_ORDERS)
    under_way = next((order for order in recent if order.status in OPEN), None)
    if under_way is None:
        return Reply("utter_delivery_period_no_order")
    return Reply("utter_delivery_expected", {"sentence": under_way.sentence}, card=under_way.payload())


def _latest(recent: Sequence[Order]) -> Reply:
    if not recent:
        return Reply("utter_no_orders")
    latest, *earlier = recent
    response = "utter_orders" if earlier else "utter_order"
    return Reply(
        response,
        {"sentence": latest.sentence},
        card=latest.payload(),
        buttons=order_buttons("track", earlier),
    )
