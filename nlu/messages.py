"""Turns what Rasa's bot utters into the messages that web understands."""

import json
import re
from collections.abc import Mapping
from typing import Any

from nlu.errors import ActionFailed

Message = dict[str, Any]
_PAYLOAD = re.compile(r"/(?P<intent>[^{@\s]+)\s*(?P<entities>\{.*\})?", re.DOTALL)
_UNSUPPORTED = ("image", "attachment", "elements", "quick_replies")


def messages_of(uttered: Mapping[str, Any]) -> list[Message]:
    """Return one message for a text, a card (text merged in) or a text with buttons; two for a card with
    buttons.

    `uttered` is a `BotUttered` as Rasa hands it to an output channel: keys text, buttons, custom and others.

    Raises: ActionFailed: something was uttered that the contract has no message for.
    """
    for key in _UNSUPPORTED:
        if uttered.get(key):
            raise ActionFailed(f"the assistant uttered {key}, which is not part of the contract")
    text = uttered.get("text") or None
    messages: list[Message] = []
    if uttered.get("custom"):
        messages.append(_card(uttered["custom"], text))
        text = None
    if uttered.get("buttons"):
        buttons = [_button(button) for button in uttered["buttons"]]
        messages.append(_with_text({"kind": "buttons", "buttons": buttons}, text))
    elif text:
        messages.append({"kind": "text", "text": text})
    return messages


def _card(custom: Any, text: str | None) -> Message:
    if not isinstance(custom, dict) or not isinstance(custom.get("kind"), str):
        raise ActionFailed("the assistant uttered a custom payload without a kind")
    return _with_text(custom, text)


def _with_text(message: Message, text: str | None) -> Message:
    return {**message, "text": text} if text else dict(message)


def _button(button: Mapping[str, Any]) -> Message:
    """Return title, intent and entities of a button, given so or as Rasa's `/intent{...}` payload."""
    title = button.get("title")
    if not isinstance(title, str) or not title:
        raise ActionFailed("the assistant uttered a button without a title")
    if isinstance(button.get("intent"), str):
        return {"title": title, "intent": button["intent"], "entities": dict(button.get("entities") or {})}
    return {"title": title, **_payload(button.get("payload"))}


def _payload(payload: Any) -> Message:
    matched = _PAYLOAD.fullmatch(payload.strip()) if isinstance(payload, str) else None
    if matched is None:
        raise ActionFailed(f"a button's payload is not /intent or /intent{{...}}: {payload!r}")
    try:
        entities = json.loads(matched["entities"] or "{}")
    except ValueError as error:
        raise ActionFailed(f"a button's entities are not JSON: {payload!r}") from error
    return {"intent": matched["intent"], "entities": entities}
