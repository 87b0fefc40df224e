"""One reader for each question of the form: what a message answers to it, if it answers it at all."""

from collections.abc import Callable
from typing import Any

from actions.service_answers import (
    choices,
    known,
    order_of,
    take_email,
    take_items,
    take_number,
    take_order_with,
)
from actions.service_form import (
    ADDRESS,
    CONFIRM,
    EMAIL,
    ITEMS,
    KIND,
    ORDER,
    PROBLEM,
    QUANTITY,
    REASON,
    WISH,
    Values,
)
from actions.service_words import (
    address_in,
    email_in,
    fault_in,
    is_question,
    number_in,
    says_cancel,
    says_yes,
    takes_out,
    wish_in,
)
from actions.turn import Turn
from shop.service_requests import MOST_REASON, WISHES

# Said while the shopper's own words are asked for, these are no answer: they ask or want something else.
ELSEWHERE = frozenset(
    {
        "affirm",
        "ask_bestsellers",
        "ask_coupons",
        "ask_new_products",
        "ask_price",
        "ask_promotions",
        "ask_recommendation",
        "bot_challenge",
        "buy_again",
        "change_currency",
        "change_language",
        "check_cancellation_fee",
        "check_invoice",
        "check_payment_methods",
        "check_refund_policy",
        "contact_customer_service",
        "contact_human_agent",
        "delete_my_data",
        "delivery_options",
        "delivery_period",
        "export_my_data",
        "get_invoice",
        "goodbye",
        "greet",
        "help",
        "opening_hours",
        "place_order",
        "restart",
        "return_policy",
        "thank",
        "track_order",
        "track_refund",
        "urgent_matter",
        "view_cart",
        "view_profile",
    }
)


def read_order(turn: Turn, values: Values) -> bool:
    """An order by its number, its place among those offered, or a product that only it holds."""
    if number := number_in(turn):
        take_number(turn, values, number)
        if values.get(ORDER) and not known(turn) and (email := email_in(turn.text)):
            take_email(turn, values, email)
        return True
    offered = choices(turn, values[KIND])
    places = [str(place) for place in turn.values("ordinal")]
    if offered and places and (places[0].isdecimal() or places[0] == "last"):
        # "my last order" is the latest one.
        place = 0 if places[0] == "last" else int(places[0]) - 1
        if place < len(offered):
            values[ORDER] = offered[place].order_id
        else:
            values[PROBLEM] = "not-that-many"
        return True
    return not is_question(turn.text) and take_order_with(turn, values, offered)


def read_email(turn: Turn, values: Values) -> bool:
    """The e-mail address of the order, or another number."""
    if email := email_in(turn.text):
        if number := number_in(turn):
            take_number(turn, values, number)
        take_email(turn, values, email)
        return True
    if number := number_in(turn):
        take_number(turn, values, number)
        return True
    if "@" in turn.text:
        values[PROBLEM] = "no-email"
        return True
    return False


def read_items(turn: Turn, values: Values) -> bool:
    """Items of the order, and what is said of them on the way."""
    order = order_of(turn, values)
    if order is None or not take_items(turn, values, order, is_asked=True):
        return False
    if values[KIND] == "damaged" and values.get(REASON) is None:
        values[REASON] = fault_in(turn.text)
    return True


def read_quantity(turn: Turn, values: Values) -> bool:
    """How many are to be kept."""
    (held,) = values[ITEMS].values()
    said: Any = turn.first("quantity")
    if said is None:
        said = next((word for word in turn.text.split() if word.isdecimal() and len(word) < 4), None)
    if said is None and takes_out(turn.text):
        said = 0
    if said is None:
        return False
    if 0 <= int(said) < held:
        values[QUANTITY] = int(said)
    else:
        values[PROBLEM] = "too-many-pieces"
    return True


def read_reason(turn: Turn, values: Values) -> bool:
    """A button's code, or the shopper's own words unless they ask or want something else."""
    if (choice := turn.first("choice")) is not None:
        values[REASON] = str(choice)
        return True
    text = turn.text.strip()
    if not text or is_question(text) or turn.intent in ELSEWHERE:
        return False
    values[REASON] = (fault_in(text) if values[KIND] == "damaged" else None) or text[:MOST_REASON]
    if values[KIND] == "damaged":
        values[WISH] = values.get(WISH) or wish_in(text)
    return True


def read_wish(turn: Turn, values: Values) -> bool:
    """Money or another one."""
    wish = turn.first("choice") or (None if is_question(turn.text) else wish_in(turn.text))
    if wish not in WISHES:
        return False
    values[WISH] = wish
    return True


def read_address(turn: Turn, values: Values) -> bool:
    """An address in the shopper's own words."""
    address = address_in(turn.text)
    if address is not None and not (turn.intent in ELSEWHERE and len(address.split()) < 3):
        values.update({ADDRESS: address, CONFIRM: None})
        return True
    if not turn.text or is_question(turn.text) or turn.intent in ELSEWHERE:
        return False
    values[PROBLEM] = "no-address"
    return True


def read_confirm(turn: Turn, values: Values) -> bool:
    """A yes; or a correction of what stands there."""
    if turn.intent == "affirm" or (says_yes(turn.text) and not is_question(turn.text)):
        values[CONFIRM] = True
        return True
    if values[KIND] == "cancel" and says_cancel(turn.text) and turn.intent in ("cancel_order", "deny"):
        values[CONFIRM] = True
        return True
    if values[KIND] == "address":
        address = address_in(turn.text)
        if address is not None and turn.intent not in ELSEWHERE:
            values[ADDRESS] = address
            return True
        return False
    if values.get(ITEMS) is not None and not is_question(turn.text) and turn.intent not in ELSEWHERE:
        return read_items(turn, values)
    return False


READERS: dict[str, Callable[[Turn, Values], bool]] = {
    ORDER: read_order,
    EMAIL: read_email,
    ITEMS: read_items,
    QUANTITY: read_quantity,
    REASON: read_reason,
    WISH: read_wish,
    ADDRESS: read_address,
    CONFIRM: read_confirm,
}
