"""Skill: what comes of the form once it is filled, left, or stopped by the shop's rules."""

from collections.abc import Callable
from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.invoices import show_invoice
from actions.reply import Reply, offered
from actions.requests import show_requests
from actions.service_answers import CHECKS, known, the_order
from actions.service_form import (
    ADDRESS,
    CONFIRM,
    ITEMS,
    KIND,
    ORDER,
    PROBLEM,
    QUANTITY,
    REASON,
    REQUESTS,
    SLOTS,
    WISH,
    is_dead_end,
)
from actions.turn import Turn
from shop import order_changes
from shop.errors import AisleError
from shop.order_access import TooManyTries
from shop.orders import recent_orders
from shop.sentences import error_sentence
from shop.service_requests import APPROVED, Draft, ServiceRequest, file_request
from shop.service_rules import service_rules

PERSON = "contact_human_agent"
# What else a shopper may want when the shop's rules say no.
_INSTEAD = {
    "too_late_to_cancel": ("track_order",),
    "not_delivered": ("track_order", "cancel_order"),
    "not_returnable": ("damaged_item",),
    "last_item": ("cancel_order",),
    "already_requested": ("track_refund",),
}


def finish(turn: Turn) -> Reply:
    """Do what was agreed to, or say why not; the form is empty afterwards."""
    try:
        reply = _end(turn)
    except AisleError as error:
        if error.status >= 500:
            raise
        reply = _refused(turn, error)
    emptied = [SlotSet(slot, None) for slot in SLOTS if turn.slots.get(slot) is not None]
    return replace(reply.settled(), events=[*reply.settled().events, *emptied])


def _end(turn: Turn) -> Reply:
    values = turn.slots
    if is_dead_end(values):
        return _dead_end(turn, str(values[PROBLEM])[1:])
    if values.get(CONFIRM) is False or values.get(KIND) is None:
        return Reply("utter_service_left")
    return _DO[str(values[KIND])](turn)


def _dead_end(turn: Turn, code: str) -> Reply:
    if code == "no-orders":
        return Reply("utter_no_orders")
    if code == "cannot-add":
        return Reply("utter_cannot_add")
    if code == "too-many-tries":
        raise TooManyTries("too many tries in this conversation")
    values = dict(turn.slots)
    if check := CHECKS.get(str(values[KIND])):
        check(turn, values)  # raises what it raised before
    return Reply("utter_service_left")


def _refused(turn: Turn, error: AisleError) -> Reply:
    sentence = error_sentence(turn.shop.phrases, error, turn.audience.locale)
    number = turn.slots.get(ORDER)
    instead = offered(turn, _INSTEAD.get(error.code, ()), {"order_id": number} if number else {})
    return Reply("utter_not_possible", {"sentence": sentence}, buttons=[*instead, *offered(turn, [PERSON])])


def _track(turn: Turn) -> Reply:
    order = the_order(turn)
    return Reply("utter_order", {"sentence": order.sentence}, card=order.payload())


def _invoice(turn: Turn) -> Reply:
    return show_invoice(turn, str(turn.slots[ORDER]))


def _cancel(turn: Turn) -> Reply:
    done = order_changes.cancel_order(turn.shop, turn.audience, str(turn.slots[ORDER]))
    amount = done.request.amount_label if done.request else ""
    values = {"order_id": done.order.order_id, "amount": amount, "days": service_rules().answers.refund_days}
    return Reply("utter_cancelled", values, card=done.order.payload())


def _change(turn: Turn) -> Reply:
    (item_id,) = turn.slots[ITEMS]
    kept = int(turn.slots[QUANTITY])
    done = order_changes.set_quantity(turn.shop, turn.audience, str(turn.slots[ORDER]), item_id, kept)
    payload = done.order.payload()
    amount = done.request.amount_label if done.request else ""
    values = {"order_id": done.order.order_id, "total": payload["total_label"], "amount": amount}
    return Reply("utter_order_changed", values, card=payload)


def _address(turn: Turn) -> Reply:
    order_id = None if known(turn) else str(turn.slots[ORDER])
    moved = order_changes.set_address(turn.shop, turn.audience, str(turn.slots[ADDRESS]), order_id)
    if moved:
        return Reply("utter_address_orders", {"order_ids": ", ".join(moved)})
    left = next((o for o in recent_orders(turn.shop, turn.audience, 1) if o.status == "on_the_way"), None)
    if left is not None:
        return Reply("utter_address_too_late", {"order_id": left.order_id})
    return Reply("utter_address_saved")


def _request(turn: Turn) -> Reply:
    slots = turn.slots
    items = {str(item): int(count) for item, count in slots[ITEMS].items()}
    draft = Draft(str(slots[KIND]), str(slots[ORDER]), items, slots.get(REASON), slots.get(WISH))
    made = file_request(turn.shop, turn.audience, draft)
    answers = service_rules().answers
    if made.row.status != APPROVED:
        return Reply("utter_request_open", {"number": made.number, "days": answers.person_days})
    values = {"number": made.number, "amount": made.amount_label, "days": answers.refund_days}
    return _agreed(made, values)


def _agreed(made: ServiceRequest, values: dict[str, object]) -> Reply:
    if made.row.kind == "return":
        return Reply("utter_return_agreed", values)
    if made.row.kind == "exchange":
        return Reply("utter_exchange_agreed", {"number": made.number})
    if made.row.amount_minor:
        return Reply("utter_refund_agreed", values)
    return Reply("utter_replacement_agreed", {"number": made.number})


_DO: dict[str, Callable[[Turn], Reply]] = {
    "track": _track,
    "invoice": _invoice,
    "refunds": show_requests,
    "cancel": _cancel,
    "change": _change,
    "address": _address,
    **dict.fromkeys(REQUESTS, _request),
}
