"""What everybody buys: overall and lately. Needs no history, so it speaks for strangers too."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray, WeightArray
from recommender.config import PopularityConfig
from recommender.interactions import Interactions
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import NO_CAUSE, Contributions

NO_CAUSES: IntArray = np.array([NO_CAUSE])


@dataclass(frozen=True)
class Popularity:
    """values: one an item, in [0, 1], 1 for the most popular."""

    source: ClassVar[Source] = "popularity"
    reason: ClassVar[ReasonKind] = "popular"
    personal: ClassVar[bool] = False

    values: WeightArray

    @classmethod
    def fit(cls, log: Interactions, config: PopularityConfig, now: float) -> "Popularity":
        """From a log with each item once a basket: share of all baskets, and of recent ones."""
        overall = _share(log, np.ones(len(log)))
        recent = _share(log, np.exp2(-np.maximum(now - log.day, 0.0) / config.half_life_days))
        mixed = (1.0 - config.recent_share) * overall + config.recent_share * recent
        return cls((mixed / max(float(mixed.max()), 1e-300)).astype(np.float32))

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """The same for every profile."""
        board += weight * self.values

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """One contribution without a cause in the history."""
        values = self.values[items].astype(np.float64)
        return [
            Contributions(NO_CAUSES, values[at : at + 1]) if values[at] > 0.0 else Contributions.none()
            for at in range(len(items))
        ]


def _share(log: Interactions, weight: FloatArray) -> FloatArray:
    taken = np.bincount(log.item, weights=weight, minlength=log.n_items)
    return taken / max(float(weight.sum()), 1e-300)
