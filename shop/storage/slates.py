"""Queries on the log of slates: what was shown to whom, at which place, why and at what price."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from shop.storage.rows import all_of, first_of
from shop.storage.tables import events, impressions, slates


@dataclass(frozen=True)
class SlateRow:
    """Whom a slate was shown to, where, and what had been asked."""

    id: str
    surface: str
    purpose: str
    shopper_id: str | None
    conversation_id: str | None
    turn_id: str | None
    locale: str
    created_at: datetime
    model_version: str | None = None
    promotion_id: str | None = None
    propensity: float | None = None
    query: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ImpressionRow:
    """One item of a slate; positions count from 1; reasons in their structured form."""

    position: int
    item_id: str
    score: float
    source: str
    reasons: list[dict[str, Any]]
    price_minor: int
    currency: str


_ADD_SLATE = insert(slates)
_ADD_IMPRESSIONS = insert(impressions)
_SLATE_COLUMNS = tuple(slates.c[name] for name in SlateRow.__dataclass_fields__)
_SLATE = select(*_SLATE_COLUMNS).where(slates.c.id == bindparam("slate_id"))
_IMPRESSION_COLUMNS = tuple(impressions.c[name] for name in ImpressionRow.__dataclass_fields__)
_IMPRESSIONS = (
    select(*_IMPRESSION_COLUMNS)
    .where(impressions.c.slate_id == bindparam("slate_id"))
    .order_by(impressions.c.position)
)
_IMPRESSION = _IMPRESSIONS.where(impressions.c.item_id == bindparam("item_id"))


_SHOWINGS = (
    select(impressions.c.item_id, slates.c.created_at)
    .join_from(slates, impressions)
    .where(
        slates.c.shopper_id == bindparam("shopper_id"),
        slates.c.created_at > bindparam("since"),
        slates.c.purpose == bindparam("purpose"),
    )
)
_ANSWERED = select(events.c.item_id).where(
    events.c.shopper_id == bindparam("shopper_id"),
    events.c.kind.in_(("click", "add_to_cart", "purchase", "favourite", "rating")),
    events.c.created_at > bindparam("since"),
)


def days_shown(connection: Connection, shopper_id: str, purpose: str, since: datetime) -> dict[str, int]:
    """On how many days slates of that purpose showed each item to a shopper, of those they left alone."""
    bound = {"shopper_id": shopper_id, "purpose": purpose, "since": since}
    shown = connection.execute(_SHOWINGS, bound)
    days = {(item_id, created_at.date()) for item_id, created_at in shown}
    answered = set(connection.execute(_ANSWERED, bound).scalars()) if days else set()
    return dict(Counter(item_id for item_id, _ in days if item_id not in answered))


def add_slate(connection: Connection, slate: SlateRow, shown: Sequence[ImpressionRow]) -> None:
    """Write a slate and its items."""
    connection.execute(_ADD_SLATE, dict(vars(slate)))
    connection.execute(_ADD_IMPRESSIONS, [{"slate_id": slate.id, **vars(item)} for item in shown])


def find_slate(connection: Connection, slate_id: str) -> SlateRow | None:
    """The slate, if there is one."""
    return first_of(SlateRow, connection.execute(_SLATE, {"slate_id": slate_id}))


def known_slates(connection: Connection, slate_ids: Collection[str]) -> set[str]:
    """Those of the ids that are still in the log."""
    rows = connection.execute(select(slates.c.id).where(slates.c.id.in_(list(slate_ids))))
    return set(rows.scalars())


def slate_items(connection: Connection, slate_id: str) -> list[ImpressionRow]:
    """What a slate showed, in order."""
    return all_of(ImpressionRow, connection.execute(_IMPRESSIONS, {"slate_id": slate_id}))


def find_impression(connection: Connection, slate_id: str, item_id: str) -> ImpressionRow | None:
    """How a slate showed an item, if it did."""
    return first_of(
        ImpressionRow, connection.execute(_IMPRESSION, {"slate_id": slate_id, "item_id": item_id})
    )
