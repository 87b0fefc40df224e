"""The tracker store beside Rasa's own: what loading and saving cost a turn as a conversation grows.

Both are asked in turns, in one process, with the same turns: a message with what was understood, two slots, a
bot's card of about 3 kB, four actions' events. Shown for each length: CPU and wall milliseconds of load and
save (median of the turns), and how much more that is than at the shortest. `aisle_inline` is ours with the
database's work in the event loop instead of in threads. Goes over to Rasa's environment by itself.

  ./aisle bench tracker_store [--lengths 10 100 1000 2000 10000] [--turns 30]
  [--url postgresql://...]   (default: SQLite files in a temporary folder)
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Coroutine
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RASA = ROOT / "nlu" / ".venv" / "bin" / "python"
sys.path.insert(0, str(ROOT))
warnings.simplefilter("ignore")
if find_spec("rasa") is None:
    os.execv(RASA, [str(RASA), *sys.argv])

from rasa.core.tracker_store import SQLTrackerStore, TrackerStore  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from nlu.tracker_store import WindowTrackerStore  # noqa: E402

ITEM = {"name": "Cheddar, mild, 8 oz", "price": 2.99, "reasons": ["You often take it"], "url": "/items/1"}
CARD = {"kind": "slate", "slate_id": "s", "items": [{"item_id": str(n), **ITEM} for n in range(20)]}
RANKING = [{"name": f"intent_{n}", "confidence": 0.1} for n in range(10)]
STARTED, A_TURN, SHORT = 3, 8, 500  # events
SLOTS = [f"slot_{n}" for n in range(20)]


def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measured(options.lengths, options.turns, options.url, Path(folder)))
    print(json.dumps(result, indent=2))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lengths", type=int, nargs="+", default=[10, 100, 1000, 2000, 10_000])
    parser.add_argument("--turns", type=int, default=30, help="turns measured at each length")
    parser.add_argument("--url", default="", help="a database of PostgreSQL that may be written to")
    return parser.parse_args()


async def measured(lengths: list[int], turns: int, url: str, folder: Path) -> dict[str, Any]:
    """Return milliseconds by store and length."""
    mappings = [{"type": "custom"}]
    domain = Domain.from_dict({"slots": {name: {"type": "text", "mappings": mappings} for name in SLOTS}})
    stores: dict[str, TrackerStore] = {
        "aisle": WindowTrackerStore(domain, url or f"sqlite:///{folder / 'aisle.db'}"),
        "aisle_inline": Inline(domain, url or f"sqlite:///{folder / 'inline.db'}"),
        "stock": SQLTrackerStore(domain, host=url or f"sqlite:///{folder / 'stock.db'}"),
    }
    found: dict[str, dict[str, Any]] = {name: {} for name in stores}
    for length in lengths:
        for name, figures in (await at_length(stores, length, turns)).items():
            found[name][str(length)] = figures
        print(
            f"{length} events: {[round(found[name][str(length)]['cpu_ms'], 2) for name in stores]}",
            file=sys.stderr,
        )
    growth = {name: grown(figures) for name, figures in found.items()}
    sample = {
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "turns": turns,
        "database": url or "sqlite",
    }
    return {"sample": sample, "stores": found, "growth": growth}


class Inline(WindowTrackerStore):
    """Ours without threads: all of the database's work is done in the event loop."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._load(sender_id, self._turns)

    async def save(self, tracker: DialogueStateTracker) -> None:
        real, asyncio.to_thread = asyncio.to_thread, in_the_loop
        try:
            await super().save(tracker)
        finally:
            asyncio.to_thread = real


async def in_the_loop(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


async def at_length(stores: dict[str, TrackerStore], length: int, turns: int) -> dict[str, dict[str, float]]:
    """Grow conversations to `length` events, then measure turns, the stores one after another.

    A turn of a short conversation lengthens it, so each of those is a conversation of its own.
    """
    senders = [f"{length}-{number}-{os.getpid()}" for number in range(turns if length < SHORT else 1)]
    for store in stores.values():
        for sender in senders:
            await grow(store, sender, length)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in stores}
    for number in range(turns):
        for name, store in stores.items():
            times[name].append(await timed(partial(a_turn, store, senders[number % len(senders)], number)))
    return {
        name: {
            "cpu_ms": statistics.median(cpu for cpu, _ in each),
            "wall_ms": statistics.median(w for _, w in each),
        }
        for name, each in times.items()
    }


async def timed(work: Callable[[], Coroutine[Any, Any, None]]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    await work()
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


async def grow(store: TrackerStore, sender: str, length: int) -> None:
    """Save a conversation of as many events, ten turns at a time."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    for number in range(max(1, (length - STARTED) // A_TURN)):
        for event in turn_events(number, is_first=number == 0):
            tracker.update(event)
        if number % 10 == 9:
            await store.save(tracker)
            if isinstance(store, WindowTrackerStore):
                tracker = await store.retrieve(sender)  # as it would be in service
    await store.save(tracker)


async def a_turn(store: TrackerStore, sender: str, number: int) -> None:
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    for event in turn_events(number):
        tracker.update(event)
    await store.save(tracker)


def turn_events(number: int, *, is_first: bool = False) -> list[Event]:
    """Return what one turn adds: eight events, eleven with the session's start."""
    start = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    parsed = {"text": "cheese please", "intent": RANKING[0], "intent_ranking": RANKING}
    return [
        *(start if is_first else []),
        UserUttered("cheese please", RANKING[0], parse_data=parsed, metadata={"locale": "en"}),
        SlotSet(SLOTS[number % 20], f"value {number}"),
        ActionExecuted("action_find"),
        SlotSet(SLOTS[(number + 7) % 20], None),
        BotUttered("Here you are", {"custom": CARD}),
        ActionExecuted("utter_more"),
        BotUttered("Anything else?"),
        ActionExecuted("action_listen"),
    ]


def grown(figures: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return each length's figures in terms of the shortest's."""
    first = next(iter(figures.values()))
    return {length: {key: each[key] / first[key] for key in each} for length, each in figures.items()}


if __name__ == "__main__":
    main()
