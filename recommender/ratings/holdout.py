"""Setting ratings aside, to judge settings and learn weights on what no model has seen."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from recommender.arrays import FloatArray
from recommender.ratings.contract import RatingPredictor
from recommender.ratings.log import Ratings

LEAST = 50
"""Ratings fewer than this are too few to learn a setting from."""

Side = Literal["shopper", "item"]


@dataclass(frozen=True)
class Cut:
    """Ratings without a part, and that part."""

    rest: Ratings
    spare: Ratings

    @property
    def telling(self) -> bool:
        """Whether the part is large enough to choose settings by."""
        return len(self.spare) >= LEAST

    def narrowed(self, most: int, side: Side, rng: np.random.Generator) -> "Cut":
        """With at most that many spare ratings, of as few shoppers (or items), drawn by rng, as give them."""
        entity = self.spare.shopper if side == "shopper" else self.spare.item
        if len(entity) <= most:
            return self
        turn = rng.permutation(int(entity.max()) + 1)[entity]
        return Cut(self.rest, self.spare.take(np.argsort(turn, kind="stable")[:most]))


def cuts(ratings: Ratings, count: int, share: float, rng: np.random.Generator) -> list[Cut]:
    """Disjoint parts of that share at random, each with the rest; fewer where there are too few ratings."""
    order = rng.permutation(len(ratings))
    size = int(len(ratings) * share)
    if size == 0:
        return []
    return [_cut(ratings, np.sort(order[turn * size : (turn + 1) * size])) for turn in range(count)]


def _cut(ratings: Ratings, rows: np.ndarray) -> Cut:
    aside = np.zeros(len(ratings), dtype=bool)
    aside[rows] = True
    return Cut(ratings.take(~aside), ratings.take(aside))


def errors(predictor: RatingPredictor, spare: Ratings) -> FloatArray:
    """What each prediction exceeds the rating by."""
    return predictor.predict(spare.shopper, spare.item) - spare.value


def rmse(errors: FloatArray) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(errors**2)))
