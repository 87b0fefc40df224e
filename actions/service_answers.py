"""What goes into the form: orders, proofs and items, checked against the shop and its rules."""

from collections.abc import Callable, Sequence

from actions.order_items import NotThatMany, Several, items_meant
from actions.service_form import (
    CONFIRM,
    DEAD_END,
    EMAIL,
    ITEMS,
    KIND,
    ORDER,
    PROBLEM,
    PROVEN,
    QUANTITY,
    REQUESTS,
    Values,
)
from actions.service_words import (
    takes_out,
)
from actions.turn import Turn
from shop import orders
from shop.errors import NotFound
from shop.order_access import TooManyTries, claim_order
from shop.order_changes import check_cancelling, check_changing, check_redirecting
from shop.orders import Order
from shop.service_requests import check_items, check_order
from shop.service_rules import service_rules

MOST_ORDERS = 5


def known(turn: Turn) -> bool:
    """Whether the shopper is logged in."""
    return turn.audience.shopper_id is not None


def order_of(turn: Turn, values: Values) -> Order | None:
    """The form's order, once the asker may see it."""
    number = values.get(ORDER)
    if number is None or not (known(turn) or values.get(EMAIL) == PROVEN):
        return None
    return orders.find_order(turn.shop, turn.audience, str(number))


def the_order(turn: Turn) -> Order:
    """The order of a form that has got so far.

    Raises:
        NotFound: the asker may not see it, or no longer.
    """
    return orders.find_order(turn.shop, turn.audience, str(turn.slots[ORDER]))


def choices(turn: Turn, kind: str) -> list[Order]:
    """The shopper's latest orders for which the wish makes sense, the latest first."""
    rules = service_rules()
    states = {"cancel": rules.cancel.states, "change": rules.change.states}.get(kind)
    if kind in REQUESTS:
        states = ("delivered",)
    recent = orders.recent_orders(turn.shop, turn.audience, 4 * MOST_ORDERS)
    return [order for order in recent if states is None or order.status in states][:MOST_ORDERS]


def take_number(turn: Turn, values: Values, number: str) -> None:
    """Put a named order into the form; what was said of another order's items goes."""
    if values.get(ORDER) == number:
        return
    values.update({ORDER: number, ITEMS: None, QUANTITY: None, CONFIRM: None, EMAIL: None})
    if known(turn):
        try:
            orders.find_order(turn.shop, turn.audience, number)
        except NotFound:
            values.update({ORDER: None, PROBLEM: f"unknown-order {number}"})


def take_email(turn: Turn, values: Values, email: str) -> None:
    """Prove the order with an e-mail address; a wrong pair is asked for anew, as a whole."""
    try:
        claim_order(turn.shop, turn.audience, str(values[ORDER]), email)
        values[EMAIL] = PROVEN
    except NotFound:
        values.update({ORDER: None, EMAIL: None, PROBLEM: "no-match"})
    except TooManyTries:
        values.update({ORDER: None, EMAIL: None, PROBLEM: f"{DEAD_END}too-many-tries"})


def take_items(turn: Turn, values: Values, order: Order, *, is_asked: bool = False) -> bool:
    """Put the items that are meant into the form; answers whether the message was about items."""
    try:
        meant = items_meant(turn, order, is_asked=is_asked)
    except NotThatMany:
        values[PROBLEM] = "not-that-many"
        return True
    except Several:
        values[PROBLEM] = "several"
        return True
    if not meant:
        return False
    if values[KIND] == "change":  # one at a time
        meant = dict(list(meant.items())[:1])
    values.update({ITEMS: meant, QUANTITY: None, CONFIRM: None})
    return True


def take_order_with(turn: Turn, values: Values, offered: Sequence[Order]) -> bool:
    """Put the latest order that holds what is named into the form, with the item."""
    for order in offered if values[KIND] in (*REQUESTS, "change") else ():
        trial = dict(values)
        if take_items(turn, trial, order) and trial[ITEMS]:
            values.update({ORDER: order.order_id, ITEMS: trial[ITEMS]})
            return True
    return False


def settle(turn: Turn, values: Values) -> None:
    """Fill in what follows from the rest, and stop where the shop's rules do."""
    if str(values.get(PROBLEM) or "").startswith(DEAD_END):
        return
    order = order_of(turn, values)
    if order is None:
        return
    kind = values[KIND]
    if kind in (*REQUESTS, "change") and values.get(ITEMS) is None and len(order.lines) == 1:
        values[ITEMS] = {order.lines[0].item_id: order.lines[0].quantity}
    if kind == "change" and values.get(ITEMS) and values.get(QUANTITY) is None:
        (item_id,) = values[ITEMS]
        line = next(line for line in order.lines if line.item_id == item_id)
        if line.quantity == 1 or (takes_out(turn.text) and turn.first("quantity") is None):
            values[QUANTITY] = 0
    check = CHECKS.get(kind)
    if check is not None:
        check(turn, values)


def check_request(turn: Turn, values: Values) -> None:
    """Make sure that the request can be made, as far as it is known."""
    shop, audience, kind, number = turn.shop, turn.audience, values[KIND], str(values[ORDER])
    if values.get(ITEMS):
        check_items(shop, audience, kind, number, values[ITEMS])
    else:
        check_order(shop, audience, kind, number)


CHECKS: dict[str, Callable[[Turn, Values], None]] = {
    "cancel": lambda turn, values: check_cancelling(turn.shop, turn.audience, str(values[ORDER])),
    "address": lambda turn, values: check_redirecting(turn.shop, turn.audience, str(values[ORDER])),
    "change": lambda turn, values: check_changing(turn.shop, turn.audience, str(values[ORDER])),
    **dict.fromkeys(REQUESTS, check_request),
}
