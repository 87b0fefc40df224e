"""Guesses which word of the catalogue a misspelled one stands for: "choclate", "yogrut", "icecream".

A word is corrected only if it is no English word itself, has five letters or more, and begins as the word
it is taken for does. Where an English word is nearer, or as near and commoner, the shopper meant that one,
unless the words beside it make a name of the correction ("ice creem").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.words import singular

SHORTEST = 5
LONGEST = 24
MOST_GUESSES = 4
# Edits by the number of letters: from that many on, so many (a swap of neighbours is one edit).
NEAR = ((8, 2), (SHORTEST, 1))
NEAR_BRANDS = ((7, 1),)  # a made-up name is easily near to anything

_SHORTEST_PART = 3


class Guess(NamedTuple):
    """One word, or two written as one, that an unknown word may stand for.

    alone: whether that is to be believed without a word beside it that belongs to the same name.
    """

    words: tuple[str, ...]
    alone: bool


class Words:
    """Words by first letter and length, so that few of them need be compared with a word."""

    def __init__(self, words: Iterable[str]) -> None:
        self._groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in words:
            self._groups[word[0], len(word)].append(word)

    def near(self, word: str, most: int) -> list[tuple[str, int]]:
        """Return the words within `most` edits, nearest first, each with its distance.

        The first letter must be the same, or the first two have changed places.
        """
        swapped = word[1] + word[0] + word[2:]
        if found := process.extractOne(
            swapped, self._group(word[1], len(word)), scorer=OSA.distance, score_cutoff=0
        ):
            return [(found[0], 1)]
        choices = [
            each
            for length in range(len(word) - most, len(word) + most + 1)
            for each in self._group(word[0], length)
        ]
        near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
        return [(text, int(distance)) for text, distance, _ in near]

    def _group(self, letter: str, length: int) -> list[str]:
        return self._groups.get((letter, length), [])


class Corrector:
    """Corrects words to those of a vocabulary: a word and whether only brands have it."""

    def __init__(self, vocabulary: Mapping[str, bool]) -> None:
        plain = {word: brand for word, brand in vocabulary.items() if _is_plain(word)}
        self._vocabulary = vocabulary
        self._common = Words(word for word, brand in plain.items() if not brand)
        self._brands = Words(word for word, brand in plain.items() if brand)

    def is_unknown(self, word: str) -> bool:
        """Tell whether a word may be a misspelled one."""
        return (
            SHORTEST <= len(word) <= LONGEST
            and _is_plain(word)
            and word not in self._vocabulary
            and word not in ordinary_words()
        )

    def guesses(self, word: str) -> list[Guess]:
        """Return what an unknown word may stand for, the likeliest first."""
        near = self._common.near(word, _most(word, NEAR)) or self._brands.near(word, _most(word, NEAR_BRANDS))
        nearest = min((distance for _, distance in near), default=0)
        texts = [text for text, distance in near if distance == nearest][:MOST_GUESSES]
        likely = _likely(word, nearest, texts)
        return [
            *(Guess(parts, alone=True) for parts in self._parts(word)),
            *(Guess((text,), text in likely) for text in texts),
        ]

    def _parts(self, word: str) -> Iterator[tuple[str, str]]:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[:cut] in self._vocabulary and word[cut:] in self._vocabulary:
                yield word[:cut], word[cut:]


@lru_cache(maxsize=1)
def ordinary_words() -> Mapping[str, int]:
    """English words of four letters or more, in the singular, and how often each stands in many texts.

    The list is symspellpy's: 82,765 words that are both in Google's n-grams and in a spelling dictionary.
    """
    file = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    counts: dict[str, int] = defaultdict(int)
    for line in file.read_text("utf-8-sig").splitlines():
        word, count = line.split(" ")
        if len(word) >= SHORTEST - 1:
            counts[singular(word)] += int(count)
    return dict(counts)


@lru_cache(maxsize=1)
def _ordinary() -> Words:
    return Words(ordinary_words())


def _likely(word: str, distance: int, candidates: list[str]) -> set[str]:
    """Return the candidates than which no English word and no other candidate is nearer, or commoner."""
    if not candidates:
        return set()
    counts = ordinary_words()
    others = _ordinary().near(word, distance)
    if any(each < distance for _, each in others):
        return set()
    commonest = max(counts.get(text, 1) for text in [*candidates, *(text for text, _ in others)])
    return {text for text in candidates if counts.get(text, 1) == commonest}


def _most(word: str, limits: tuple[tuple[int, int], ...]) -> int:
    return next((most for letters, most in limits if len(word) >= letters), 0)


def _is_plain(word: str) -> bool:
    return len(word) >= SHORTEST - 1 and word.isascii() and word.isalpha()
