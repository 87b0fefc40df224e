"""A process that saves turns to one conversation.

`python -m tests.nlu.tracker_writer URL CONVERSATION NAME TURNS`

Prints `NAME NUMBER` for each turn once it is saved. A turn that was refused as stale is tried again from what
is there by then, as web has the shopper do.
"""

import asyncio
import sys
from random import Random

from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.tracker_store import StaleTracker, WindowTrackerStore


def take_turn(tracker: DialogueStateTracker, text: str) -> None:
    """Do what Rasa does with a message, session start included."""
    if not tracker.events:
        for event in (
            ActionExecuted("action_session_start"),
            SessionStarted(),
            ActionExecuted("action_listen"),
        ):
            tracker.update(event)
    said = UserUttered(text, {"name": "chat"}, parse_data={"text": text, "intent": {"name": "chat"}})
    done = (SlotSet("pending", text), ActionExecuted("utter_chat"), BotUttered(f"re: {text}"))
    for event in (said, *done, ActionExecuted("action_listen")):
        tracker.update(event)


async def save_turn(store: WindowTrackerStore, sender: str, text: str) -> int:
    """Save one turn; return how often it was refused before."""
    for refused in range(10_000):
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        take_turn(tracker, text)
        try:
            await store.save(tracker)
        except StaleTracker:
            await asyncio.sleep(Random().random() * 0.005)
        else:
            return refused
    raise TimeoutError(f"{text} was refused for ever")


async def write(url: str, sender: str, name: str, turns: int) -> None:
    store = WindowTrackerStore(host=url)
    for number in range(turns):
        await save_turn(store, sender, f"{name} {number}")
        print(f"{name} {number}", flush=True)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
