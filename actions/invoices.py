"""Skill: the invoice of an order, its totals here and the rest on a page."""

from dataclasses import replace

from actions.proof import ask_for_proof, is_proof_needed, proven_order
from actions.reply import Reply
from actions.service_questions import order_buttons
from actions.turn import Turn
from shop import orders
from shop.errors import NotFound
from shop.invoices import invoice_of

MOST_ORDERS = 5


def invoice(turn: Turn) -> Reply:
    """The invoice of the named order, else of the latest, with buttons for those before it."""
    named = turn.first("order_id")
    if is_proof_needed(turn, None if named is None else str(named)):
        return ask_for_proof(turn)
    recent = orders.recent_orders(turn.shop, turn.audience, MOST_ORDERS)
    number = named or proven_order(turn) or (recent[0].order_id if recent else None)
    if number is None:
        return Reply("utter_no_orders")
    others = order_buttons("invoice", [order for order in recent if order.order_id != number])
    try:
        return replace(show_invoice(turn, str(number)), buttons=others if named is None else [])
    except NotFound:
        return Reply("utter_order_unknown", {"order_id": number}, buttons=order_buttons("invoice", recent))


def show_invoice(turn: Turn, order_id: str) -> Reply:
    """Totals of an order's invoice; its card links to the page."""
    found = invoice_of(turn.shop, turn.audience, order_id).payload()
    values = {"order_id": order_id, "total": found["total_label"]}
    if found["refunded_label"]:
        return Reply(
            "utter_invoice_refunded", values | {"refunded": found["refunded_label"]}, card=found["order"]
        )
    if found["discount_label"]:
        listed = {"listed": found["listed_label"], "discount": found["discount_label"]}
        return Reply("utter_invoice_discounted", values | listed, card=found["order"])
    return Reply("utter_invoice", values, card=found["order"])
