"""Scorers that are a weighted sum of rows of the item-item matrix."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.neighbours import Given, Voice, gather, spread
from recommender.profile import Profile
from recommender.scorers.base import Contributions


class Linear(ABC):
    """A scorer that needs only to say which items speak, how loud, and by which relation.

    recommender.blend lets all such scorers speak at once, in one pass over the matrix.
    """

    @abstractmethod
    def voices(self, profile: Profile) -> Sequence[Voice]:
        """Who speaks; nobody for nobody."""

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Every item that somebody speaks for."""
        spread(board, weighed(self.voices(profile), weight))

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The items that speak for each."""
        return contributions_of([self], profile, items)[0]


def contributions_of(
    scorers: Sequence[Linear], profile: Profile, items: IntArray
) -> list[list[Contributions]]:
    """The contributions of several scorers, found in one pass over the matrix."""
    voices = [scorer.voices(profile) for scorer in scorers]
    gathered = iter(gather(items, [voice for own in voices for voice in own]))
    return [_added_up([next(gathered) for _ in own], len(items)) for own in voices]


def weighed(voices: Sequence[Voice], weight: float) -> list[Voice]:
    """The same, louder or lower."""
    return [voice._replace(weights=weight * voice.weights) for voice in voices]


def _added_up(gathered: Sequence[Sequence[Given]], n_items: int) -> list[Contributions]:
    """One an item, in which each cause stands once. gathered: one sequence a voice."""
    if len(gathered) == 0:
        return [Contributions.none()] * n_items
    if len(gathered) == 1:
        return [Contributions(*given) for given in gathered[0]]
    return [_summed(given) for given in zip(*gathered, strict=True)]


def _summed(given: Sequence[Given]) -> Contributions:
    causes, place = np.unique(np.concatenate([causes for causes, _ in given]), return_inverse=True)
    weights = np.zeros(len(causes))
    np.add.at(weights, place, np.concatenate([parts for _, parts in given]))
    return Contributions(causes, weights)
