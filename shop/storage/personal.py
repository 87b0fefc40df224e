"""Every table that holds something about a shopper: whose a row is, and what erasing does with it.

Export, erasure and their tests all read this one list, so that nothing can be handed out and not erased, or
the other way round. A new table with a column that names a shopper or a conversation must be added here; a
test says so until it is.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from shop.storage import tables as t

Belongs = Callable[["Subject"], ColumnElement[bool]]


@dataclass(frozen=True)
class Subject:
    """Whose data: a shopper (None while anonymous), and the visits that are theirs, by conversation id."""

    shopper_id: str | None
    visits: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Whatever carts, consents and corrections may be kept under."""
        return self.visits if self.shopper_id is None else (self.shopper_id, *self.visits)


@dataclass(frozen=True)
class Store:
    """A table; which of its rows are a subject's; and what erasing sets in them: None deletes the rows, an
    empty mapping leaves them, for then nothing in them leads to a person once the others are erased.

    `part` is the line of the receipt in which its rows are counted; `hidden` are columns left out of exports.
    """

    table: Table
    belongs: Belongs
    part: str
    set_to: Mapping[str, Any] | None = None
    hidden: Collection[str] = ()


def _shopper(column: ColumnElement[Any]) -> Belongs:
    return lambda subject: column == subject.shopper_id


def _visit(column: ColumnElement[Any]) -> Belongs:
    return lambda subject: column.in_(subject.visits)


def _either(shopper: ColumnElement[Any], visit: ColumnElement[Any]) -> Belongs:
    return lambda subject: or_(shopper == subject.shopper_id, visit.in_(subject.visits))


def _any_id(*columns: ColumnElement[Any]) -> Belongs:
    return lambda subject: or_(*(column.in_(subject.ids) for column in columns))


def _of_orders(column: ColumnElement[Any]) -> Belongs:
    return lambda subject: column.in_(
        select(t.orders.c.id).where(t.orders.c.shopper_id == subject.shopper_id)
    )


def _of_slates(column: ColumnElement[Any]) -> Belongs:
    shown = _either(t.slates.c.shopper_id, t.slates.c.conversation_id)
    return lambda subject: column.in_(select(t.slates.c.id).where(shown(subject)))


def _of_corrections(column: ColumnElement[Any]) -> Belongs:
    told = _any_id(t.corrections.c.subject_id)
    return lambda subject: column.in_(select(t.corrections.c.id).where(told(subject)))


def _claimed(subject: Subject) -> ColumnElement[bool]:
    return or_(
        _visit(t.order_claims.c.conversation_id)(subject), _of_orders(t.order_claims.c.order_id)(subject)
    )


def _requested(subject: Subject) -> ColumnElement[bool]:
    column = t.service_requests.c
    asked = _either(column.shopper_id, column.conversation_id)(subject)
    return or_(asked, _of_orders(column.order_id)(subject))


# What belongs to something else stands before it: a row's own table is changed only after those that are
# found through it.
STORES: tuple[Store, ...] = (
    Store(t.impressions, _of_slates(t.impressions.c.slate_id), "log", {"reasons": []}),
    Store(
        t.events,
        _either(t.events.c.shopper_id, t.events.c.conversation_id),
        "log",
        {"shopper_id": None, "conversation_id": None},
    ),
    Store(
        t.slates,
        _either(t.slates.c.shopper_id, t.slates.c.conversation_id),
        "log",
        # The query holds what was searched for, in the shopper's own words.
        {"shopper_id": None, "conversation_id": None, "turn_id": None, "query": {}},
    ),
    Store(t.button_tokens, _visit(t.button_tokens.c.conversation_id), "conversations", hidden=("token",)),
    Store(t.satisfaction, _visit(t.satisfaction.c.conversation_id), "conversations"),
    Store(t.handoffs, _visit(t.handoffs.c.conversation_id), "conversations"),
    Store(t.messages, _visit(t.messages.c.conversation_id), "conversations"),
    Store(t.turns, _visit(t.turns.c.conversation_id), "conversations"),
    Store(t.conversations, _visit(t.conversations.c.id), "conversations"),
    Store(t.gift_lines, _of_corrections(t.gift_lines.c.correction_id), "profile"),
    Store(t.corrections, _any_id(t.corrections.c.subject_id), "profile"),
    Store(t.consents, _any_id(t.consents.c.subject_id), "profile"),
    Store(t.shopper_profiles, _shopper(t.shopper_profiles.c.shopper_id), "profile"),
    Store(t.cart_lines, _any_id(t.cart_lines.c.cart_id), "cart"),
    Store(t.campaign_recipients, _shopper(t.campaign_recipients.c.shopper_id), "offers"),
    Store(t.coupon_redemptions, _shopper(t.coupon_redemptions.c.shopper_id), "offers"),
    Store(
        t.audit,
        _any_id(t.audit.c.subject, t.audit.c.actor),
        "audit",
        {"actor": "erased", "subject": None, "detail": {}},
    ),
    Store(t.order_claims, _claimed, "conversations"),
    Store(t.order_addresses, _of_orders(t.order_addresses.c.order_id), "account"),
    Store(t.shopper_addresses, _shopper(t.shopper_addresses.c.shopper_id), "account"),
    Store(
        t.service_requests,
        _requested,
        "orders",
        # What was given back belongs to the books; who asked, and in which words, does not.
        {"shopper_id": None, "conversation_id": None, "reason": None},
    ),
    Store(t.order_lines, _of_orders(t.order_lines.c.order_id), "orders", {}),
    Store(t.orders, _shopper(t.orders.c.shopper_id), "orders", {"shopper_id": None, "slate_id": None}),
    Store(t.shoppers, _shopper(t.shoppers.c.id), "account"),
)

# What the test takes for personal by its columns and is not, with the reason.
IMPERSONAL: Mapping[str, str] = {
    "erasures": "whose data it was stands there only until the erasure is finished",
}


def subject_of(connection: Connection, shopper_id: str | None, conversation_id: str | None) -> Subject:
    """The shopper with every conversation and visit of theirs; an anonymous visit alone."""
    if shopper_id is None:
        return Subject(None, (conversation_id,) if conversation_id else ())
    found = {conversation_id} if conversation_id else set()
    for owner, visit in (
        (t.conversations.c.shopper_id, t.conversations.c.id),
        (t.slates.c.shopper_id, t.slates.c.conversation_id),
        (t.events.c.shopper_id, t.events.c.conversation_id),
    ):
        found |= set(connection.scalars(select(visit).where(owner == shopper_id).distinct()))
    return Subject(shopper_id, tuple(sorted(visit for visit in found if visit is not None)))
