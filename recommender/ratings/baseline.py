"""The baseline: mean of all ratings, how generous the shopper is, how well liked the item."""

from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.ratings.config import BaselineConfig
from recommender.ratings.contract import Bounded
from recommender.ratings.holdout import Cut, errors, rmse
from recommender.ratings.log import Ratings
from recommender.ratings.tuning import Choice, Ladders, climb

PRIORS = (0.5, 1.0, 2.0, 4.0, 7.0, 10.0, 15.0, 25.0, 50.0)
LADDERS: Ladders = {"item_prior": PRIORS, "shopper_prior": PRIORS}
MOST_TRIALS = 30


class Baseline(Bounded):
    """b_ui = mean + b_u + b_i, with b_i = sum_u (r_ui - mean - b_u) / (prior_i + n_i), and b_u likewise.

    Solved in turn until settled. Koren, "Factor in the neighbors" (TKDD 2010), section 2.1. A shopper or an
    item without ratings has bias 0.
    """

    configured_by: ClassVar[type[BaselineConfig]] = BaselineConfig

    def __init__(
        self, ratings: Ratings, config: BaselineConfig, mean: float, biases: tuple[FloatArray, FloatArray]
    ) -> None:
        super().__init__(ratings, config.model_dump())
        self.mean = mean
        self.shopper_bias, self.item_bias = biases

    @classmethod
    def fit(
        cls,
        ratings: Ratings,
        config: BaselineConfig | None = None,
        *,
        rng: np.random.Generator | None = None,  # noqa: ARG003 - part of the contract
    ) -> "Baseline":
        """rng: unused, nothing is drawn."""
        config = config or BaselineConfig()
        mean = float(ratings.value.mean())
        above = ratings.value - mean
        by_shopper, by_item = np.zeros(ratings.n_shoppers), np.zeros(ratings.n_items)
        shopper_weight = np.maximum(ratings.of_shopper + config.shopper_prior, 1e-9)
        item_weight = np.maximum(ratings.of_item + config.item_prior, 1e-9)
        for _ in range(config.rounds):
            left = above - by_shopper[ratings.shopper]
            by_item = np.bincount(ratings.item, left, ratings.n_items) / item_weight
            left = above - by_item[ratings.item]
            by_shopper = np.bincount(ratings.shopper, left, ratings.n_shoppers) / shopper_weight
        return cls(ratings, config, mean, (by_shopper, by_item))

    @classmethod
    def choose(
        cls,
        cut: Cut,
        rng: np.random.Generator,  # noqa: ARG003 - part of the contract
        seconds: float,  # noqa: ARG003
    ) -> Choice[BaselineConfig]:
        """Both priors, by the error on the cut."""

        def judge(config: BaselineConfig) -> float:
            return rmse(errors(cls.fit(cut.rest, config), cut.spare))

        return climb(BaselineConfig(), LADDERS, judge, MOST_TRIALS)

    def raw(self, shoppers: IntArray, items: IntArray) -> FloatArray:
        """mean + b_u + b_i."""
        values: FloatArray = self.mean + self.shopper_bias[shoppers] + self.item_bias[items]
        return values
