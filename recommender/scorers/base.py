"""The contract of a scorer: one opinion about items, as a sum of contributions that can be named."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from recommender.arrays import FloatArray, IndexArray, IntArray
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source

NO_CAUSE = -1


@dataclass(frozen=True)
class Scores:
    """Items that a scorer has something to say about (distinct indices) and how much, above 0.

    The unit is one line of the shopper's own: a scorer whose opinion rests on the history doubles when every
    line of it counts double.
    """

    items: IndexArray
    values: FloatArray

    @classmethod
    def none(cls) -> "Scores":
        return cls(np.zeros(0, dtype=np.int32), np.zeros(0))


@dataclass(frozen=True)
class Contributions:
    """Why a scorer scored one item: causes (item indices, or NO_CAUSE) and what each gave, above 0."""

    causes: IntArray
    weights: FloatArray

    @cached_property
    def total(self) -> float:
        """What they add up to."""
        return float(self.weights.sum())

    @classmethod
    def of(cls, causes: IntArray, weights: FloatArray) -> "Contributions":
        """Those of the given causes that gave anything."""
        given = weights > 0
        return cls(causes[given], weights[given])

    @classmethod
    def none(cls) -> "Contributions":
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0))


class Scorer(Protocol):
    """What recommender.blend mixes.

    Promises, kept by every scorer and tested in one place: the same profile gets the same scores; scores are
    finite, above 0, of distinct items; an empty profile is answered; contributions to an item add up to its
    score; a profile without a cause never scores the item higher than one with it.
    """

    @property
    def source(self) -> Source:
        """The name of the scorer, as it stands in slates and in BlendWeights."""

    @property
    def reason(self) -> ReasonKind:
        """The kind of reason its contributions are."""

    @property
    def personal(self) -> bool:
        """Whether the opinion depends on the profile; if not, it is asked for once and kept."""

    def score(self, profile: Profile) -> Scores:
        """The scorer's opinion, for every item it has one on."""

    def contributions(self, profile: Profile, item: int) -> Contributions:
        """What the item's score is made of."""
