"""Conversations written as YAML: what the shopper does in each turn, and what must come of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.talk import Message, Talk

HERE = Path(__file__).parent
_DOING = {"say", "press", "card"}
_EXPECTING = {"intent", "action", "kind", "text", "not_text", "items", "shows", "mode"}


@dataclass(frozen=True)
class Turn:
    """`does` is one of say, press, card; `expects` what must be true of the answer.

    goal: whether the shopper has now got what they came for; the last turn is a goal in any case.
    """

    does: tuple[str, Any]
    expects: dict[str, Any] = field(default_factory=dict)
    goal: bool = False


@dataclass(frozen=True)
class Script:
    """`who` is visitor (not logged in) or regular (the demo shop's most frequent buyer)."""

    name: str
    who: str
    locale: str
    turns: tuple[Turn, ...]

    @property
    def topic(self) -> str:
        """The file it stands in."""
        return self.name.split(":")[0]

    @property
    def turns_to_goal(self) -> list[int]:
        """Turns that each goal took, counted from the goal before it."""
        last = len(self.turns) - 1
        goals = [place for place, turn in enumerate(self.turns) if turn.goal or place == last]
        return [goal - before for before, goal in pairwise([-1, *goals])]


def read_scripts() -> Iterator[Script]:
    """Every conversation of this folder.

    Raises:
        ValueError: a turn does nothing, or expects something that nobody checks.
    """
    for path in sorted(HERE.glob("*.yml")):
        for each in yaml.safe_load(path.read_text(encoding="utf-8")):
            turns = tuple(_turn(turn, each["name"]) for turn in each["turns"])
            yield Script(f"{path.stem}: {each['name']}", each["who"], each.get("locale", "en"), turns)


def _turn(given: dict[str, Any], name: str) -> Turn:
    does = [(key, value) for key, value in given.items() if key in _DOING]
    expects = {key: value for key, value in given.items() if key not in _DOING and key != "goal"}
    if len(does) != 1 or not set(expects) <= _EXPECTING:
        raise ValueError(f"{name}: {given} is no turn")
    return Turn(does[0], expects, given.get("goal", False))


def act(talk: Talk, turn: Turn) -> list[Message]:
    """Do what the shopper does in this turn."""
    kind, what = turn.does
    if kind == "say":
        return talk.say(what)
    if kind == "press":
        return talk.press(what)
    action, place = what.split()
    return talk.use_card(action, int(place))


def unmet(turn: Turn, talk: Talk, facts: dict[str, Any]) -> list[str]:
    """What was expected of the turn and did not happen, in words; empty when all is well."""
    said = "\n".join(message.get("text") or "" for message in talk.messages)
    shown = [item["name"] for message in talk.messages for item in message.get("items", ())]
    kinds = [message["kind"] for message in talk.messages]
    checks = {
        "intent": lambda value: facts["intent"] == value,
        "action": lambda value: value in facts["actions"],
        "kind": lambda value: value in kinds,
        "text": lambda value: re.search(value, said, re.IGNORECASE) is not None,
        "not_text": lambda value: re.search(value, said, re.IGNORECASE) is None,
        "items": lambda value: bool(shown) and all(re.search(value, name, re.IGNORECASE) for name in shown),
        "shows": lambda value: any(re.search(value, name, re.IGNORECASE) for name in shown),
        "mode": lambda value: talk.mode == value,
    }
    happened = {"said": said, "shown": shown, "kinds": kinds, "mode": talk.mode} | facts
    return [
        f"{turn.does}: expected {key}={value!r}, got {happened}"
        for key, value in turn.expects.items()
        if not checks[key](value)
    ]
