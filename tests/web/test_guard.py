import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.errors import InvalidInput
from web.guard import clean_text, for_assistant, has_control_characters

SLASHES = "/\uff0f\u2215\u2044\u29f8\u20eb\u0338\u27cb"
# Everything that is no letter, digit, mark, symbol or punctuation: what could stand unseen before a slash.
LEAD_INS = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code))[0] in "ZC" and not 0xD800 <= code <= 0xDFFF and code < 0xE000
]


def _is_command(text: str) -> bool:
    """What Rasa takes for a command: a slash after Python's own stripping."""
    return text.strip().startswith("/")


@pytest.mark.parametrize("slash", SLASHES)
def test_a_slash_in_any_disguise_is_no_command(slash: str) -> None:
    for text in (
        f'{slash}greet{{"x": 1}}',
        f" {slash}restart",
        f"{slash}{slash}{slash}restart",
        f"{slash} /x",
    ):
        assert not _is_command(for_assistant(text))


def test_no_unicode_lead_in_helps_a_slash() -> None:
    assert len(LEAD_INS) > 500
    for lead_in in LEAD_INS:
        for text in (f"{lead_in}/restart", f"/{lead_in}/restart", f" {lead_in} {lead_in}/x{{}}"):
            assert not _is_command(for_assistant(text)), repr(text)


@given(
    st.text(
        alphabet=st.sampled_from([*" \t\n\u200b\u00a0\u3000\ufeff\u202e", *SLASHES, "a", "{", '"']),
        max_size=20,
    )
)
def test_no_mixture_is_a_command(text: str) -> None:
    assert not _is_command(for_assistant(text))


@given(st.text(max_size=50))
def test_what_is_kept_is_never_a_command(text: str) -> None:
    try:
        kept = clean_text(text)
    except InvalidInput:
        return
    heard = for_assistant(kept)
    assert heard.strip()
    assert not _is_command(heard)


def test_ordinary_text_is_left_alone() -> None:
    for text in ("1/2 gallon milk", "what is 50% off / on sale?", "牛奶/面包", "¿Dónde está?", "👩‍🍳 flour"):
        assert for_assistant(clean_text(text)) == text


def test_only_slashes_still_say_something() -> None:
    assert for_assistant("///") == "?"


def test_text_is_composed_and_freed_of_control_characters() -> None:
    assert clean_text("cafe\u0301\x00\x1b[31m\u202e!") == "caf\u00e9[31m!"
    assert clean_text("two\r\nlines\tand a tab") == "two\nlines\tand a tab"


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x07", "\u202e", "\ud800"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_text(text)
    assert (refused.value.code, refused.value.field) == ("empty_text", "text")


def test_too_much_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        clean_text("x" * 2001)
    assert refused.value.code == "text_too_long"


def test_control_characters_are_found() -> None:
    assert has_control_characters("a\x00b")
    assert not has_control_characters("caf\u00e9 \U0001f469\u200d\U0001f373")
