"""What this shopper keeps buying: the heart of a shop whose goods are bought again."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray, WeightArray
from recommender.config import FrequencyConfig
from recommender.interactions import Interactions
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions


@dataclass(frozen=True)
class Frequency:
    """Score of an item = its weight in the profile (decayed count of baskets) times tendency^exponent.

    tendency: one an item, above 0: how much likelier than the average item it is bought again.
    """

    source: ClassVar[Source] = "frequency"
    reason: ClassVar[ReasonKind] = "bought_often"
    personal: ClassVar[bool] = True

    tendency: WeightArray
    config: FrequencyConfig

    @classmethod
    def fit(cls, log: Interactions, config: FrequencyConfig) -> "Frequency":
        """From a log with each item once a basket.

        Tendency: the share of an item's buyers who bought it in more than one basket, drawn towards the
        shop's average by a Beta prior worth `repeat_prior` buyers, divided by that average.
        """
        pair, baskets = np.unique(log.shopper * log.n_items + log.item, return_counts=True)
        item = pair % log.n_items
        buyers = np.bincount(item, minlength=log.n_items)
        again = np.bincount(item, weights=baskets > 1, minlength=log.n_items)
        average = max(float(again.sum()), 1.0) / max(float(buyers.sum()), 1.0)
        share = (again + config.repeat_prior * average) / (buyers + config.repeat_prior)
        return cls((share / average).astype(np.float32), config)

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Past items only."""
        board[profile.items] += weight * profile.weights * self._factors[profile.items]

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """An item's own past is its only cause."""
        given = profile.weight_of(items) * self._factors[items]
        return [
            Contributions(items[at : at + 1], given[at : at + 1]) if given[at] > 0.0 else Contributions.none()
            for at in range(len(items))
        ]

    @cached_property
    def _factors(self) -> FloatArray:
        factors: FloatArray = self.tendency.astype(np.float64) ** self.config.repeat_exponent
        return factors
