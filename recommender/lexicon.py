"""The words of a catalogue, and which of them somebody meant who typed something close."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from recommender.arrays import TextArray

Forms = dict[int, float]
"""Rows of the lexicon that a typed word may mean, each with a certainty in (0, 1]."""

SHORTEST_COMPLETED = 3
SHORTEST_CORRECTED = 4
SHORTEST_PART = 3
MOST_FORMS = 12
# A correction this much less certain than the best form is somebody else's word: "shampo" is no stamp.
AS_GOOD_AS_BEST = 0.75
ROUNDING = 1e-6


@dataclass(frozen=True)
class Lexicon:
    """vocabulary: distinct words, sorted."""

    vocabulary: TextArray

    def forms_of(self, words: list[str]) -> list[Forms]:
        """One group of forms per word meant; words that nothing resembles are left out.

        A known word means itself. An unknown one is taken apart if both parts are known (icecream), else
        completed (choc) or corrected (mlik). Neighbouring words are also tried as one (tooth paste).
        """
        groups = [group for word in words for group in self._meant(word) if group]
        for left, right in pairwise(words):
            joined = self._row(left + right)
            if joined is not None:
                groups.append({joined: 1.0})
        return groups

    def _meant(self, word: str) -> list[Forms]:
        row = self._row(word)
        if row is not None:
            return [{row: 1.0}]
        parts = self._parts(word)
        if parts:
            return parts
        completions, corrections = self._completions(word), self._corrections(word)
        least = AS_GOOD_AS_BEST * max([*completions.values(), *corrections.values()], default=0.0)
        near = {row: certainty for row, certainty in corrections.items() if certainty >= least}
        rows = completions.keys() | near.keys()
        return [{row: max(completions.get(row, 0.0), near.get(row, 0.0)) for row in sorted(rows)}]

    def _row(self, word: str) -> int | None:
        place = bisect_left(self._words, word)
        return place if place < len(self._words) and self._words[place] == word else None

    def _parts(self, word: str) -> list[Forms]:
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            left, right = self._row(word[:cut]), self._row(word[cut:])
            if left is not None and right is not None:
                return [{left: 1.0}, {right: 1.0}]
        return []

    def _completions(self, word: str) -> Forms:
        if len(word) < SHORTEST_COMPLETED:
            return {}
        first = bisect_left(self._words, word)
        last = bisect_left(self._words, word + "\U0010ffff")
        return {row: len(word) / len(self._words[row]) for row in range(first, min(last, first + MOST_FORMS))}

    def _corrections(self, word: str) -> Forms:
        """Words within one slip in 4 or 5 letters, two in 6 to 8, three from 9; a swap of letters is one
        slip.
        """
        if len(word) < SHORTEST_CORRECTED:
            return {}
        slips = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
        near = process.extract(
            word,
            self._words,
            scorer=OSA.normalized_similarity,
            score_cutoff=1.0 - slips / len(word) - ROUNDING,
            limit=MOST_FORMS,
        )
        # Squared, so that one slip is believed well before two.
        return {row: similarity**2 for _, similarity, row in near}

    @cached_property
    def _words(self) -> list[str]:
        return [str(word) for word in self.vocabulary]


def lexicon_of(words: set[str]) -> Lexicon:
    """The lexicon of these words."""
    return Lexicon(np.array(sorted(words), dtype=np.str_))
