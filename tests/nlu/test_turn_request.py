import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.errors import BadRequest, TextTooLong, TurnError
from nlu.turn_request import BODY_CAP, Button, read_turn

MINIMAL = {"conversation_id": "c-1", "turn_id": "t_1", "text": "hello"}


def read(**changes: Any) -> Any:
    fields = {**MINIMAL, **changes}
    return read_turn(json.dumps({key: value for key, value in fields.items() if value is not ...}).encode())


def test_a_minimal_request_gets_the_default_metadata() -> None:
    asked = read()
    assert (asked.text, asked.button) == ("hello", None)
    assert asked.metadata == {
        "shopper_id": None,
        "locale": "en",
        "channel": "widget",
        "turn_id": "t_1",
        "conversation_id": "c-1",
    }


def test_a_button_is_read_as_structured_data() -> None:
    asked = read(
        text=..., button={"intent": "greet", "entities": {"category": ["milk", "tea"], "price_max": 4.5}}
    )
    assert asked.text is None
    assert asked.button == Button("greet", {"category": ["milk", "tea"], "price_max": 4.5})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"conversation_id": ...}, "conversation_id"),
        ({"conversation_id": "a\u0000b"}, "conversation_id"),
        ({"conversation_id": "x" * 65}, "conversation_id"),
        ({"turn_id": 7}, "turn_id"),
        ({"turn_id": ""}, "turn_id"),
        ({"text": ...}, "text"),
        ({"button": {"intent": "greet"}}, "text"),
        ({"text": None}, "text"),
        ({"text": ["hello"]}, "text"),
        ({"text": "\u3000\n"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"sender": "me"}, "sender"),
        ({"text": ..., "button": "greet"}, "button"),
        ({"text": ..., "button": {}}, "button.intent"),
        ({"text": ..., "button": {"intent": "x" * 101}}, "button.intent"),
        ({"text": ..., "button": {"intent": "greet", "payload": "/greet"}}, "button.payload"),
        ({"text": ..., "button": {"intent": "greet", "entities": []}}, "button.entities"),
        ({"text": ..., "button": {"intent": "greet", "entities": {"a": {}}}}, "button.entities.a"),
        ({"text": ..., "button": {"intent": "greet", "entities": {"a": [None]}}}, "button.entities.a"),
        ({"text": ..., "button": {"intent": "greet", "entities": {"a": "x" * 501}}}, "button.entities.a"),
        ({"metadata": None}, "metadata"),
        ({"metadata": {"admin": True}}, "metadata.admin"),
        ({"metadata": {"shopper_id": 7}}, "metadata.shopper_id"),
        ({"metadata": {"locale": "EN"}}, "metadata.locale"),
        ({"metadata": {"locale": ["en"]}}, "metadata.locale"),
        ({"metadata": {"channel": ""}}, "metadata.channel"),
        ({"metadata": {"turn_id": "another"}}, "metadata.turn_id"),
        ({"metadata": {"conversation_id": "another"}}, "metadata.conversation_id"),
    ],
)
def test_a_bad_request_names_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read(**changes)
    assert caught.value.field == field


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"a": NaN}', b"[" * 20_000])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest) as caught:
        read_turn(body)
    assert caught.value.field == "body"


def test_text_and_body_have_caps() -> None:
    assert len(read(text="字" * 2000).text) == 2000
    with pytest.raises(TextTooLong):
        read(text="a" * 2001)
    with pytest.raises(TextTooLong):
        read_turn(b" " * (BODY_CAP + 1))


def test_the_longest_text_fits_the_body_cap_however_it_is_escaped() -> None:
    assert read(text="\U0001f600" * 2000).text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*MINIMAL, "button", "metadata"]), json_values))
def test_any_json_is_read_or_refused_with_a_reason(fields: dict[str, Any]) -> None:
    refusal: TurnError | None = None
    try:
        read_turn(json.dumps({**MINIMAL, **fields}).encode())
    except TurnError as error:
        refusal = error
    assert refusal is None or (refusal.message and refusal.status in (400, 413))
