"""Bayesian factorisation: predictions averaged over draws of all unknowns (recommender.ratings.gibbs)."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Self

import numpy as np

from recommender.arrays import FloatArray, IntArray, WeightArray
from recommender.ratings.baseline import Baseline
from recommender.ratings.config import BayesianConfig
from recommender.ratings.contract import Guarded
from recommender.ratings.features import sides
from recommender.ratings.gibbs import Side, estimates, sweep
from recommender.ratings.holdout import Cut, errors, rmse
from recommender.ratings.likelihoods import Gaussian, Likelihood, Ordinal
from recommender.ratings.log import Ratings
from recommender.ratings.tuning import Choice, Ladders, climb

LADDERS: Ladders = {"rank": (2, 4, 8, 12, 16, 24, 32, 48), "implicit": (False, True)}
LEAST_TRIALS = 4
LEAST_TRIAL_SWEEPS, TRIAL_SWEEPS = 20, 60
LEAST_SWEEPS = 40
LEAST_SAMPLES = 8
BURN_IN_SHARE = 3
"""Of a short chain, one sweep in so many is forgotten."""


class Sample(NamedTuple):
    """One draw: places of shoppers and items (entities x factors), and the likelihood's own state."""

    shopper: WeightArray
    item: WeightArray
    state: FloatArray


class BayesianFactors(Guarded):
    """Factorisation with implicit features and Gaussian noise."""

    configured_by: ClassVar[type[BayesianConfig]] = BayesianConfig
    likelihood: ClassVar[type[Gaussian] | type[Ordinal]] = Gaussian
    steps_per_second: ClassVar[float] = 5e7
    """Factors of one rating drawn per second, about."""

    def __init__(self, ratings: Ratings, config: BayesianConfig, rng: np.random.Generator) -> None:
        super().__init__(ratings, Baseline.fit(ratings), config.model_dump())
        self._likelihood: Likelihood = self.likelihood(ratings)
        self._samples = list(_chain(ratings, config, self._likelihood, rng))

    @classmethod
    def fit(
        cls,
        ratings: Ratings,
        config: BayesianConfig | None = None,
        *,
        rng: np.random.Generator | None = None,
    ) -> Self:
        """rng: draws the chain."""
        return cls(ratings, config or BayesianConfig(), rng or np.random.default_rng(0))

    @classmethod
    def choose(cls, cut: Cut, rng: np.random.Generator, seconds: float) -> Choice[BayesianConfig]:
        """The rank, by the error of short chains on the cut. seconds: about how long to try."""
        seed = int(rng.integers(2**31))
        each = cls.seconds_per_sweep(len(cut.rest), BayesianConfig().rank)
        sweeps = min(TRIAL_SWEEPS, max(LEAST_TRIAL_SWEEPS, int(seconds / each / LEAST_TRIALS)))
        start = BayesianConfig(sweeps=sweeps, burn_in=sweeps // BURN_IN_SHARE, samples=sweeps // 2)

        def judge(config: BayesianConfig) -> float:
            return rmse(errors(cls.fit(cut.rest, config, rng=np.random.default_rng(seed)), cut.spare))

        choice = climb(start, LADDERS, judge, max(LEAST_TRIALS, int(seconds / (sweeps * each))))
        chosen = BayesianConfig(rank=choice.config.rank, implicit=choice.config.implicit)
        return Choice(chosen, choice.rmse, choice.trials)

    @classmethod
    def seconds_per_sweep(cls, ratings: int, rank: int) -> float:
        """About how long a sweep takes."""
        return ratings * (rank + 1) / cls.steps_per_second

    @classmethod
    def within(cls, config: BayesianConfig, ratings: int, seconds: float) -> BayesianConfig:
        """The same with as many sweeps as fit into the time, about, and LEAST_SWEEPS at least."""
        sweeps = int(seconds / cls.seconds_per_sweep(ratings, config.rank))
        sweeps = min(config.sweeps, max(LEAST_SWEEPS, sweeps))
        burn_in = min(config.burn_in, sweeps // BURN_IN_SHARE)
        return config.model_copy(update={"sweeps": sweeps, "burn_in": burn_in})

    def warm(self, shoppers: IntArray, items: IntArray, expected: FloatArray) -> FloatArray:
        """The mean of what each draw expects."""
        total = np.zeros(len(shoppers))
        for sample in self._samples:
            estimate = estimates(sample.shopper, sample.item, shoppers, items)
            total += self._likelihood.expected(estimate, sample.state)
        return total / len(self._samples)


class OrdinalFactors(BayesianFactors):
    """The same with ordered steps in the place of Gaussian noise: stars need not be evenly apart."""

    likelihood = Ordinal
    steps_per_second = 2e7


def _chain(
    ratings: Ratings, config: BayesianConfig, likelihood: Likelihood, rng: np.random.Generator
) -> Iterator[Sample]:
    shoppers, items = sides(ratings, config.rank, config.implicit, rng)
    estimate = estimates(_table(shoppers), _table(items), ratings.shopper, ratings.item)
    residual = likelihood.residual(estimate)
    kept = _kept(config, ratings)
    for turn in range(config.sweeps):
        precision = likelihood.draw(rng, residual)
        sweep(rng, shoppers, items, residual, precision)
        if turn in kept:
            yield Sample(_table(shoppers), _table(items), likelihood.state.copy())


def _table(side: Side) -> WeightArray:
    """Entities x factors, so that an entity's places lie together."""
    return side.places.T.astype(np.float32, order="C")


def _kept(config: BayesianConfig, ratings: Ratings) -> set[int]:
    """Which sweeps are kept: evenly spread, the last one among them."""
    size = 4 * (config.rank + 1) * (ratings.n_shoppers + ratings.n_items)
    affordable = max(LEAST_SAMPLES, config.memory_mb * 2**20 // size)
    first = min(config.burn_in, config.sweeps - 1)
    count = min(config.samples, affordable, config.sweeps - first)
    return set(np.linspace(config.sweeps - 1, first, count).round().astype(int).tolist())
