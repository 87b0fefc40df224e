"""The contract of a scorer: one opinion about items, as a sum of contributions that can be named."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source

NO_CAUSE = -1

Trait = tuple[str, str]
"""A name and a value: what is known of a shopper beside their history."""


@dataclass(frozen=True)
class Contributions:
    """Why a scorer scored one item: causes (item indices, or NO_CAUSE) and what each gave, above 0.

    traits: for scorers whose reason is "profile", the trait that is each cause; else empty.
    """

    causes: IntArray
    weights: FloatArray
    traits: tuple[Trait, ...] = ()

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

    The unit of a score is one line of the shopper's own: a scorer whose opinion rests on the history doubles
    when every line of it counts double.

    Promises, kept by every scorer and tested in one place: the same profile gets the same scores; scores are
    finite and at least 0; an empty profile is answered; contributions to an item add up to its score. Those
    that serve (State.scorers) promise one thing more, or reasons given by a blend of them would not be true:
    a profile without one of its past items scores no item higher, and without a named cause, less.
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

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Adds weight times the score of every item to its place on the board."""

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """What the score of each of these (distinct) items is made of."""
