"""What is wrong with training sentences: near-duplicates, contradictions, and words that give an intent away.

A near-duplicate teaches nothing and makes measurements flatter; the same sentence under two intents teaches
nonsense; an intent told by one word alone is not understood without it, and is seen wherever the word stands.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from learning.sentences import Sentence

ALIKE = 0.9
"""Cosine of two sentences' pieces (TF-IDF) from which they are near-duplicates."""
GIVEN_AWAY, CARRIED = 0.95, 0.7
"""A word gives an intent away if so much of its use is there, in so many of the intent's sentences."""
BLOCK = 1000
_SIGNS = re.compile(r"[^\w]+")
_PIECES = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Pair:
    """Two sentences that are all but the same; `likeness` from 0 to 1."""

    one: Sentence
    other: Sentence
    likeness: float


@dataclass(frozen=True)
class Giveaway:
    """A word, the share of its use that falls to one intent, and the share of that intent's sentences."""

    word: str
    intent: str
    language: str
    precision: float
    share: float


def near_duplicates(sentences: Sequence[Sentence], alike: float = ALIKE) -> list[Pair]:
    """Pairs of one language and one intent, the likest first."""
    return [pair for pair in _pairs(sentences, alike) if pair.one.intent == pair.other.intent]


def contradictions(sentences: Sequence[Sentence], alike: float = ALIKE) -> list[Pair]:
    """Pairs of one language that are all but the same and stand under two intents, the likest first."""
    return [pair for pair in _pairs(sentences, alike) if pair.one.intent != pair.other.intent]


def giveaways(sentences: Sequence[Sentence]) -> list[Giveaway]:
    """Words (in Chinese: characters) that all but tell the intent, the strongest first."""
    found = [each for part in _by_language(sentences) for each in _giveaways(part)]
    return sorted(found, key=lambda each: -each.share)


def _giveaways(sentences: Sequence[Sentence]) -> Iterator[Giveaway]:
    sizes = Counter(each.intent for each in sentences)
    uses = Counter((each.intent, word) for each in sentences for word in _words(each.text))
    everywhere = Counter(word for each in sentences for word in _words(each.text))
    for (intent, word), used in uses.items():
        precision, share = used / everywhere[word], used / sizes[intent]
        if precision >= GIVEN_AWAY and share >= CARRIED:
            yield Giveaway(word, intent, sentences[0].language, precision, share)


def _words(text: str) -> set[str]:
    return set(_PIECES.findall(text.lower()))


def _plain(text: str) -> str:
    """Lower case, without signs: "Now!" and "now?" are the same."""
    return _SIGNS.sub(" ", text.lower())


def _by_language(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    for language in sorted({each.language for each in sentences}):
        yield [each for each in sentences if each.language == language]


def _pairs(sentences: Sequence[Sentence], alike: float) -> list[Pair]:
    found = [pair for part in _by_language(sentences) for pair in _pairs_of_one_language(part, alike)]
    return sorted(found, key=lambda pair: -pair.likeness)


def _pairs_of_one_language(sentences: Sequence[Sentence], alike: float) -> Iterator[Pair]:
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", preprocessor=_plain, ngram_range=(2, 3), dtype=np.float32
    )
    rows = csr_matrix(vectorizer.fit_transform([each.text for each in sentences]))
    for start in range(0, len(sentences), BLOCK):
        likeness = (rows[start : start + BLOCK] @ rows.T).tocoo()
        high = likeness.data >= alike
        for one, other, value in zip(
            likeness.row[high] + start, likeness.col[high], likeness.data[high], strict=True
        ):
            if one < other:
                yield Pair(sentences[one], sentences[other], float(value))
