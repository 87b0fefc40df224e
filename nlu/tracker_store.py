"""Where Rasa's trackers are kept: a turn costs the same at the 2,000th event as at the 10th, and a writer who
has not read the newest state is refused.

Loading reads the newest turns and, before them, the events that still matter (nlu/tracker_head.py); never
more than the newest session, as Rasa's own store does. Saving adds the events that are new, in one
transaction that checks the version of the conversation. An error of the database is an error here, and for
web.
"""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine

from nlu import tracker_rows
from nlu.tracker_head import head_of, reaches_back
from nlu.tracker_rows import Boundary, Counts, NewEvent, StaleTracker
from nlu.tracker_tables import file_of, make_tables, open_engine

__all__ = ["StaleTracker", "WindowTrackerStore"]

TURNS = 5  # how many turns are read as they were; skills may look back as far (docs/conversation-engine.md)
FEWEST_TURNS = 4  # Rasa's own actions undo up to two turns at once

Result = TypeVar("Result")


@dataclass(frozen=True)
class Origin:
    """What a tracker was read from: the conversation as it was, and the places of the tracker's events."""

    counts: Counts
    places: tuple[int, ...] = ()


class WindowTrackerStore(TrackerStore):
    """Keeps trackers in SQLite or PostgreSQL; `host` is an SQLAlchemy URL, under the name that Rasa gives it.

    Raises: ValueError: `turns` is below `FEWEST_TURNS`.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str = "sqlite:///state/tracker.db",
        event_broker: EventBroker | None = None,
        turns: int = TURNS,
        **kwargs: Any,
    ) -> None:
        if turns < FEWEST_TURNS:
            raise ValueError(f"a tracker needs {FEWEST_TURNS} turns at least, not {turns}")
        super().__init__(domain, event_broker, **kwargs)
        self.engine = open_engine(host)
        self._turns = turns
        self._is_made, self._file = False, file_of(self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return what matters of the conversation's newest session; None if it is unknown."""
        return await asyncio.to_thread(self._load, sender_id, self._turns)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return everything that happened, in all sessions; None if the conversation is unknown."""
        return await asyncio.to_thread(self._load, conversation_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add what is new since the tracker was read; without anything new, write nothing.

        Raises: StaleTracker: the conversation has changed since. A tracker that does not come from this store
        can only begin a conversation.
        """
        origin = _origin(tracker)
        new = list(islice(tracker.events, len(origin.places), None))
        if not new:
            return
        addition = Addition(tracker, origin, new)
        await _to_the_end(self._write, addition.save)
        tracker.origin = addition.origin
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await asyncio.to_thread(self._read, tracker_rows.sender_ids)

    async def delete(self, sender_id: str) -> int:
        """Erase a conversation; return how many events it had. A turn under way is then refused as stale."""
        return await asyncio.to_thread(self._write, lambda to: tracker_rows.erase(to, sender_id))

    def _load(self, sender_id: str, turns: int | None) -> DialogueStateTracker | None:
        def rows(connection: Connection) -> tuple[Counts, Boundary, list[Any]] | None:
            found = tracker_rows.find(connection, sender_id, (turns or 1) - 1)
            if found is None:
                return None
            counts, begun = found
            if turns is None:
                begun = Boundary(0, 0)
            elif begun is None or begun.seq <= counts.session:
                begun = Boundary(0, counts.session)
            return (
                counts,
                begun,
                tracker_rows.read(connection, sender_id, begun.head, begun.seq, counts.events),
            )

        found = self._read(rows)
        if found is None:
            return None
        counts, begun, dumped = found
        events = [_class_of(each["event"])._from_parameters(each) for each in dumped]
        if turns is not None and begun.head and reaches_back(events, len(begun.head)):
            return self._load(sender_id, 2 * turns)
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.origin = Origin(counts, (*begun.head, *range(begun.seq, counts.events)))
        return tracker

    def _read(self, query: Callable[[Connection], Result]) -> Result:
        with self._made().connect() as connection:
            return query(connection)

    def _write(self, change: Callable[[Connection], Result]) -> Result:
        with self._made().begin() as connection:
            return change(connection)

    def _made(self) -> Engine:
        """Return the engine of a database that has its tables; made when first needed, since it may be down.

        A file that was removed or replaced (a backup put back) is let go, since SQLite would go on writing to
        it. Tables are not made anew in its place: to have lost all conversations is an error.
        """
        if not self._is_made:
            make_tables(self.engine)
            self._file, self._is_made = file_of(self.engine), True
        elif self._file != (file := file_of(self.engine)):
            self.engine.dispose()
            self._file = file
        return self.engine


class Addition:
    """What saving a tracker adds to its conversation, and what the tracker comes from afterwards."""

    def __init__(self, tracker: DialogueStateTracker, origin: Origin, new: list[Event]) -> None:
        self._sender_id = tracker.sender_id
        self._known = origin.counts
        self._new: list[NewEvent] = []
        self._boundaries: list[Boundary] = []
        self._read_events(list(tracker.events), origin, new)

    def _read_events(self, events: list[Event], origin: Origin, new: list[Event]) -> None:
        known = origin.counts
        places = (*origin.places, *range(known.events, known.events + len(new)))
        turn, session = known.turns, known.session
        is_listening = _is_listening(events[: len(origin.places)])
        for index in range(len(origin.places), len(events)):
            event = events[index]
            if isinstance(event, UserUttered) and is_listening:
                turn += 1
                head = [places[kept] for kept in head_of(events[:index])]
                self._boundaries.append(Boundary(turn, places[index], head))
            elif isinstance(event, ActionExecuted):
                is_listening = event.action_name == ACTION_LISTEN_NAME
            elif isinstance(event, SessionStarted):
                session = places[index]
            self._new.append(NewEvent(turn, json.dumps(event.as_dict())))
        self._now = Counts(known.version + 1, known.events + len(new), turn, session)
        self.origin = Origin(self._now, places)

    def save(self, connection: Connection) -> None:
        tracker_rows.append(connection, self._sender_id, self._known, self._now, self._new, self._boundaries)


@cache
def _class_of(name: str) -> type[Event]:
    """Return the class of events of a name; Rasa's own way looks through all classes for every event."""
    kind: type[Event] = Event.resolve_by_type(name)
    return kind


def _origin(tracker: DialogueStateTracker) -> Origin:
    """Return where a tracker comes from; one that no store has read begins a conversation."""
    origin: Origin = getattr(tracker, "origin", None) or Origin(Counts())
    return origin


def _is_listening(events: list[Event]) -> bool:
    """Whether the next message begins a turn: nothing was done yet, or action_listen was the last thing."""
    actions = (event.action_name for event in reversed(events) if isinstance(event, ActionExecuted))
    return bool(next(actions, ACTION_LISTEN_NAME) == ACTION_LISTEN_NAME)


async def _to_the_end(function: Callable[..., object], *arguments: object) -> None:
    """Run a function in a thread; who gives up waiting waits all the same.

    A turn that is being written when its deadline comes is a turn: to tell web that it failed would be wrong.
    """
    writing = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await writing
