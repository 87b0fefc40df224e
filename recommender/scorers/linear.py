"""Scorers that are a weighted sum of rows of the item-item matrix."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.neighbours import Voice, spread
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
        voices = self.voices(profile)
        if not voices:
            return [Contributions.none() for _ in items]
        gathered = [voice.neighbours.gather(items, voice.sources, voice.weights) for voice in voices]
        return [_added_up(parts) for parts in zip(*gathered, strict=True)]


def weighed(voices: Sequence[Voice], weight: float) -> list[Voice]:
    """The same, louder or lower."""
    return [voice._replace(weights=weight * voice.weights) for voice in voices]


def _added_up(parts: Sequence[tuple[IntArray, FloatArray]]) -> Contributions:
    """Contributions in which each cause stands once."""
    if len(parts) == 1:
        return Contributions(*parts[0])
    causes, place = np.unique(np.concatenate([causes for causes, _ in parts]), return_inverse=True)
    weights = np.zeros(len(causes))
    np.add.at(weights, place, np.concatenate([given for _, given in parts]))
    return Contributions(causes, weights)
