from typing import Any

import pytest

from nlu.errors import ActionFailed
from nlu.messages import messages_of

CARD = {"kind": "slate", "slate_id": "s", "items": []}
BUTTON = {"title": "Yes", "intent": "affirm", "entities": {}}


@pytest.mark.parametrize(
    ("uttered", "messages"),
    [
        ({"text": "Hi.\n\nThere."}, [{"kind": "text", "text": "Hi.\n\nThere."}]),
        ({"custom": CARD}, [CARD]),
        ({"text": "Here:", "custom": CARD}, [{**CARD, "text": "Here:"}]),
        ({"text": "?", "buttons": [BUTTON]}, [{"kind": "buttons", "text": "?", "buttons": [BUTTON]}]),
        (
            {"text": "Here:", "custom": CARD, "buttons": [BUTTON]},
            [{**CARD, "text": "Here:"}, {"kind": "buttons", "buttons": [BUTTON]}],
        ),
        ({"text": None, "buttons": None, "custom": None}, []),
        ({"text": "", "buttons": [], "custom": {}}, []),
    ],
)
def test_what_is_uttered_becomes_messages(uttered: dict[str, Any], messages: list[Any]) -> None:
    assert messages_of(uttered) == messages


@pytest.mark.parametrize(
    ("payload", "intent", "entities"),
    [
        ("/affirm", "affirm", {}),
        ('/inform{"a": [1, "x"]}', "inform", {"a": [1, "x"]}),
        (' /faq/hours {"a": {}} ', "faq/hours", {"a": {}}),
    ],
)
def test_a_payload_in_rasas_notation_is_taken_apart(payload: str, intent: str, entities: Any) -> None:
    [message] = messages_of({"text": "?", "buttons": [{"title": "Yes", "payload": payload}]})
    assert message["buttons"] == [{"title": "Yes", "intent": intent, "entities": entities}]


@pytest.mark.parametrize(
    "uttered",
    [
        {"image": "http://127.0.0.1/x.png"},
        {"custom": {"items": []}},
        {"custom": ["slate"]},
        {"buttons": [{"title": "Yes", "payload": "yes"}]},
        {"buttons": [{"title": "Yes", "payload": "/yes{nonsense}"}]},
        {"buttons": [{"title": "Yes"}]},
        {"buttons": [{"title": "", "payload": "/yes"}]},
    ],
)
def test_what_the_contract_has_no_message_for_is_an_error(uttered: dict[str, Any]) -> None:
    with pytest.raises(ActionFailed):
        messages_of(uttered)
