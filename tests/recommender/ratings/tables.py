"""Ratings whose answers are known, and every predictor in a size that fits in no time."""

from collections.abc import Callable

import numpy as np

from recommender.ratings import (
    Baseline,
    BayesianFactors,
    Factors,
    ItemKnn,
    OrdinalFactors,
    RatingBlend,
    RatingPredictor,
    Ratings,
    UserKnn,
)
from recommender.ratings.config import BayesianConfig, FactorConfig, RatingBlendConfig

Fit = Callable[[Ratings, int], RatingPredictor]

CHAIN = BayesianConfig(rank=2, sweeps=30, burn_in=10)
DESCENT = FactorConfig(rank=2, epochs=60, learning_rate=0.05, regularisation=0.02)
QUICK = RatingBlendConfig(seconds=0.05, cuts=1, share=0.3)


def seeded(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


FITS: dict[str, Fit] = {
    "baseline": lambda log, seed: Baseline.fit(log, rng=seeded(seed)),
    "user_knn": lambda log, seed: UserKnn.fit(log, rng=seeded(seed)),
    "item_knn": lambda log, seed: ItemKnn.fit(log, rng=seeded(seed)),
    "factors": lambda log, seed: Factors.fit(log, DESCENT, rng=seeded(seed)),
    "bayesian": lambda log, seed: BayesianFactors.fit(log, CHAIN, rng=seeded(seed)),
    "bayesian_ordinal": lambda log, seed: OrdinalFactors.fit(log, CHAIN, rng=seeded(seed)),
    "blend": lambda log, seed: RatingBlend.fit(log, QUICK, rng=seeded(seed)),
}
PERSONAL = [name for name in FITS if name != "baseline"]


def of(rows: list[tuple[int, int, float]], n_shoppers: int, n_items: int) -> Ratings:
    shopper, item, value = zip(*rows, strict=True)
    return Ratings(shopper, item, value, n_shoppers, n_items)


def checkerboard(size: int = 20, left_out: int = 7) -> tuple[Ratings, Ratings]:
    """Even shoppers give even items 5 and odd ones 1; odd shoppers the reverse.

    Answers the ratings without one pair in `left_out`, and those pairs.
    """
    shopper, item = np.divmod(np.arange(size * size), size)
    value = np.where((shopper + item) % 2 == 0, 5.0, 1.0)
    log = Ratings(shopper, item, value, size, size)
    apart = np.arange(len(log)) % left_out == 0
    return log.take(~apart), log.take(apart)
