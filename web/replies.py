"""What web itself says when the assistant cannot, as messages; the words stand in data/phrases."""

from typing import Any

from shop.context import Shop
from shop.conversations import HANDOFF_NOTICE
from shop.handoffs import staff_sentence
from shop.phrases import Phrases
from web.sent import PERSON_INTENT

Messages = list[dict[str, Any]]


def assistant_unavailable(phrases: Phrases, locale: str) -> Messages:
    """The assistant is down: say so, and offer a person."""
    return [_notice(phrases, locale, "assistant_unavailable"), _offer_person(phrases, locale)]


def turn_interrupted(phrases: Phrases, locale: str) -> Messages:
    """A restart came between the message and its answer."""
    return [_notice(phrases, locale, "turn_interrupted")]


def person_called(shop: Shop, locale: str) -> Messages:
    """Staff will see the conversation; honest about when."""
    text = shop.phrases.say("web-notice-handoff-requested", locale, staff=staff_sentence(shop, locale))
    return [{"kind": "notice", "code": HANDOFF_NOTICE, "reason": "requested", "text": text}]


def bot_is_back(phrases: Phrases, locale: str) -> Messages:
    """The bot answers again."""
    return [_notice(phrases, locale, "bot_resumed")]


def _notice(phrases: Phrases, locale: str, code: str) -> dict[str, Any]:
    key = f"web-notice-{code.replace('_', '-')}"
    return {"kind": "notice", "code": code, "text": phrases.say(key, locale)}


def _offer_person(phrases: Phrases, locale: str) -> dict[str, Any]:
    button = {"title": phrases.say("web-button-person", locale), "intent": PERSON_INTENT, "entities": {}}
    return {"kind": "buttons", "text": phrases.say("web-offer-person", locale), "buttons": [button]}
