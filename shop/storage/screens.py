"""The query for what a conversation was shown lately."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select

from shop.storage.rows import all_of
from shop.storage.tables import events, slates


class ShownRow(NamedTuple):
    """A slate of a conversation: what it was for, what had been asked, and when."""

    slate_id: str
    purpose: str
    query: dict[str, Any]
    shown_at: datetime


_LATEST = (
    select(slates.c.id, slates.c.purpose, slates.c.query, slates.c.created_at)
    .where(slates.c.conversation_id == bindparam("conversation_id"), slates.c.surface == bindparam("surface"))
    .order_by(slates.c.created_at.desc())
    .limit(bindparam("n"))
)


def latest_slates(connection: Connection, conversation_id: str, surface: str, n: int) -> list[ShownRow]:
    """The newest slates of a conversation on one surface, the latest first."""
    values = {"conversation_id": conversation_id, "surface": surface, "n": n}
    return all_of(ShownRow, connection.execute(_LATEST, values))


def take_back_dismissals(connection: Connection, slate_id: str) -> None:
    """Forget that items of a slate were turned down."""
    connection.execute(delete(events).where(events.c.slate_id == slate_id, events.c.kind == "dismiss"))
