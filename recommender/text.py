"""From text to words, the same way for catalogues and for what shoppers type."""

import re
import unicodedata

# Words that a request for a product is wrapped in; they name nothing on a shelf.
_WRAPPING = """a an and any are can do for from get have i in is it me my need of on or please some the to
want with you"""
IGNORED = frozenset(_WRAPPING.split())
_RUNS = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힯]+|[^\W_]+")
_UNSPACED = re.compile(r"^[぀-ヿ㐀-鿿豈-﫿]")
_APOSTROPHES = re.compile(r"['’`]")


def words(text: str) -> list[str]:
    """Words of a text: lower case, without accents, singular; unspaced scripts as pairs of characters.

    A single character of an unspaced script stands for itself; `index_words` has those of longer runs too.
    """
    plain = _APOSTROPHES.sub("", _without_accents(text).casefold())
    found: list[str] = []
    for run in _RUNS.findall(plain):
        if _UNSPACED.match(run):
            found.extend(_pairs(run))
        elif run not in IGNORED:
            found.append(singular(run))
    return found


def index_words(text: str) -> list[str]:
    """What a text can be found by: its words, and every single character of unspaced scripts."""
    return words(text) + [sign for sign in text if _UNSPACED.match(sign)]


def singular(word: str) -> str:
    """An English noun without its plural ending, after the S-stemmer of Harman, "How effective is suffixing?"
    (JASIS 1991), with -oes and the sibilants added (tomatoes, peaches, boxes)."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFC", "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    )


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
