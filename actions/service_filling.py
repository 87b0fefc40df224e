"""`validate_service_form`: starts the form, fills it and asks on, or leaves the message to its own rule."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.reply import Reply
from actions.service_answers import (
    choices,
    known,
    order_of,
    settle,
    take_email,
    take_items,
    take_number,
    take_order_with,
)
from actions.service_form import (
    ADDRESS,
    CONFIRM,
    DEAD_END,
    EMAIL,
    ITEMS,
    KIND,
    KIND_OF,
    LOOKS_UP,
    ORDER,
    PROBLEM,
    PROVEN,
    REASON,
    REQUESTED,
    REQUESTS,
    SLOTS,
    WISH,
    Values,
    blank,
    next_slot,
    same_family,
)
from actions.service_questions import ask
from actions.service_readers import READERS
from actions.service_words import email_in, fault_in, number_in, says_cancel, says_stop, wants_more, wish_in
from actions.turn import Turn, read_turn
from shop.context import Shop
from shop.errors import AisleError
from shop.order_access import claimed_orders
from shop.orders import recent_orders


async def validate(
    shop: Shop, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """What Rasa calls whenever the form runs: answers slots, and which one is asked for next.

    Without a slot of the form's own Rasa takes the message for no answer and lets its rule have it. The
    question is asked here and not by an action of its own, which would be another call in every turn.
    """
    filled, question = await asyncio.to_thread(_fill_and_ask, read_turn(shop, tracker))
    if question is not None:
        question.speak(dispatcher)
    return [SlotSet(name, value) for name, value in filled.items()]


def _fill_and_ask(turn: Turn) -> tuple[Values, Reply | None]:
    filled = fill(turn)
    is_refused = turn.slots.get(REQUESTED) is not None and not turn.is_answered and PROBLEM not in filled
    if filled[REQUESTED] is None or is_refused:
        return filled, None
    return filled, ask(replace(turn, slots={**turn.slots, **filled}))


def fill(turn: Turn) -> Values:
    """The form's slots after this message; only the slot to ask for when the message is no answer."""
    requested = turn.slots.get(REQUESTED)
    if requested is None:
        values: Values | None = _started(turn, KIND_OF.get(turn.intent, "track"))
    else:
        values = None if turn.is_answered else _continued(turn, requested)
    if values is None:
        return {REQUESTED: requested}
    _settle(turn, values)
    changed = {name: value for name, value in values.items() if value != turn.slots.get(name)}
    # The problem goes along in any case: a message that changes nothing else is an answer nevertheless.
    asked = {PROBLEM: values[PROBLEM], REQUESTED: next_slot(values, is_known=known(turn))}
    return changed | asked


def _settle(turn: Turn, values: Values) -> None:
    """What the shop's rules refuse ends the form; `action_service_done` finds the sentence for it."""
    try:
        settle(turn, values)
    except AisleError as error:
        if error.status >= 500:
            raise
        values[PROBLEM] = f"{DEAD_END}{error.code}"


def _continued(turn: Turn, requested: str) -> Values | None:
    """The form with what this message says; None when it is about something else."""
    values: Values = {name: turn.slots.get(name) for name in SLOTS} | {PROBLEM: None}
    kind = KIND_OF.get(turn.intent)
    if _stops(turn, str(values[KIND])):
        return values | {CONFIRM: False}
    if kind is not None and kind != values[KIND] and _switches(turn, values, kind, requested):
        return _started(turn, kind, values)
    if (number := _other_order(turn, values, requested)) is not None:
        take_number(turn, values, number)
        return values
    # A wish that starts the form has no other answer than its next question.
    is_about_this = READERS[requested](turn, values) or (kind is not None and kind not in LOOKS_UP)
    return values if is_about_this else None


def _stops(turn: Turn, kind: str) -> bool:
    """A no, unless it goes on to say what else: "no, the second one", "no, 1012"."""
    if says_stop(turn.text):
        return not (kind == "cancel" and says_cancel(turn.text))
    corrects = turn.has("ordinal", "order_id", "item_id", "product", "quantity", "choice")
    return turn.intent == "deny" and not (corrects and turn.text)


def _other_order(turn: Turn, values: Values, requested: str) -> str | None:
    """Another order than the one in the form, by a button or where a number can mean nothing else."""
    number = turn.first("order_id")
    asks_for_text = requested in (ORDER, EMAIL, ADDRESS, REASON) or values[KIND] == "address"
    if number is None or values[ORDER] in (None, str(number)) or (turn.text and asks_for_text):
        return None
    return str(number)


def _switches(turn: Turn, values: Values, kind: str, requested: str) -> bool:
    """Whether another wish was named, instead of an answer that only sounds like one."""
    if kind in LOOKS_UP:
        return False
    if not turn.text and turn.entities:  # a button of another form
        return True
    if same_family(kind, values[KIND]):
        return requested in (ORDER, ITEMS, CONFIRM) and not READERS[requested](turn, dict(values))
    if requested == REASON:  # "I don't want this order any more" is a reason, "cancel my new order" is not
        return kind != "cancel" or says_cancel(turn.text)
    return not READERS[requested](turn, dict(values))


def _started(turn: Turn, kind: str, before: Values | None = None) -> Values:
    """A form for a wish with whatever the message already says; a related wish keeps order and items."""
    values = blank(kind)
    if before is not None and (same_family(kind, before[KIND]) or not known(turn)):
        values |= {name: before[name] for name in (ORDER, EMAIL)}
        if same_family(kind, before[KIND]):
            values[ITEMS] = before[ITEMS]
    if kind == "change" and wants_more(turn.text):
        values[PROBLEM] = f"{DEAD_END}cannot-add"
        return values
    if kind != "address" or not known(turn):
        _find_order(turn, values)
    if (order := order_of(turn, values)) and kind in (*REQUESTS, "change") and values[ITEMS] is None:
        take_items(turn, values, order)
        values[PROBLEM] = None
    _find_details(turn, values)
    return values


def _find_details(turn: Turn, values: Values) -> None:
    kind, choice = values[KIND], turn.first("choice")
    if kind == "damaged":
        values[REASON] = choice if choice not in ("refund", "replacement") else None
        values[REASON] = values[REASON] or fault_in(turn.text)
    if kind in ("damaged", "missing") and turn.text:
        values[WISH] = wish_in(turn.text)


def _find_order(turn: Turn, values: Values) -> None:
    if number := number_in(turn):
        take_number(turn, values, number)
    if not known(turn):
        _find_proven(turn, values)
    elif values[ORDER] is None and values[PROBLEM] is None:
        _choose(turn, values)


def _find_proven(turn: Turn, values: Values) -> None:
    """Orders that were proven in this conversation need no second proof."""
    proven = claimed_orders(turn.shop, turn.audience)
    if values[ORDER] is None and proven:
        values[ORDER] = proven[0]
    if values[ORDER] in proven:
        values[EMAIL] = PROVEN
    elif values[ORDER] is not None and (email := email_in(turn.text)):
        take_email(turn, values, email)


def _choose(turn: Turn, values: Values) -> None:
    """The order that holds what was named, the only one, or the latest where that is a good guess."""
    kind, offered = values[KIND], choices(turn, values[KIND])
    if take_order_with(turn, values, offered):
        return
    recent = offered or recent_orders(turn.shop, turn.audience)
    latest = [order for order in recent if order.status != "cancelled"] or recent
    if not latest:
        values[PROBLEM] = f"{DEAD_END}no-orders"
    elif kind not in REQUESTS or len(offered) <= 1:
        values[ORDER] = latest[0].order_id
