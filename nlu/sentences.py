"""Sentences as the intent classifier reads them: one spelling of what looks different and means the same."""

import re
import unicodedata

from nlu.chinese import simplified

LONGEST = 500  # characters that are read: no wish comes later, and a long text should not cost long
_DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_LETTER = re.compile(r"[^\W\d_]")


def plain(text: str) -> str:
    """Lower case, full-width signs as plain ones, simplified characters, and every number the same: order
    numbers tell no intent. Only the first `LONGEST` characters are kept.
    """
    return _DIGITS.sub("0", simplified(unicodedata.normalize("NFKC", text[:LONGEST]).lower()))


def says_nothing(text: str) -> bool:
    """Tell whether a text has no letter: blanks, emoji, punctuation, or a number, which may be anything."""
    return _LETTER.search(text[:LONGEST]) is None


def without_chinese(text: str) -> str:
    """Return what is not Chinese of a plain text."""
    return _CHINESE.sub(" ", text)


def only_chinese(text: str) -> str:
    """Return the runs of Chinese; the spaces between them stand for where a run begins or ends."""
    return " ".join(_CHINESE.findall(text))


def script(text: str) -> str:
    """Return "zh" where Chinese characters carry the text, else "en": a Chinese word is about two characters
    long, an English one about five letters.
    """
    chinese = sum(map(len, _CHINESE.findall(text)))
    letters = len(_LETTER.findall(text)) - chinese
    return "zh" if chinese * 2.5 > letters else "en"
