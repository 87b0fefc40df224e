"""What the items looked at just now call for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.config import SessionConfig
from recommender.neighbours import Neighbours
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions


@dataclass(frozen=True)
class Session:
    """Score = sum over session items, fading backwards, of likeness by co-occurrence (over time and in one
    basket) and by content.

    The nearest neighbour of the latest item scores one unit: the weight of the shopper's heaviest past item
    (one line at least), so that a session counts with a shopper of ten years as with a stranger.
    """

    source: ClassVar[Source] = "session"
    reason: ClassVar[ReasonKind] = "session"
    personal: ClassVar[bool] = True

    taken_with: Neighbours
    basket: Neighbours
    alike: Neighbours
    config: SessionConfig

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Items that session items speak for; nothing without a session."""
        if len(profile.session) == 0:
            return
        for neighbours, weights in self._voices(profile):
            neighbours.spread(board, profile.session, weight * weights)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The session items that speak for each."""
        if len(profile.session) == 0:
            return [Contributions.none() for _ in items]
        voices = [
            neighbours.gather(items, profile.session, weights)
            for neighbours, weights in self._voices(profile)
        ]
        return [_merged(gathered) for gathered in zip(*voices, strict=True)]

    def _voices(self, profile: Profile) -> Iterator[tuple[Neighbours, FloatArray]]:
        """Both kinds of neighbours, and what each session item weighs with them."""
        unit = max(1.0, float(profile.weights.max(initial=0.0)))
        weights = unit * np.power(self.config.fade, profile.session_ages.astype(np.float64))
        content, basket = self.config.content_share, self.config.basket_share
        shares = ((1.0 - content) * (1.0 - basket), (1.0 - content) * basket, content)
        for neighbours, part in zip((self.taken_with, self.basket, self.alike), shares, strict=True):
            if part > 0.0:
                yield neighbours, part * weights / neighbours.peaks(profile.session)


def _merged(gathered: Sequence[tuple[IntArray, FloatArray]]) -> Contributions:
    """Contributions in which each cause stands once."""
    causes, place = np.unique(np.concatenate([causes for causes, _ in gathered]), return_inverse=True)
    weights = np.zeros(len(causes))
    np.add.at(weights, place, np.concatenate([parts for _, parts in gathered]))
    return Contributions(causes, weights)
