"""What a skill answers: the name of a response, its values, and at most one card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn

# What a "yes" can mean.
CHECKOUT, HANDOFF, BESTSELLERS = "checkout", "handoff", "bestsellers"
ERASE = "erase"

Card = Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """A quick reply of which only data knows the title, such as a product's name."""

    title: str
    intent: str
    entities: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """`response` stands in data/responses, `values` fill its gaps; `pending` is what a "yes" would mean."""

    response: str
    values: Mapping[str, object] = field(default_factory=dict)
    card: Card | None = None
    buttons: Sequence[Button] = ()
    pending: str | None = None
    events: Sequence[Mapping[str, Any]] = ()

    def settled(self) -> "Reply":
        """The same reply, after which a "yes" no longer means what was offered before."""
        return self if self.pending else replace(self, events=[*self.events, SlotSet("pending", None)])

    def with_buttons(self, more: Sequence[Button]) -> "Reply":
        """The same reply with further buttons, each intent at most once."""
        there = {button.intent for button in self.buttons}
        return replace(self, buttons=[*self.buttons, *(each for each in more if each.intent not in there)])

    def speak(self, dispatcher: CollectingDispatcher) -> list[Mapping[str, Any]]:
        """Say it once; answers the events for Rasa."""
        dispatcher.utter_message(
            response=self.response,
            json_message=dict(self.card) if self.card else None,
            buttons=[vars(button) for button in self.buttons],
            **self.values,
        )
        return [*self.events, SlotSet("pending", self.pending)] if self.pending else list(self.events)


def offered(turn: Turn, intents: Iterable[str], entities: Mapping[str, Any] | None = None) -> list[Button]:
    """A button for each intent, by its title in the language of the turn."""
    say, locale = turn.shop.phrases.say, turn.audience.locale
    return [
        Button(say(f"intent-{intent.replace('_', '-')}", locale), intent, entities or {})
        for intent in intents
    ]


class AskBack(Exception):
    """A skill cannot go on before the shopper has said more; `reply` asks for it."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.response)
        self.reply = reply
