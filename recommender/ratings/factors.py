"""Matrix factorisation by stochastic gradient descent, with biases.

r_ui = mean + b_u + b_i + p_u . q_i, all unknowns pulled towards 0; one step per rating, in an order drawn
anew each epoch. Koren, Bell, Volinsky, "Matrix factorization techniques for recommender systems" (IEEE
Computer 2009).
"""

from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.kernels import compiled
from recommender.ratings.baseline import Baseline
from recommender.ratings.config import FactorConfig
from recommender.ratings.contract import Guarded
from recommender.ratings.holdout import Cut, rmse
from recommender.ratings.log import Ratings
from recommender.ratings.tuning import Choice, Ladders, climb

LADDERS: Ladders = {
    "regularisation": (0.02, 0.04, 0.06, 0.08, 0.1, 0.13, 0.17),
    "rank": (8, 16, 32, 64, 128),
}
SLOPE = 0.1
"""Spread of the factors before the first epoch."""
PATIENCE = 3
"""Epochs without gain after which a trial ends."""
STEPS_PER_SECOND = 8e7
"""Factors of one rating moved per second, about."""
DECAY = 0.97
"""The learning rate of an epoch is that of the one before times this."""


class Factors(Guarded):
    """Biased matrix factorisation."""

    configured_by: ClassVar[type[FactorConfig]] = FactorConfig

    def __init__(self, ratings: Ratings, config: FactorConfig, rng: np.random.Generator) -> None:
        super().__init__(ratings, Baseline.fit(ratings), config.model_dump())
        self._config, self._ratings, self._rng = config, ratings, rng
        self._mean, self._spread = float(ratings.value.mean()), ratings.spread
        self._target = (ratings.value - self._mean) / self._spread
        # The last column holds the biases.
        self._shopper = SLOPE * rng.standard_normal((ratings.n_shoppers, config.rank + 1))
        self._item = SLOPE * rng.standard_normal((ratings.n_items, config.rank + 1))
        self._shopper[:, -1] = self._item[:, -1] = 0.0
        self._rate = config.learning_rate

    @classmethod
    def fit(
        cls,
        ratings: Ratings,
        config: FactorConfig | None = None,
        *,
        rng: np.random.Generator | None = None,
    ) -> "Factors":
        """rng: draws where the factors start and the order of the ratings."""
        config = config or FactorConfig()
        model = cls(ratings, config, rng or np.random.default_rng(0))
        for _ in range(config.epochs):
            model._pass()
        return model

    @classmethod
    def choose(cls, cut: Cut, rng: np.random.Generator, seconds: float) -> Choice[FactorConfig]:
        """Regularisation, rank, and by early stopping the epochs. seconds: about how long to try."""
        seed = int(rng.integers(2**31))
        epochs: dict[FactorConfig, int] = {}
        cost = len(cut.rest) * FactorConfig().rank * FactorConfig().epochs / STEPS_PER_SECOND

        def judge(config: FactorConfig) -> float:
            error, epochs[config] = cls(cut.rest, config, np.random.default_rng(seed))._until_worse(cut.spare)
            return error

        choice = climb(FactorConfig(), LADDERS, judge, max(2, int(seconds / cost)))
        config = choice.config.model_copy(update={"epochs": epochs[choice.config]})
        return Choice(config, choice.rmse, choice.trials)

    def warm(self, shoppers: IntArray, items: IntArray, expected: FloatArray) -> FloatArray:
        """The full sum; the baseline has no part in it."""
        return self._mean + self._spread * estimates(self._shopper, self._item, shoppers, items)

    def _pass(self) -> None:
        order = self._rng.permutation(len(self._ratings))
        descend(
            self._shopper,
            self._item,
            self._ratings.shopper,
            self._ratings.item,
            self._target,
            order,
            self._rate,
            self._config.regularisation,
        )
        self._rate *= DECAY

    def _until_worse(self, spare: Ratings) -> tuple[float, int]:
        """The lowest error on the spare ratings, and the epoch it was reached in."""
        best, best_epoch = np.inf, 1
        for epoch in range(1, self._config.epochs + 1):
            self._pass()
            error = rmse(self.predict(spare.shopper, spare.item) - spare.value)
            if error < best:
                best, best_epoch = error, epoch
            elif epoch - best_epoch >= PATIENCE:
                break
        return best, best_epoch


@compiled
def estimates(shopper: FloatArray, item: FloatArray, shoppers: IntArray, items: IntArray) -> FloatArray:
    """b_u + b_i + p_u . q_i for each pair; the last column holds the biases."""
    answers = np.empty(len(shoppers))
    last = shopper.shape[1] - 1
    for at in range(len(shoppers)):
        p, q = shopper[shoppers[at]], item[items[at]]
        total = p[last] + q[last]
        for factor in range(last):
            total += p[factor] * q[factor]
        answers[at] = total
    return answers


@compiled
def descend(
    shopper: FloatArray,
    item: FloatArray,
    shoppers: IntArray,
    items: IntArray,
    values: FloatArray,
    order: IntArray,
    rate: float,
    pull: float,
) -> None:
    """One step per rating: with e the error, b += rate (e - pull b), p += rate (e q - pull p), q likewise."""
    last = shopper.shape[1] - 1
    for at in order:
        p, q = shopper[shoppers[at]], item[items[at]]
        error = values[at] - p[last] - q[last]
        for factor in range(last):
            error -= p[factor] * q[factor]
        p[last] += rate * (error - pull * p[last])
        q[last] += rate * (error - pull * q[last])
        for factor in range(last):
            mine = p[factor]
            p[factor] += rate * (error * q[factor] - pull * mine)
            q[factor] += rate * (error * mine - pull * q[factor])
