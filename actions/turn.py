"""One turn as a skill sees it: who speaks, what was understood, and what was going on before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker

from actions.said import restore
from actions.words import SMALL_WORDS
from shop.context import Audience, Shop

# A "yes" refers to a question of the last turn, or of the one before if the shopper asked something between.
PENDING_FOR_TURNS = 2
# What a shopper may call a thing of the shop; the other entities say how many, how much, which one.
NAMES = ("product", "category", "brand", "department")

# The one form; Rasa runs it before and after a skill that answers something between its questions.
FORM = "service_form"

# After these the shopper stands where they stood before.
OF_NO_HELP = ("action_fallback", "action_out_of_scope")

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Entity:
    """Something that was named; `start` and `end` are its place in the text, None where it is a button's."""

    name: str
    value: Any
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Turn:
    """`text` is empty for a button, unless the button carries what was written before it. `pending` is what a
    "yes" would mean, `focus` the item just spoken of.

    `failures` counts the turns in a row before this one that were of no help. `ranking` are the intents
    that the text may have, the likeliest first. `form` is the form that is being filled, if any;
    `is_answered` when a skill spoke to this message before the form, `is_interrupted` when the form let it.
    """

    shop: Shop
    audience: Audience
    intent: str
    text: str = ""
    entities: tuple[Entity, ...] = ()
    pending: str | None = None
    focus: str | None = None
    failures: int = 0
    slots: Mapping[str, Any] = field(default_factory=dict)
    ranking: tuple[str, ...] = ()
    form: str | None = None
    is_answered: bool = False
    is_interrupted: bool = False

    def values(self, name: str) -> list[Any]:
        """Values of every entity `name`, in the order of the text, each once."""
        return list(dict.fromkeys(entity.value for entity in self.entities if entity.name == name))

    def first(self, name: str) -> Any | None:
        """Value of the first entity `name`."""
        return next(iter(self.values(name)), None)

    def has(self, *names: str) -> bool:
        """Whether an entity of one of these names was found."""
        return any(entity.name in names for entity in self.entities)


def said_for(turn: Turn, entity: Entity) -> str:
    """What was typed for an entity; its value when it came with a button."""
    return str(entity.value) if entity.start is None else turn.text[entity.start : entity.end]


def read_turn(shop: Shop, tracker: Tracker) -> Turn:
    """The turn that Rasa is in, from the tracker it sent; web's metadata says who speaks."""
    message = tracker.latest_message
    text, found = message.get("text") or "", message.get("entities") or ()
    if text.startswith("/"):  # a button: what is typed never starts so, the channel sees to it
        text, found = restore(found)
    return Turn(
        shop=shop,
        audience=_audience(shop, message.get("metadata") or {}, tracker.sender_id),
        intent=(message.get("intent") or {}).get("name") or "",
        text=text,
        entities=_entities(text, found),
        pending=_pending(tracker.events),
        focus=_focus(tracker.events),
        failures=_failures(tracker.events),
        slots=tracker.slots,
        ranking=tuple(each["name"] for each in message.get("intent_ranking") or () if each.get("name")),
        form=(tracker.active_loop or {}).get("name"),
        is_answered=_is_answered(tracker.events),
        is_interrupted=_is_interrupted(tracker.events),
    )


def _audience(shop: Shop, metadata: Mapping[str, Any], conversation_id: str) -> Audience:
    return Audience(
        locale=metadata.get("locale") or shop.settings.default_locale,
        surface="chat",
        shopper_id=metadata.get("shopper_id"),
        conversation_id=conversation_id,
        turn_id=metadata.get("turn_id"),
    )


def _entities(text: str, found: Sequence[Mapping[str, Any]]) -> tuple[Entity, ...]:
    """The entities in the order of the text, without small words that are names too: "can", "in stock"."""
    entities = [Entity(each["entity"], each["value"], each.get("start"), each.get("end")) for each in found]
    named = [each for each in entities if not (each.name in NAMES and _is_small(text, each))]
    return tuple(sorted(named, key=lambda entity: entity.start or 0))


def _is_small(text: str, entity: Entity) -> bool:
    return entity.start is not None and text[entity.start : entity.end].lower() in SMALL_WORDS


def _pending(events: Sequence[Event]) -> str | None:
    turns = 0
    for event in reversed(events):
        if event["event"] == "slot" and event["name"] == "pending":
            return str(event["value"]) if event["value"] and turns <= PENDING_FOR_TURNS else None
        turns += event["event"] == "user"
    return None


def _focus(events: Sequence[Event]) -> str | None:
    """The item of the bot's last sentence on one item, unless a slate was shown since."""
    for event in reversed(events):
        if event["event"] != "bot":
            continue
        if item_id := (event.get("metadata") or {}).get("item_id"):
            return str(item_id)
        if ((event.get("data") or {}).get("custom") or {}).get("kind") == "slate":
            return None
    return None


def _since_message(events: Sequence[Event]) -> list[Event]:
    newest_first = takewhile(lambda event: event["event"] != "user", reversed(events))
    return list(newest_first)


def _is_answered(events: Sequence[Event]) -> bool:
    return any(event["event"] == "action" and event["name"] != FORM for event in _since_message(events))


def _is_interrupted(events: Sequence[Event]) -> bool:
    return any(event["event"] == "action_execution_rejected" for event in _since_message(events))


def _failures(events: Sequence[Event]) -> int:
    names = [
        event["name"]
        for event in events
        if event["event"] == "action" and event["name"] not in ("action_listen", FORM)
    ]
    failures = 0
    while failures < len(names) and names[-1 - failures] in OF_NO_HELP:
        failures += 1
    return failures
