"""Makes what a shopper typed fit to keep, to show and to hand to the assistant."""

import unicodedata

from shop.errors import InvalidInput

MAX_CHARACTERS = 2000
_KEPT_CONTROLS = frozenset("\n\t")
# Embeddings, overrides and isolates turn around how everything behind them is read; marks such as the
# zero-width joiner, which emoji and many scripts need, are not among them.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs", "Mn", "Me", "Mc"})
_NOTHING_LEFT = "?"


def clean_text(text: str) -> str:
    """The text in NFC, without control characters and without space around it.

    Raises:
        InvalidInput: nothing is left, or more than 2,000 characters are (field `text`).
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    cleaned = "".join(filter(_is_kept, composed)).strip()
    if not cleaned:
        raise InvalidInput("text is empty", field="text", code="empty_text")
    if len(cleaned) > MAX_CHARACTERS:
        raise InvalidInput(
            f"text is longer than {MAX_CHARACTERS} characters", field="text", code="text_too_long"
        )
    return cleaned


def for_assistant(text: str) -> str:
    """The text as Rasa may read it: it never begins with a slash, however that is disguised.

    Rasa takes `/intent{...}` for a command. The shopper's own words stay as they are in the record; only
    the copy for Rasa loses its leading slashes and whatever invisible characters stand before them.
    """
    start = 0
    while start < len(text) and _leads_in(text[start]):
        start += 1
    return text[start:].strip() or _NOTHING_LEFT if _has_slash(text[:start]) else text


def has_control_characters(text: str) -> bool:
    """Whether there is anything in it that no address and no form field of ours holds, NUL above all."""
    return any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    return unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTION_CONTROLS


def _leads_in(character: str) -> bool:
    return _is_slash(character) or unicodedata.category(character) in _INVISIBLE


def _has_slash(lead_in: str) -> bool:
    return any(map(_is_slash, lead_in))


def _is_slash(character: str) -> bool:
    # NFKC finds the full-width slash; the others only look like one, so losing them is harmless.
    name = unicodedata.name(character, "")
    return unicodedata.normalize("NFKC", character)[:1] == "/" or "SOLIDUS" in name or "SLASH" in name
