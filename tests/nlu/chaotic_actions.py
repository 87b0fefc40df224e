"""An action server in the same process whose answers are random, and the same for the same seed."""

import json
from random import Random
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig

EVENTS: list[list[dict[str, Any]]] = [
    [],
    [{"event": "slot", "name": "mood", "value": "good"}],
    [{"event": "slot", "name": "mood", "value": "bad"}, {"event": "slot", "name": "known", "value": True}],
    [{"event": "slot", "name": "mood", "value": None}],
    [{"event": "slot", "name": "pending", "value": "checkout"}],
    [{"event": "slot", "name": "pending", "value": None}],
    [{"event": "slot", "name": "basket", "value": ["milk", {"count": 2}]}],
    [{"event": "slot", "name": "item", "value": "tea"}, {"event": "slot", "name": "reason", "value": None}],
    [{"event": "reset_slots"}],
    [{"event": "reset_slots"}, {"event": "slot", "name": "pending", "value": "handoff"}],
    [{"event": "followup", "name": "action_look"}],
    [{"event": "followup", "name": "order_form"}],
    [{"event": "followup", "name": "action_listen"}],
    [{"event": "pause"}],
    [{"event": "rewind"}],
    [{"event": "undo"}],
    [{"event": "active_loop", "name": None}, {"event": "slot", "name": "requested_slot", "value": None}],
    [{"event": "active_loop", "name": "wish_form"}],
    [{"event": "restart"}],
]
RARE = ("pause", "rewind", "undo", "restart")
VALIDATED = ({"item": "tea"}, {"item": None}, {"reason": None}, {"item": "milk", "reason": "old"}, {})


class ChaoticActions(EndpointConfig):
    """Answers by `seed`, the action, and how many calls came before; `turn` starts the count anew."""

    def __init__(self) -> None:
        super().__init__("http://nowhere")
        self.seed, self.calls = "", 0
        self.rejects = 0.0  # how likely a form that waits for an answer lets something else be done

    def turn(self, seed: str) -> None:
        """Begin a turn, whose answers depend on nothing before it."""
        self.seed, self.calls = seed, 0

    async def request(self, *, json: Any, **_: Any) -> Any:
        """Answer an action call, or reject it."""
        self.calls += 1
        name = json["next_action"]
        chance = Random(f"{self.seed} {name} {self.calls}")
        if name == "validate_order_form":
            return _validated(json["tracker"], chance, self.rejects)
        if name == "action_look":
            return {
                "events": [{"event": "slot", "name": "known", "value": True}],
                "responses": [_card(chance)],
            }
        return {"events": _some_events(chance), "responses": [_card(chance)] if chance.random() < 0.7 else []}


def _some_events(chance: Random) -> list[dict[str, Any]]:
    chosen = chance.choice(EVENTS)
    rare = any(event["event"] in RARE for event in chosen)
    return chance.choice(EVENTS[:13]) if rare and chance.random() < 0.5 else chosen


def _card(chance: Random) -> dict[str, Any]:
    """A sentence on one item, a slate that is long, or only words."""
    kind = chance.randrange(3)
    if kind == 0:
        return {"text": "It is in stock.", "item_id": str(chance.randrange(99))}
    if kind == 1:
        items = [{"item_id": str(n), "name": "cheese " * 20} for n in range(8)]
        return {"custom": {"kind": "slate", "slate_id": str(chance.randrange(99)), "items": items}}
    return {"text": "Well."}


def _validated(tracker: dict[str, Any], chance: Random, rejects: float) -> dict[str, Any]:
    """Take what was said, set or empty a slot, end the form, or reject, so that something else is done."""
    way = 0 if chance.random() < rejects else chance.randrange(8)
    if way == 0:
        told = json.dumps({"error": "no answer", "action_name": "order_form"})
        raise ClientResponseError(400, "rejected", told.encode())
    if way == 1:
        return {"events": [{"event": "slot", "name": "requested_slot", "value": None}], "responses": []}
    if way == 2:
        return {"events": [{"event": "action_execution_rejected", "name": "order_form"}], "responses": []}
    values = chance.choice(VALIDATED) if way < 5 else {}
    kept = {name: tracker["slots"][name] for name in ("item", "reason") if tracker["slots"].get(name)}
    events = [{"event": "slot", "name": name, "value": value} for name, value in {**kept, **values}.items()]
    return {"events": events, "responses": [_card(chance)] if chance.random() < 0.2 else []}
