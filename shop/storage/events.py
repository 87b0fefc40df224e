"""Queries on the log of events: what people did with what they were shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from shop.storage.rows import all_of
from shop.storage.tables import events
from shop.storage.upserts import insert_for


@dataclass(frozen=True)
class EventRow:
    """One event; `value` is a quantity, or the rating from 1 to 5."""

    id: str
    kind: str
    item_id: str
    slate_id: str | None
    shopper_id: str | None
    conversation_id: str | None
    value: float | None
    created_at: datetime


@dataclass(frozen=True)
class RecentEvent:
    """What a visit tells the recommender: which item, and what was done with it; `value` of a rating."""

    kind: str
    item_id: str
    value: float | None = None


def _of_the_asker() -> ColumnElement[bool]:
    """Events of the shopper, and of this conversation as long as nobody else was logged in then."""
    own = events.c.shopper_id == bindparam("shopper_id")
    same_visit = events.c.conversation_id == bindparam("conversation_id")
    return or_(own, and_(same_visit, events.c.shopper_id.is_(None)))


_WANTED = or_(
    events.c.kind.in_(("dismiss", "rating")),
    and_(
        events.c.kind.in_(("click", "add_to_cart", "favourite")),
        events.c.created_at > bindparam("since"),
    ),
)
_RECENT = (
    select(events.c.kind, events.c.item_id, events.c.value)
    .where(_of_the_asker(), _WANTED)
    .order_by(events.c.created_at)
)


def add_events(connection: Connection, rows: Sequence[EventRow]) -> None:
    """Write events; one whose id is there already is left as it is."""
    statement = insert_for(connection, events).on_conflict_do_nothing()
    connection.execute(statement, [asdict(row) for row in rows])


def recent_events(
    connection: Connection, shopper_id: str | None, conversation_id: str | None, since: datetime
) -> list[RecentEvent]:
    """Every dismissal and rating of the asker ever, and clicks, carts and favourites after `since`; oldest
    first.
    """
    values = {"shopper_id": shopper_id, "conversation_id": conversation_id, "since": since}
    return all_of(RecentEvent, connection.execute(_RECENT, values))


def events_of_slate(connection: Connection, slate_id: str) -> list[EventRow]:
    """What came of a slate, oldest first."""
    columns = [events.c[name] for name in EventRow.__dataclass_fields__]
    chosen = select(*columns).where(events.c.slate_id == slate_id).order_by(events.c.created_at)
    return all_of(EventRow, connection.execute(chosen))
