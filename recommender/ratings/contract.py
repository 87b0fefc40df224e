"""What every rating predictor answers: in range, finite, and by the baseline where it knows too little."""

from abc import ABC, abstractmethod
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from recommender.arrays import BoolArray, FloatArray, IntArray, as_indices, same_length
from recommender.ratings.log import Ratings


class RatingPredictor(Protocol):
    """Fitted on ratings; holds no other state and is safe to ask from many threads at once."""

    chosen: dict[str, Any]
    """The settings it was fitted with, as plain values."""

    @classmethod
    def fit(cls, ratings: Ratings, config: Any = None, *, rng: np.random.Generator | None = None) -> Self:
        """config: the algorithm's settings, its defaults if none are given. rng: all that is drawn."""
        ...

    def predict(self, shoppers: npt.ArrayLike, items: npt.ArrayLike) -> FloatArray:
        """The rating each shopper would give the item beside it, within the scale of the ratings fitted on.

        Indices below n_shoppers and n_items; those without a rating are cold, and welcome. InputError else.
        """
        ...


class Estimates(Protocol):
    """What answers for pairs of indices that have been checked, and need not keep to the scale."""

    def raw(self, shoppers: IntArray, items: IntArray) -> FloatArray: ...


class Bounded(ABC):
    """Base of all predictors: checks the pairs, and keeps the answers within the scale."""

    chosen: dict[str, Any]

    def __init__(self, ratings: Ratings, chosen: dict[str, Any]) -> None:
        self.chosen = chosen
        self._scale = ratings.scale
        self._sizes = ratings.n_shoppers, ratings.n_items

    def predict(self, shoppers: npt.ArrayLike, items: npt.ArrayLike) -> FloatArray:
        """See RatingPredictor.predict."""
        shopper = as_indices("shoppers", shoppers, self._sizes[0])
        item = as_indices("items", items, self._sizes[1])
        same_length(shoppers=shopper, items=item)
        return np.clip(self.raw(shopper, item), *self._scale)

    @abstractmethod
    def raw(self, shoppers: IntArray, items: IntArray) -> FloatArray:
        """The estimates before they are cut to the scale."""


class Guarded(Bounded):
    """Base of predictors that say nothing about cold shoppers and items: there the baseline answers."""

    def __init__(self, ratings: Ratings, baseline: Estimates, chosen: dict[str, Any]) -> None:
        super().__init__(ratings, chosen)
        self._baseline = baseline
        self._known: tuple[BoolArray, BoolArray] = (ratings.of_shopper > 0, ratings.of_item > 0)

    def raw(self, shoppers: IntArray, items: IntArray) -> FloatArray:
        """The model's estimates where both sides are known, else the baseline's."""
        values = self._baseline.raw(shoppers, items)
        warm = np.flatnonzero(self._known[0][shoppers] & self._known[1][items])
        if len(warm):
            values[warm] = self.warm(shoppers[warm], items[warm], values[warm])
        return values

    @abstractmethod
    def warm(self, shoppers: IntArray, items: IntArray, expected: FloatArray) -> FloatArray:
        """Estimates for pairs whose shopper and item both have ratings. expected: the baseline's."""
