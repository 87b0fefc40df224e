"""One turn at a time per conversation, in the order of arrival, with a short queue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from shop.errors import TooMany

LONGEST_QUEUE = 4


@dataclass
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Lanes:
    """A lane per busy conversation; quiet conversations hold nothing."""

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn_of(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for the conversation's turn to come.

        Raises:
            TooMany: one turn is at work and `LONGEST_QUEUE` wait already.
        """
        lane = self._lanes.setdefault(conversation_id, _Lane())
        if lane.users > LONGEST_QUEUE:
            raise TooMany("too many messages at once in this conversation")
        lane.users += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[conversation_id]
