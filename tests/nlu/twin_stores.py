"""Holds the same conversations with Rasa's own tracker store and with ours, and compares what Rasa then sees.

More than the tests do: `python -m tests.nlu.twin_stores --turns 5000 --seed 1`.
"""

import __future__

import argparse
import ast
import asyncio
import dataclasses
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.events import ConversationResumed, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu import logs, rasa_patches
from nlu.tracker_store import WindowTrackerStore
from nlu.train import train
from tests.nlu.chaotic_actions import ChaoticActions

ROOT = Path(__file__).parents[2]
BOT = Path(__file__).parent / "tracker_bot"
# Anything; long forms with much between their questions; long pauses; stories with much in between.
STYLES = (
    ["chat", "shuffle", "inform", "tell", "agree"] * 3
    + ["greet", "begin_order", "begin_order", "begin_wish", "deny", "lost", "restart", "back"],
    ["inform", "chat", "chat", "greet", "lost", "agree"] * 4 + ["begin_order"] * 4 + ["shuffle", "deny"],
    ["chat", "tell", "inform"] * 2 + ["shuffle"],
    ["chat", "greet"] * 5 + ["tell", "agree", "inform"],
)
REJECTED = (0.0, 0.9, 0.0, 0.0)  # how likely a form is left open
RESUMED = (0.4, 0.4, 0.05, 0.4)  # how likely a paused bot is let speak again after a message
PROBES = ("tell", "agree", "inform")
STATES = 8  # as many as nlu/tracker_head.py promises
REMEMBERED = 5


def load_bot() -> Agent:
    """Return the trained bot, with an action server that answers at random."""
    rasa_patches.apply()
    kept = Path(tempfile.gettempdir()) / "aisle-nlu-tests"
    agent = Agent(action_endpoint=ChaoticActions())
    agent.load_model(str(train(BOT / "config.yml", BOT / "domain.yml", BOT / "data", kept)[0]))
    return agent


