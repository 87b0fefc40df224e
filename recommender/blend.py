"""Mixing the scorers: one sum, in one unit.

The unit is a line of the shopper's own: a past purchase made just now in a basket by itself counts 1. Scorers
that rest on the history grow with it, all alike, so their weights mean the same for a shopper of ten lines
and one of ten thousand; popularity does not grow, so it leads for strangers and fades by itself as history
comes in.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.config import BlendWeights
from recommender.neighbours import Voice, spread
from recommender.profile import NOBODY, Profile
from recommender.scorers import Contributions, Scorer
from recommender.scorers.linear import Linear, contributions_of, weighed


@dataclass(frozen=True)
class Part:
    """One scorer's part in the score of one item: weight times what it gave."""

    scorer: Scorer
    weight: float
    given: Contributions

    @property
    def total(self) -> float:
        """In the blend's unit."""
        return self.weight * self.given.total


@dataclass(frozen=True)
class Blend:
    """Score of an item = sum over scorers of weight times the scorer's score."""

    scorers: tuple[Scorer, ...]
    weights: BlendWeights
    n_items: int

    def board(self, profile: Profile) -> FloatArray:
        """One score an item, at least 0, finite."""
        board = self._ground.copy()
        voices: list[Voice] = []
        for scorer, weight in self._active:
            if isinstance(scorer, Linear):
                voices += weighed(scorer.voices(profile), weight)
            elif scorer.personal:
                scorer.add_to(board, profile, weight)
        spread(board, voices)
        return board

    def parts(self, profile: Profile, items: IntArray) -> list[list[Part]]:
        """For each of these (distinct) items, what each scorer gave to its score; they add up to it."""
        parts: list[list[Part]] = [[] for _ in items]
        linear = [scorer for scorer, _ in self._active if isinstance(scorer, Linear)]
        gathered = iter(contributions_of(linear, profile, items))
        for scorer, weight in self._active:
            together = isinstance(scorer, Linear)
            found = next(gathered) if together else scorer.contributions(profile, items)
            for mine, given in zip(parts, found, strict=True):
                if len(given.causes):
                    mine.append(Part(scorer, weight, given))
        return parts

    @cached_property
    def _ground(self) -> FloatArray:
        """What the impersonal scorers say, added up once for all queries."""
        ground = np.zeros(self.n_items)
        for scorer, weight in self._active:
            if not scorer.personal:
                scorer.add_to(ground, NOBODY, weight)
        return ground

    @cached_property
    def _active(self) -> tuple[tuple[Scorer, float], ...]:
        weighed = ((scorer, float(getattr(self.weights, scorer.source))) for scorer in self.scorers)
        return tuple((scorer, weight) for scorer, weight in weighed if weight > 0.0)
