"""The one form for whatever a shopper wants with an order: its slots, and which of them each wish needs.

Rasa's side is `service_form` in domain.yml: every message goes to the form first; what is no answer to its
question goes the usual way, and then the form asks again. service_filling is `validate_service_form`.
"""

from collections.abc import Mapping
from typing import Any

from actions.turn import FORM
from shop.service_requests import KINDS as REQUESTS

__all__ = ["FORM", "REQUESTS"]  # names of others that belong to the form's vocabulary

REQUESTED = "requested_slot"

KIND, ORDER, EMAIL, ITEMS, QUANTITY, REASON, WISH, ADDRESS, CONFIRM, PROBLEM = SLOTS = (
    "service_kind",
    "service_order",
    "service_email",
    "service_items",
    "service_quantity",
    "service_reason",
    "service_wish",
    "service_address",
    "service_confirm",
    "service_problem",
)
PROVEN = "proven"  # all that is kept of an e-mail address

Values = dict[str, Any]

KIND_OF = {
    "cancel_order": "cancel",
    "change_order": "change",
    "change_shipping_address": "address",
    "set_up_shipping_address": "address",
    "return_product": "return",
    "exchange_product": "exchange",
    "damaged_item": "damaged",
    "missing_item": "missing",
    "get_refund": "refund",
    "track_order": "track",
    "get_invoice": "invoice",
    "check_invoice": "invoice",
    "track_refund": "refunds",
}
INTENT_OF = {kind: intent for intent, kind in reversed(KIND_OF.items())}
# These look something up; who asks for it within another wish gets it and goes on with the wish.
LOOKS_UP = ("track", "invoice", "refunds")
# In what order things are asked; who is not logged in proves the order first.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "track": (ORDER,),
    "invoice": (ORDER,),
    "refunds": (ORDER,),
    "cancel": (ORDER, CONFIRM),
    "change": (ORDER, ITEMS, QUANTITY, CONFIRM),
    "address": (ADDRESS, CONFIRM),
    "return": (ORDER, ITEMS, REASON, CONFIRM),
    "exchange": (ORDER, ITEMS, REASON, CONFIRM),
    "damaged": (ORDER, ITEMS, REASON, WISH, CONFIRM),
    "missing": (ORDER, ITEMS, WISH, CONFIRM),
    "refund": (ORDER, ITEMS, REASON, CONFIRM),
}


def needs(kind: str, *, is_known: bool) -> tuple[str, ...]:
    """The slots that a wish needs, in the order in which they are asked for."""
    rest = tuple(slot for slot in _NEEDS[kind] if slot != ORDER)
    if is_known:
        return _NEEDS[kind]
    return (ORDER, EMAIL, *rest)


def next_slot(values: Values, *, is_known: bool) -> str | None:
    """What is still to be asked; None when everything is there, or when it cannot or shall not be done."""
    if values.get(CONFIRM) is False or is_dead_end(values):
        return None
    wanted = needs(values[KIND], is_known=is_known)
    return next((slot for slot in wanted if values.get(slot) is None), None)


def is_dead_end(values: Mapping[str, Any]) -> bool:
    """Whether what is wrong cannot be put right by another answer."""
    return str(values.get(PROBLEM) or "").startswith(DEAD_END)


DEAD_END = "!"


def blank(kind: str) -> Values:
    """A form with nothing in it but what is wanted."""
    return {**dict.fromkeys(SLOTS), KIND: kind}


def same_family(one: str, other: str) -> bool:
    """Whether what was said for one wish also holds for the other."""
    return one in REQUESTS and other in REQUESTS
