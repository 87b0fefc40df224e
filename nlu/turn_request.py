"""Reads and checks what web sends for one turn; anything that is not as agreed is refused with the field's
name.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlu.errors import BadRequest, TextTooLong

TEXT_CAP = 2_000  # characters; at most 8 kB in UTF-8
BODY_CAP = 32_768  # bytes: the text cap with every character escaped in JSON, and room for the rest
ID_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,64}")
LOCALES = ("en", "zh")
NAME_CAP = 100
VALUE_CAP = 500

Scalar = str | int | float | bool
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Button:
    """A pressed button: an intent with its entities, each value a scalar or a list of scalars."""

    intent: str
    entities: Mapping[str, Scalar | list[Scalar]]


@dataclass(frozen=True, kw_only=True)
class TurnRequest:
    """One turn: exactly one of `text` and `button` is set; `metadata` goes with every action call of the
    turn.
    """

    conversation_id: str
    turn_id: str
    text: str | None
    button: Button | None
    metadata: Mapping[str, str | None]


def read_turn(body: bytes) -> TurnRequest:
    """Parse the request's body.

    Raises:
        BadRequest: not JSON, or a field is missing, unknown or of the wrong shape.
        TextTooLong: over the caps.
    """
    if len(body) > BODY_CAP:
        raise TextTooLong(f"the request is longer than {BODY_CAP} bytes")
    fields = _object(_json(body), "body")
    _refuse_unknown(fields, {"conversation_id", "turn_id", "text", "button", "metadata"}, "")
    if ("text" in fields) == ("button" in fields):
        raise BadRequest("exactly one of text and button is needed", "text")
    conversation_id = _identifier(fields, "conversation_id")
    turn_id = _identifier(fields, "turn_id")
    return TurnRequest(
        conversation_id=conversation_id,
        turn_id=turn_id,
        text=_text(fields["text"]) if "text" in fields else None,
        button=_button(fields["button"]) if "button" in fields else None,
        metadata=_metadata(fields.get("metadata", {}), conversation_id, turn_id),
    )


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"the body is not JSON in UTF-8: {error}", "body") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _object(value: Any, field: str) -> Fields:
    if not isinstance(value, dict):
        raise BadRequest(f"{field} must be an object", field)
    return value


def _refuse_unknown(fields: Fields, known: set[str], prefix: str) -> None:
    unknown = sorted(set(fields) - known)
    if unknown:
        raise BadRequest(f"unknown field {unknown[0][:NAME_CAP]!r}", prefix + unknown[0][:NAME_CAP])


def _identifier(fields: Fields, field: str) -> str:
    value = fields.get(field)
    if not isinstance(value, str) or not ID_PATTERN.fullmatch(value):
        raise BadRequest(f"{field} must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -", field)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRequest("text must be a string that is not blank", "text")
    if len(value) > TEXT_CAP:
        raise TextTooLong(f"text is longer than {TEXT_CAP} characters", "text")
    return _unicode(value, "text")


def _unicode(value: str, field: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadRequest(f"{field} is not valid Unicode: {error.reason}", field) from error
    return value


def _button(value: Any) -> Button:
    button = _object(value, "button")
    _refuse_unknown(button, {"intent", "entities"}, "button.")
    intent = button.get("intent")
    if not isinstance(intent, str) or not 0 < len(intent) <= NAME_CAP:
        raise BadRequest("button.intent must be a name", "button.intent")
    entities = _object(button.get("entities", {}), "button.entities")
    for name, entity in entities.items():
        _entity(name, entity)
    return Button(intent=intent, entities=entities)


def _entity(name: str, value: Any) -> None:
    field = f"button.entities.{name[:NAME_CAP]}"
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, str | int | float):
            raise BadRequest(f"{field} must be a string, a number, a boolean, or a list of them", field)
        if isinstance(each, str) and len(_unicode(each, field)) > VALUE_CAP:
            raise BadRequest(f"{field} is longer than {VALUE_CAP} characters", field)


def _metadata(value: Any, conversation_id: str, turn_id: str) -> Mapping[str, str | None]:
    """Check the metadata and fill in what is left out, so that an action always finds every key."""
    given = _object(value, "metadata")
    _refuse_unknown(given, {"shopper_id", "locale", "channel", "turn_id", "conversation_id"}, "metadata.")
    metadata = {"shopper_id": None, "locale": "en", "channel": "widget", **given}
    if metadata["shopper_id"] is not None and not _is_name(metadata["shopper_id"]):
        raise BadRequest("metadata.shopper_id must be a string or null", "metadata.shopper_id")
    if metadata["locale"] not in LOCALES:
        raise BadRequest(f"metadata.locale must be one of {', '.join(LOCALES)}", "metadata.locale")
    if not _is_name(metadata["channel"]):
        raise BadRequest("metadata.channel must be a string", "metadata.channel")
    for field, expected in (("turn_id", turn_id), ("conversation_id", conversation_id)):
        if metadata.setdefault(field, expected) != expected:
            raise BadRequest(f"metadata.{field} differs from {field}", f"metadata.{field}")
    return metadata


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= NAME_CAP and value.isprintable()
