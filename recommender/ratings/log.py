"""The log that rating predictors are fitted on: who gave which item how many stars, and when."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from recommender.arrays import AnyArray, BoolArray, FloatArray, IntArray, as_floats, as_indices, same_length
from recommender.errors import InputError

HIGHEST = 1e9


@dataclass(frozen=True, init=False)
class Ratings:
    """One row a pair of shopper and item; arrays of one length, at least one row.

    shopper, item: indices from 0. value: any scale, higher is better. day: days since the epoch; all 0 where
    time is unknown. Of a pair rated more than once only the latest rating is kept, the last row among equals.
    InputError names the field that cannot be used.
    """

    shopper: IntArray
    item: IntArray
    value: FloatArray
    day: FloatArray
    n_shoppers: int
    n_items: int

    def __init__(
        self,
        shopper: npt.ArrayLike,
        item: npt.ArrayLike,
        value: npt.ArrayLike,
        n_shoppers: int,
        n_items: int,
        day: npt.ArrayLike | None = None,
    ) -> None:
        columns: dict[str, AnyArray] = {
            "shopper": as_indices("shopper", shopper, n_shoppers),
            "item": as_indices("item", item, n_items),
            "value": as_floats("value", value),
        }
        columns["day"] = as_floats("day", day) if day is not None else np.zeros(len(columns["value"]))
        if same_length(**columns) == 0:
            raise InputError("value", "at least one rating is needed")
        if np.abs(columns["value"]).max() > HIGHEST:
            raise InputError("value", f"must lie between {-HIGHEST:g} and {HIGHEST:g}")
        kept = _latest(columns["shopper"] * n_items + columns["item"], columns["day"])
        for name, column in columns.items():
            object.__setattr__(self, name, column[kept])
        object.__setattr__(self, "n_shoppers", int(n_shoppers))
        object.__setattr__(self, "n_items", int(n_items))

    def __len__(self) -> int:
        return len(self.shopper)

    def take(self, rows: IntArray | BoolArray) -> "Ratings":
        """The given rows (indices or a mask); shoppers and items keep their indices."""
        columns = self.shopper[rows], self.item[rows], self.value[rows]
        return Ratings(*columns, self.n_shoppers, self.n_items, self.day[rows])

    @cached_property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest rating given."""
        return float(self.value.min()), float(self.value.max())

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the ratings; 1 where all are the same, so that it can be divided by."""
        spread = float(self.value.std())
        return spread if spread > 1e-9 * max(1.0, abs(self.scale[1])) else 1.0

    @cached_property
    def of_shopper(self) -> IntArray:
        """How many ratings each shopper gave."""
        return np.bincount(self.shopper, minlength=self.n_shoppers)

    @cached_property
    def of_item(self) -> IntArray:
        """How many ratings each item got."""
        return np.bincount(self.item, minlength=self.n_items)


def _latest(pair: IntArray, day: FloatArray) -> IntArray:
    """The last row in time of each pair, in the order of the rows."""
    order = np.lexsort((np.arange(len(pair)), day, pair))
    last = np.ones(len(pair), dtype=bool)
    last[:-1] = np.diff(pair[order]) != 0
    kept: IntArray = np.sort(order[last])
    return kept
