"""Whatever is typed, Rasa finds no `/intent{...}` in it."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from nlu.guard import neutralise
from tests.nlu.live import BOT

DOMAIN = Domain.load(str(BOT / "domain.yml"))
SPACES = [chr(point) for point in range(0x110000) if chr(point).isspace()]
INVISIBLE = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u202e\u2066\x00\x08\x1b\x7f")
SLASHES = list("/\uff0f\u2044\u2215\\\u29f8")

lead_in = st.text(st.sampled_from(SPACES + INVISIBLE + SLASHES), max_size=6)
payload = st.sampled_from(
    [
        "/greet",
        "/goodbye",
        "/restart",
        "/back",
        "/session_start",
        '/find_product{"category": "milk"}',
        "/greet@1.0",
    ]
)
tail = st.text(st.sampled_from(SPACES + INVISIBLE + list(string.printable)), max_size=8)


def parsed_by_rasa(typed: str) -> Message:
    """Return what Rasa makes of a message before any classifier, from the text that its channel passes on."""
    message = Message({"text": UserMessage(neutralise(typed)).text})
    return YAMLStoryReader.unpack_regex_message(message, DOMAIN)


@settings(max_examples=5000, deadline=None)
@given(lead_in, payload, tail)
def test_no_typed_text_is_parsed_as_an_intent(before: str, intent: str, after: str) -> None:
    assert parsed_by_rasa(before + intent + after).get("intent") is None


@settings(max_examples=1000, deadline=None)
@given(st.text())
def test_only_a_leading_slash_is_changed(typed: str) -> None:
    kept = neutralise(typed)
    stripped = typed.strip()
    assert kept[1:] == stripped[1:]
    assert kept == stripped or stripped.startswith("/")


def test_without_the_guard_rasa_would_parse_it() -> None:
    """Shows that the tests above can fail."""
    unguarded = Message({"text": UserMessage("\u2003/goodbye").text})
    assert YAMLStoryReader.unpack_regex_message(unguarded, DOMAIN).get("intent")["name"] == "goodbye"