class Twins:
    """One bot, two stores."""

    def __init__(self, agent: Agent, folder: Path, turns: int) -> None:
        self.agent, self.processor = agent, agent.processor
        self.actions: ChaoticActions = self.processor.action_endpoint
        domain = self.processor.domain
        self.stock: TrackerStore = SQLTrackerStore(domain, host=f"sqlite:///{folder / 'stock.db'}")
        self.ours = WindowTrackerStore(domain, f"sqlite:///{folder / 'ours.db'}", turns=turns)

    async def say(self, sender: str, intent: str, chance: Random) -> None:
        """Let both hear the same message, and do whatever comes of it."""
        seed = f"{sender} {chance.random()}"
        entities = [{"entity": "item", "value": "tea"}] if chance.random() < 0.2 else []
        entities += (
            [{"entity": "colour", "value": chance.choice(["red", "blue"])}] if chance.random() < 0.1 else []
        )
        parsed = {"text": seed, "intent": {"name": intent, "confidence": 0.9}, "entities": entities}
        for store in (self.stock, self.ours):
            self.actions.turn(seed)
            self.processor.tracker_store = store
            message = UserMessage(
                seed,
                CollectingOutputChannel(),
                sender,
                parse_data=dict(parsed, entities=list(entities)),
                input_channel="aisle",
                message_id=seed,
                metadata={"locale": "en"},
            )
            await self.processor.handle_message(message)

    async def resume(self, sender: str) -> None:
        """Let a paused bot speak again, from outside of any turn."""
        for store in (self.stock, self.ours):
            tracker = await store.retrieve(sender)
            tracker.update(ConversationResumed())
            await store.save(tracker)

    async def compare(self, sender: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what Rasa sees in the one and in the other; equal if all is well."""
        stock, ours = await self.stock.retrieve(sender), await self.ours.retrieve(sender)
        return self.seen(stock), self.seen(ours)

    def seen(self, tracker: DialogueStateTracker) -> dict[str, Any]:
        """Return the tracker's state, what its skills look for, and what is predicted for each probe."""
        loop = tracker.active_loop
        return {
            "slots": tracker.current_slot_values(),
            "loop": None if loop is None else dataclasses.asdict(loop),
            "latest_action": tracker.latest_action,
            "paused": tracker.is_paused(),
            "followup": tracker.followup_action,
            "message": tracker.latest_message.text,
            "channel": tracker.get_latest_input_channel(),
            "carried": {e.key: e.value for e in tracker.applied_events() if isinstance(e, SlotSet)},
            "skills": skills_see(tracker),
            "probes": {intent: self.probed(tracker, intent) for intent in PROBES},
        }

    def probed(self, tracker: DialogueStateTracker, intent: str) -> dict[str, Any]:
        """Return the states that policies see after a message, and the prediction."""
        asked, domain = tracker.copy(), self.processor.domain
        asked.update(UserUttered("?", {"name": intent, "confidence": 0.9}, parse_data={"text": "?"}))
        remembered = asked.past_states(domain, ignore_rule_only_turns=True, rule_only_data=self.rule_only())
        states = asked.past_states(domain)
        prediction = self.processor._predict_next_with_tracker(asked)
        return {
            "states": states[-STATES:],
            "remembered": remembered[-REMEMBERED:],
            "policy": prediction.policy_name,
            "probabilities": prediction.probabilities,
            "events": [event.as_dict() | {"timestamp": 0} for event in prediction.events],
            "hidden": prediction.hide_rule_turn,
        }

    def rule_only(self) -> dict[str, Any]:
        """Return what Rasa hides from a policy that learns from stories."""
        return {"rule_only_slots": [], "rule_only_loops": ["order_form", "wish_form"]}


def skills_see(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return what actions/turn.py reads from the events that the action server is sent."""
    events = [event.as_dict() for event in tracker.events]
    reading = _skills()
    seen = {name: reading[name](events) for name in ("_pending", "_focus", "_is_answered", "_is_interrupted")}
    return seen | {"_failures": reading["_failures"](events) > 0}


def _skills(path: Path = ROOT / "actions" / "turn.py") -> dict[str, Any]:
    """Return the constants and functions of the app's module, which Rasa's environment cannot import."""
    kept = [
        node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Assign | ast.FunctionDef)
    ]
    names: dict[str, Any] = {"Sequence": Sequence, "Mapping": Mapping, "Any": Any, "takewhile": takewhile}
    flags = __future__.annotations.compiler_flag  # its types are not looked at
    exec(compile(ast.Module(kept, []), str(path), "exec", flags), names)
    names.update(FORM="order_form", OF_NO_HELP=("utter_chat", "utter_greet"))  # this bot's own
    return names


@contextmanager
def shifted_clock() -> Iterator[list[float]]:
    """Let the clock run ahead by as many seconds as the list says."""
    real, ahead = time.time, [0.0]
    time.time = lambda: real() + ahead[0]
    try:
        yield ahead
    finally:
        time.time = real


async def converse(twins: Twins, sender: str, turns: int, style: int, chance: Random) -> int:
    """Hold a conversation and compare after every turn; return its number of events.

    Raises: AssertionError: the two differ; names what differs, where, and the last messages.
    """
    said: list[str] = []
    twins.actions.rejects = REJECTED[style]
    with shifted_clock() as ahead:
        for turn in range(turns):
            if chance.random() < 0.02:
                ahead[0] += 3 * 3600  # the session expires
                said.append("(later)")
            said.append(chance.choice(STYLES[style]))
            await twins.say(sender, said[-1], chance)
            if (await twins.ours.retrieve(sender)).is_paused() and chance.random() < RESUMED[style]:
                said.append("(resumed)")
                await twins.resume(sender)
            stock, ours = await twins.compare(sender)
            wrong = {key: (stock[key], ours[key]) for key in stock if stock[key] != ours[key]}
            assert not wrong, f"{sender} turn {turn} after {said[-15:]}: {wrong}"
    return await same_history(twins, sender)


async def same_history(twins: Twins, sender: str) -> int:
    """Check that both kept the same events for good; return how many we have."""
    stock = await twins.stock.retrieve_full_tracker(sender)
    ours = await twins.ours.retrieve_full_tracker(sender)
    assert told(ours) == told(stock)
    return len(ours.events)


def told(tracker: DialogueStateTracker) -> list[Any]:
    """Return the events without times; of slots carried into a session, which Rasa piles up, the outcome."""
    found: list[Any] = []
    carried: dict[str, Any] | None = None
    for event in tracker.events:
        if carried is not None and isinstance(event, SlotSet):
            carried[event.key] = event.value
            continue
        if carried is not None:
            found.append(carried)
        carried = {} if event.type_name == "session_started" else None
        found.append(event.as_dict() | {"timestamp": 0})
    return found


async def compare_many(agent: Agent, folder: Path, turns: int, seed: int, length: int = 60) -> dict[str, int]:
    """Hold conversations of mixed length and window until there were as many turns; return the counts."""
    chance, done, events, number = Random(seed), 0, 0, 0
    while done < turns:
        style = (seed + number) % len(STYLES)
        number += 1
        window = chance.choice([4, 5, 10])
        each = chance.randint(length // 2, length)
        twins = Twins(agent, folder, window)
        events += await converse(twins, f"seed{seed}-{number}", each, style, chance)
        done += each
    return {"conversations": number, "turns": done, "events": events}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--length", type=int, default=60)
    options = parser.parse_args()
    logs.configure()
    with tempfile.TemporaryDirectory() as folder:
        print(
            asyncio.run(compare_many(load_bot(), Path(folder), options.turns, options.seed, options.length))
        )


if __name__ == "__main__":
    main()
