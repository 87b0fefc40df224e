"""Orders are for whoever is logged in, or has proved in this conversation that one is theirs."""

from rasa_sdk.events import FollowupAction

from actions.reply import Reply
from actions.service_form import FORM
from actions.turn import Turn
from shop.order_access import claimed_orders


def is_proof_needed(turn: Turn, order_id: str | None = None) -> bool:
    """Whether nobody is logged in and this order, or any at all, was not proven here."""
    if turn.audience.shopper_id is not None:
        return False
    proven = claimed_orders(turn.shop, turn.audience)
    return not proven if order_id is None else order_id not in proven


def proven_order(turn: Turn) -> str | None:
    """The order that was proven last in this conversation."""
    return next(iter(claimed_orders(turn.shop, turn.audience)), None)


def ask_for_proof(_turn: Turn) -> Reply:
    """Say why it takes an order number and an e-mail; the form asks for them."""
    return Reply("utter_proof_needed", events=[FollowupAction(FORM)])
