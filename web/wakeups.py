"""Tells open streams that a conversation has something new to read."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wakeups:
    """Wakes whoever listens to a conversation; what is new stands in the database, never here.

    A wake-up that nobody hears costs nothing: streams also look by themselves at every heartbeat.
    """

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    @contextmanager
    def listening(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set at every change while the block runs."""
        event = asyncio.Event()
        self._listeners[conversation_id].add(event)
        try:
            yield event
        finally:
            self._listeners[conversation_id].discard(event)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def count(self, conversation_id: str | None = None) -> int:
        """How many listen to this conversation, or to any."""
        if conversation_id is not None:
            return len(self._listeners.get(conversation_id, ()))
        return sum(map(len, self._listeners.values()))

    def wake(self, conversation_id: str) -> None:
        """Something new stands in the record of this conversation."""
        for event in self._listeners.get(conversation_id, ()):
            event.set()

    @property
    def closed(self) -> bool:
        """Whether the process is stopping, so that streams should end."""
        return self._closed

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for conversation_id in list(self._listeners):
            self.wake(conversation_id)


async def until_woken(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, at most so long; tells whether it came."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    woken = event.is_set()
    event.clear()
    return woken
