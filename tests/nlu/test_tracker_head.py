"""Which events still matter: seen from a tracker with those, and from one with everything."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.tracker_head import ACTIONS, applied_places, head_of, reaches_back
from nlu.tracker_store import WindowTrackerStore
from tests.nlu.live import ROOT

LISTEN = ActionExecuted("action_listen")
DOMAIN = Domain.from_dict(
    {
        "slots": {name: {"type": "text", "mappings": [{"type": "custom"}]} for name in "abc"},
        "forms": {"form": {"required_slots": ["a"]}},
    }
)


def said(text: str) -> UserUttered:
    return UserUttered(text, {"name": "chat"}, parse_data={"text": text, "intent": {"name": "chat"}})


def turn(text: str, *done: Event) -> list[Event]:
    return [said(text), *done, ActionExecuted("action_listen")]


def started(*turns: Iterable[Event]) -> list[Event]:
    start: list[Event] = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
    ]
    return [*start, *(event for each in turns for event in each)]


def read_again(events: list[Event], folder: Path) -> tuple[DialogueStateTracker, DialogueStateTracker]:
    """Save them turn by turn; return the tracker with what matters, and the one with everything."""
    store = WindowTrackerStore(DOMAIN, f"sqlite:///{folder / 'tracker.db'}", turns=4)

    async def save() -> Any:
        waiting = list(events)
        while waiting:
            tracker = await store.get_or_create_tracker("c", append_action_listen=False)
            tracker.update(waiting.pop(0))
            while waiting and not isinstance(waiting[0], UserUttered):
                tracker.update(waiting.pop(0))
            await store.save(tracker)
        return await store.retrieve("c"), await store.retrieve_full_tracker("c")

    few, all_ = asyncio.run(save())
    assert len(few.events) < len(all_.events)
    return few, all_


def chats(count: int) -> list[list[Event]]:
    return [turn(f"chat {n}", ActionExecuted("utter_chat"), BotUttered("yes")) for n in range(count)]


def test_the_newest_value_of_each_slot_and_the_newest_reset_matter() -> None:
    events = [SlotSet("a", "1"), SlotSet("a", "2"), SlotSet("b", "1"), AllSlotsReset(), SlotSet("b", "2")]
    assert head_of([*events, AllSlotsReset(), SlotSet("c", "3")]) == [1, 4, 5, 6]


def test_a_pause_lasts_however_much_is_said(tmp_path: Path) -> None:
    events = started(
        turn("stop", ActionExecuted("x"), ConversationPaused()), *([said(str(n))] for n in range(30))
    )
    few, _ = read_again(events, tmp_path)
    assert few.is_paused()


def test_an_open_form_keeps_its_beginning_and_that_it_was_let_be(tmp_path: Path) -> None:
    begun = turn("return it", ActionExecuted("form"), ActiveLoop("form"), SlotSet("requested_slot", "a"))
    let_be = turn("hm", ActionExecutionRejected("form"), ActionExecuted("utter_chat"))
    few, whole = read_again(started(*chats(3), begun, let_be, *chats(30)), tmp_path)
    assert few.active_loop == whole.active_loop
    assert few.active_loop is not None
    assert few.active_loop.rejected
    assert few.active_loop.trigger_message["text"] == "return it"
    assert few.get_slot("requested_slot") == "a"


def test_slots_that_were_reset_are_carried_into_a_new_session_as_rasa_does(tmp_path: Path) -> None:
    events = started(
        turn("a", SlotSet("a", "1"), SlotSet("b", "1")), turn("reset", AllSlotsReset()), *chats(20)
    )
    few, whole = read_again(events, tmp_path)
    carried = [
        {e.key: e.value for e in tracker.applied_events() if isinstance(e, SlotSet)}
        for tracker in (few, whole)
    ]
    assert carried == [{"a": "1", "b": "1"}] * 2
    assert (few.get_slot("a"), whole.get_slot("a")) == (None, None)


def test_the_newest_card_and_the_newest_word_on_one_item_matter(tmp_path: Path) -> None:
    card = BotUttered("", {"custom": {"kind": "slate", "slate_id": "s"}})
    shown = [
        turn("show", ActionExecuted("x"), card),
        turn("more", ActionExecuted("y"), BotUttered("", {}, {"item_id": "7"})),
    ]
    few, _ = read_again(started(*shown, *chats(30)), tmp_path)
    bots = [event for event in few.events if isinstance(event, BotUttered)]
    assert [bots[0].data["custom"]["slate_id"], bots[1].metadata["item_id"]] == ["s", "7"]


def test_a_head_does_not_grow_with_the_conversation() -> None:
    sizes = [len(head_of(started(*chats(count)))) for count in (20, 40, 400)]
    assert sizes[0] == sizes[1] == sizes[2] < 60


def test_a_head_is_read_as_it_was_written() -> None:
    events = started(*chats(30))
    kept = [events[place] for place in head_of(events)]
    assert [kept[place] for place in head_of(kept)] == kept
    assert len(applied_places(kept)) == len(kept) - 1  # all but the session's start, which stands for itself


def test_what_undoes_more_than_was_read_is_told() -> None:
    events: list[Event] = [LISTEN, *turn("a", ActionExecuted("x")), said("back"), ActionExecuted("y")]
    once = [*events, UserUtteranceReverted()]
    twice = [*once, UserUtteranceReverted()]
    assert [reaches_back(each, 1) for each in (events, once, twice)] == [False, False, True]


def test_no_rule_of_the_assistant_is_longer_than_what_is_kept_for_it() -> None:
    """A rule may look back as many actions as a head keeps."""
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            assert len(rule["steps"]) + len(rule.get("condition", [])) <= ACTIONS, (path.name, rule["rule"])
