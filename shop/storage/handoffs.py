"""Queries on handoffs: what staff should know of a conversation, and what was written down about it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from shop.storage.rows import all_of
from shop.storage.tables import events, handoffs, impressions, satisfaction, slates, turns

NEWEST = 200


@dataclass(frozen=True)
class HandoffRow:
    """A conversation given to staff: why, and the summary of that moment."""

    id: str
    conversation_id: str
    reason: str
    summary: dict[str, Any]
    within_hours: bool
    created_at: datetime


@dataclass(frozen=True)
class TurnFactsRow:
    """What was understood in one turn."""

    intent: str | None
    status: str
    entities: list[dict[str, Any]] | None
    actions: list[str] | None


def add_handoff(connection: Connection, row: HandoffRow) -> None:
    """Write down that staff were asked for."""
    connection.execute(insert(handoffs), asdict(row))


def handoffs_of(connection: Connection, conversation_id: str) -> list[HandoffRow]:
    """The handoffs of a conversation, oldest first."""
    columns = [handoffs.c[name] for name in HandoffRow.__dataclass_fields__]
    chosen = select(*columns).where(handoffs.c.conversation_id == conversation_id)
    return all_of(HandoffRow, connection.execute(chosen.order_by(handoffs.c.created_at)))


def understood(connection: Connection, conversation_id: str) -> list[TurnFactsRow]:
    """What was understood in the newest turns of a conversation, oldest first."""
    columns = [turns.c[name] for name in TurnFactsRow.__dataclass_fields__]
    newest = select(*columns).where(turns.c.conversation_id == conversation_id)
    rows = connection.execute(newest.order_by(turns.c.received_at.desc()).limit(NEWEST))
    return all_of(TurnFactsRow, rows)[::-1]


def items_shown(connection: Connection, conversation_id: str) -> list[str]:
    """Ids of the items on the newest slate of the conversation, in their places."""
    newest = (
        select(slates.c.id)
        .where(slates.c.conversation_id == conversation_id)
        .order_by(slates.c.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    chosen = select(impressions.c.item_id).where(impressions.c.slate_id == newest)
    return list(connection.execute(chosen.order_by(impressions.c.position)).scalars())


def items_refused(connection: Connection, conversation_id: str) -> list[str]:
    """Ids of the items that were turned down in the conversation, each once."""
    chosen = select(events.c.item_id).where(
        events.c.conversation_id == conversation_id, events.c.kind == "dismiss"
    )
    return list(dict.fromkeys(connection.execute(chosen.order_by(events.c.created_at)).scalars()))


def add_satisfaction(
    connection: Connection, rating_id: str, conversation_id: str, score: int, now: datetime
) -> None:
    """Write down a score of 1 to 5."""
    values = {"id": rating_id, "conversation_id": conversation_id, "score": score, "created_at": now}
    connection.execute(insert(satisfaction), values)


def scores_of(connection: Connection, conversation_id: str) -> list[int]:
    """The scores of a conversation, oldest first."""
    chosen = select(satisfaction.c.score).where(satisfaction.c.conversation_id == conversation_id)
    return list(connection.execute(chosen.order_by(satisfaction.c.created_at)).scalars())
