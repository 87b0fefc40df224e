"""What a turn is known by afterwards: intent, confidence, entities, actions run, whether it was stored, which
model.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted

RANKING = 3
_BOOKKEEPING = (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME)


def facts_of(tracker: Any, start: int, *, model: str, committed: bool) -> dict[str, Any]:
    """Describe the turn whose message was event `start - 1` of the tracker; None for a turn that did not get
    so far.
    """
    events = [] if tracker is None else list(islice(tracker.events, start - 1, None))
    parsed = getattr(events[0], "parse_data", {}) if events else {}
    ranking = [_ranked(intent) for intent in parsed.get("intent_ranking", [])[:RANKING]]
    return {
        "intent": _ranked(parsed.get("intent", {})),
        "ranking": ranking,
        "entities": [_entity(entity) for entity in parsed.get("entities", [])],
        "actions": _actions(events),
        "committed": committed,
        "model": model,
    }


def _ranked(intent: dict[str, Any]) -> dict[str, Any]:
    return {"name": intent.get("name"), "confidence": float(intent.get("confidence") or 0.0)}


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: entity[key] for key in ("entity", "value", "start", "end") if entity.get(key) is not None}


def _actions(events: Iterable[Any]) -> list[str]:
    return [
        event.action_name
        for event in events
        if isinstance(event, ActionExecuted) and event.action_name and event.action_name not in _BOOKKEEPING
    ]
