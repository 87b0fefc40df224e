"""Cuts text into comparable words: lower case, singular, no punctuation, Chinese by simplified character."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from nlu.chinese import simplified

_CJK = (
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
)  # ideographs; spaCy's English tokenizer leaves runs of them whole
_ES_ENDINGS = ("sses", "shes", "ches", "xes", "zes", "oes")
_NOT_PLURAL = ("ss", "us", "is")


class Word(NamedTuple):
    """A normalised word and where it stands in the text (characters, end exclusive)."""

    norm: str
    start: int
    end: int


def words_of(doc: Doc) -> list[Word]:
    """Return the words of a tokenized text, without spaces and punctuation."""
    return [word for token in doc if not (token.is_punct or token.is_space) for word in _split(token)]


def _split(token: Token) -> Iterator[Word]:
    """Yield the token, or its pieces where it holds ideographs: each ideograph, and each run of anything
    else.
    """
    offset = token.idx
    if token.is_ascii:
        yield Word(singular(token.lower_), offset, offset + len(token))
        return
    text = simplified(token.lower_)
    if len(text) != len(token) or not any(map(is_cjk, text)):
        yield Word(singular(text), offset, offset + len(token))
        return
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or is_cjk(text[position]) or is_cjk(text[position - 1]):
            yield Word(singular(text[start:position]), offset + start, offset + position)
            start = position


def is_cjk(character: str) -> bool:
    """Tell whether a character is a Chinese ideograph."""
    return any(low <= character <= high for low, high in _CJK)


def singular(word: str) -> str:
    """Return an English noun's singular by its ending; a wrong guess does no harm, since both sides are
    guessed alike.
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NOT_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_ES_ENDINGS) else word[:-1]
