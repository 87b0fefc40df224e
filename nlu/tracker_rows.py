"""The tracker store's SQL: what is read for a turn, and what a save adds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from nlu.tracker_tables import conversations, events, turns

AT_ONCE = 400  # places in one query; SQLite takes 999 parameters at least


class StaleTracker(Exception):
    """The conversation is not as it was when it was read; nothing was written."""


@dataclass(frozen=True)
class Counts:
    """How far a conversation has got; a `version` of 0 is one that was never saved."""

    version: int = 0
    events: int = 0
    turns: int = 0
    session: int = 0


@dataclass(frozen=True)
class Boundary:
    """Where turn number `turn` begins, and which events before that still matter."""

    turn: int
    seq: int
    head: Sequence[int] = ()


@dataclass(frozen=True)
class NewEvent:
    """An event of turn number `turn`, as JSON."""

    turn: int
    data: str


_WHO = bindparam("who")
_found = (
    select(
        conversations.c.version,
        conversations.c.events,
        conversations.c.turns,
        conversations.c.session,
        turns.c.seq,
        turns.c.head,
        turns.c.turn,
    )
    .select_from(
        conversations.outerjoin(
            turns,
            and_(
                turns.c.sender_id == conversations.c.sender_id,
                turns.c.turn == conversations.c.turns - bindparam("back"),
            ),
        )
    )
    .where(conversations.c.sender_id == _WHO)
)
_range = (
    select(events.c.data)
    .where(events.c.sender_id == _WHO, events.c.seq >= bindparam("start"), events.c.seq < bindparam("end"))
    .order_by(events.c.seq)
)
_chosen = (
    select(events.c.data)
    .where(events.c.sender_id == _WHO, events.c.seq.in_(bindparam("places", expanding=True)))
    .order_by(events.c.seq)
)
_next_version = (
    update(conversations)
    .where(conversations.c.sender_id == _WHO, conversations.c.version == bindparam("known"))
    .values({name: bindparam(f"new_{name}") for name in ("version", "events", "turns", "session")})
)


def find(connection: Connection, sender_id: str, back: int) -> tuple[Counts, Boundary | None] | None:
    """Return a conversation, and where its last turn but `back` began, if there are so many; None if it is
    unknown.
    """
    row = connection.execute(_found, {"who": sender_id, "back": back}).one_or_none()
    if row is None:
        return None
    counts = Counts(row.version, row.events, row.turns, row.session)
    return counts, None if row.turn is None else Boundary(row.turn, row.seq, json.loads(row.head))


def read(connection: Connection, sender_id: str, head: Sequence[int], start: int, end: int) -> list[Any]:
    """Return the decoded events at the places of the head and from `start` to before `end`.

    Raises: StaleTracker: they are no longer all there, because the conversation was erased meanwhile.
    """
    found: list[str] = []
    for first in range(0, len(head), AT_ONCE):
        places = {"who": sender_id, "places": head[first : first + AT_ONCE]}
        found += connection.execute(_chosen, places).scalars()
    found += connection.execute(_range, {"who": sender_id, "start": start, "end": end}).scalars()
    if len(found) != len(head) + end - start:
        raise StaleTracker("the conversation was erased while it was read")
    return [json.loads(data) for data in found]


def append(
    connection: Connection,
    sender_id: str,
    known: Counts,
    now: Counts,
    new: Sequence[NewEvent],
    boundaries: Iterable[Boundary],
) -> None:
    """Add events to a conversation that was read as `known`, which makes it `now`.

    Raises: StaleTracker: it was saved by somebody else, begun by somebody else, or erased meanwhile.
    """
    values = {"version": now.version, "events": now.events, "turns": now.turns, "session": now.session}
    if known.version == 0:
        try:
            connection.execute(insert(conversations), {"sender_id": sender_id, **values})
        except IntegrityError as error:
            raise StaleTracker("the conversation was begun by another writer") from error
    else:
        fresh = {f"new_{name}": value for name, value in values.items()}
        asked = {"who": sender_id, "known": known.version, **fresh}
        if connection.execute(_next_version, asked).rowcount != 1:
            raise StaleTracker("the conversation was saved by another writer")
    rows = [
        {"sender_id": sender_id, "seq": seq, "turn": event.turn, "data": event.data}
        for seq, event in enumerate(new, known.events)
    ]
    connection.execute(insert(events), rows)
    begun = [
        {"sender_id": sender_id, "turn": each.turn, "seq": each.seq, "head": json.dumps(list(each.head))}
        for each in boundaries
    ]
    if begun:
        connection.execute(insert(turns), begun)


def erase(connection: Connection, sender_id: str) -> int:
    """Delete everything of a conversation; return how many events there were."""
    for table in (conversations, turns):
        connection.execute(delete(table).where(table.c.sender_id == sender_id))
    return int(connection.execute(delete(events).where(events.c.sender_id == sender_id)).rowcount)


def sender_ids(connection: Connection) -> list[str]:
    """Return every conversation's id."""
    return list(connection.execute(select(conversations.c.sender_id)).scalars())
