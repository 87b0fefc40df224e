"""What the form asks next, with whatever was wrong before or went between in front of it."""

from collections.abc import Callable, Sequence

from actions.reply import Button, Reply
from actions.service_answers import choices, known, the_order
from actions.service_form import (
    ADDRESS,
    CONFIRM,
    EMAIL,
    INTENT_OF,
    ITEMS,
    KIND,
    ORDER,
    PROBLEM,
    QUANTITY,
    REASON,
    REQUESTED,
    WISH,
)
from actions.turn import Turn
from shop.money import price_label
from shop.orders import Order, OrderLine

MOST_BUTTONS = 8

_REASON = {
    "return": "utter_ask_reason_return",
    "exchange": "utter_ask_reason_exchange",
    "damaged": "utter_ask_reason_damaged",
    "refund": "utter_ask_reason_refund",
}
_WISH = {"damaged": "utter_ask_wish_damaged", "missing": "utter_ask_wish_missing"}
_CONFIRM = {
    "return": "utter_confirm_return",
    "exchange": "utter_confirm_exchange",
    "damaged": "utter_confirm_damaged",
    "missing": "utter_confirm_missing",
    "refund": "utter_confirm_refund",
}


def _ask_order(turn: Turn) -> Reply:
    """Which order: the shopper's latest as buttons; the number, from somebody who is not logged in."""
    if not known(turn):
        return Reply("utter_ask_order_number", {"lead": lead(turn)})
    kind = str(turn.slots[KIND])
    return Reply("utter_ask_order", {"lead": lead(turn)}, buttons=order_buttons(kind, choices(turn, kind)))


def _ask_email(turn: Turn) -> Reply:
    """The e-mail address that the order was placed with."""
    return Reply("utter_ask_email", {"lead": lead(turn)})


def _ask_items(turn: Turn) -> Reply:
    """Which of the order's items."""
    order, intent = the_order(turn), INTENT_OF[str(turn.slots[KIND])]
    buttons = [
        Button(line.name, intent, {"order_id": order.order_id, "item_id": line.item_id})
        for line in order.lines[:MOST_BUTTONS]
    ]
    return Reply("utter_ask_items", {"lead": lead(turn), "order_id": order.order_id}, buttons=buttons)


def _ask_quantity(turn: Turn) -> Reply:
    """How many of an item are to stay in the order."""
    ((line, held),) = chosen(turn, the_order(turn))
    return Reply("utter_ask_quantity", {"lead": lead(turn), "item": line.name, "quantity": held})


def _ask_reason(turn: Turn) -> Reply:
    """Why, or what is wrong."""
    return Reply(_REASON[str(turn.slots[KIND])], {"lead": lead(turn)})


def _ask_wish(turn: Turn) -> Reply:
    """Money back or another one."""
    return Reply(_WISH[str(turn.slots[KIND])], {"lead": lead(turn)})


def _ask_address(turn: Turn) -> Reply:
    """Where orders shall go."""
    return Reply("utter_ask_address", {"lead": lead(turn)})


def _ask_confirm(turn: Turn) -> Reply:
    """Say what will be done, and ask for a yes."""
    kind, values = str(turn.slots[KIND]), {"lead": lead(turn)}
    if kind == "address":
        response = "utter_confirm_address" if known(turn) else "utter_confirm_address_order"
        return Reply(
            response, values | {"address": turn.slots[ADDRESS], "order_id": turn.slots.get(ORDER) or ""}
        )
    order = the_order(turn)
    if kind == "cancel":
        return _confirm_cancelling(turn, order, values)
    values["order_id"] = order.order_id
    if kind == "change":
        return _confirm_change(turn, order, values)
    return Reply(_CONFIRM[kind], values | _request_values(turn, order))


_QUESTIONS: dict[str, Callable[[Turn], Reply]] = {
    ORDER: _ask_order,
    EMAIL: _ask_email,
    ITEMS: _ask_items,
    QUANTITY: _ask_quantity,
    REASON: _ask_reason,
    WISH: _ask_wish,
    ADDRESS: _ask_address,
    CONFIRM: _ask_confirm,
}


def ask(turn: Turn) -> Reply:
    """The question for the slot that the form requests."""
    return _QUESTIONS[str(turn.slots[REQUESTED])](turn)


def lead(turn: Turn) -> str:
    """What comes before the question: what was wrong with the answer, or back to what it is about."""
    say, locale = turn.shop.phrases.say, turn.audience.locale
    if turn.is_interrupted:
        return say("service-lead-back", locale, what=say(f"service-name-{turn.slots[KIND]}", locale))
    if problem := turn.slots.get(PROBLEM):
        code, _, number = str(problem).partition(" ")
        return say(f"service-lead-{code}", locale, **({"order": number} if number else {}))
    return ""


def order_buttons(kind: str, offered: Sequence[Order]) -> list[Button]:
    """A button for each order that says what is wanted with it."""
    return [
        Button(f"{order.order_id} · {order.placed_label}", INTENT_OF[kind], {"order_id": order.order_id})
        for order in offered
    ]


def chosen(turn: Turn, order: Order) -> list[tuple[OrderLine, int]]:
    """The items that the form holds, as lines of the order, with how many of each."""
    items = turn.slots.get(ITEMS) or {}
    return [(line, int(items[line.item_id])) for line in order.lines if line.item_id in items]


def pieces(turn: Turn, items: Sequence[tuple[OrderLine, int]]) -> str:
    """Items in one line: "2 × Coffee, Milk"."""
    say, locale = turn.shop.phrases.say, turn.audience.locale
    return ", ".join(
        line.name if count == 1 else say("service-pieces", locale, count=count, item=line.name)
        for line, count in items
    )


def worth(turn: Turn, order: Order, items: Sequence[tuple[OrderLine, int]]) -> str:
    """What was paid for items, as people read it."""
    minor = sum(line.paid_minor * count // line.quantity for line, count in items)
    return price_label(minor, order.row.currency, turn.audience.locale)


def _confirm_cancelling(turn: Turn, order: Order, values: dict[str, str]) -> Reply:
    others = [each for each in choices(turn, "cancel") if each.order_id != order.order_id]
    payload = order.payload()
    told = values | {"order_id": order.order_id, "day": order.placed_label, "total": payload["total_label"]}
    return Reply("utter_confirm_cancel", told, card=payload, buttons=order_buttons("cancel", others))


def _confirm_change(turn: Turn, order: Order, values: dict[str, str]) -> Reply:
    ((line, _),) = chosen(turn, order)
    kept = int(turn.slots[QUANTITY])
    back = worth(turn, order, [(line, line.quantity - kept)])
    told = values | {"item": line.name, "amount": back}
    if kept == 0:
        return Reply("utter_confirm_take_out", told)
    return Reply("utter_confirm_fewer", told | {"kept": str(kept)})


def _request_values(turn: Turn, order: Order) -> dict[str, str]:
    say, locale, items = turn.shop.phrases.say, turn.audience.locale, chosen(turn, order)
    values = {"items": pieces(turn, items), "amount": worth(turn, order, items)}
    if reason := turn.slots.get(REASON):
        values["reason"] = reason_label(turn, str(reason))
    if wish := turn.slots.get(WISH):
        values["wish"] = say(f"service-wish-{wish}", locale, amount=values["amount"])
    return values


def reason_label(turn: Turn, reason: str) -> str:
    """One of the shop's reasons in words; the shopper's own words as they are."""
    key = f"service-reason-{reason.replace('_', '-')}"
    phrases, locale = turn.shop.phrases, turn.audience.locale
    return phrases.say(key, locale) if key in phrases.keys(locale) else reason
