"""The log that a model is fitted on: who took which item, when, in which basket."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.arrays import BoolArray, FloatArray, IntArray, as_floats, as_indices, same_length
from recommender.errors import InputError


@dataclass(frozen=True, init=False)
class Interactions:
    """One row a line bought, clicked or rated; five arrays of one length.

    shopper, item: indices from 0. day: days since the epoch (fractions allowed; all equal where time is
    unknown). quantity: at least 0; rows with quantity 0 are returns and are left out. basket: any whole
    numbers; rows of one shopper with the same number were taken together. Within a day, higher basket
    numbers are later.
    """

    shopper: IntArray
    item: IntArray
    day: FloatArray
    quantity: FloatArray
    basket: IntArray
    n_shoppers: int
    n_items: int

    def __init__(
        self,
        shopper: npt.ArrayLike,
        item: npt.ArrayLike,
        day: npt.ArrayLike,
        quantity: npt.ArrayLike,
        basket: npt.ArrayLike,
        n_shoppers: int,
        n_items: int,
    ) -> None:
        if n_shoppers < 0 or n_items < 1:
            raise InputError("n_items", "a shop has at least one item and no fewer than 0 shoppers")
        columns = {
            "shopper": as_indices("shopper", shopper, n_shoppers),
            "item": as_indices("item", item, n_items),
            "day": as_floats("day", day),
            "quantity": as_floats("quantity", quantity, minimum=0.0),
            "basket": as_indices("basket", basket, np.iinfo(np.int64).max),
        }
        same_length(**columns)
        kept = columns["quantity"] > 0
        for name, column in columns.items():
            object.__setattr__(self, name, column[kept])
        object.__setattr__(self, "n_shoppers", int(n_shoppers))
        object.__setattr__(self, "n_items", int(n_items))

    def __len__(self) -> int:
        return len(self.shopper)

    def take(self, rows: IntArray | BoolArray) -> "Interactions":
        """The given rows (indices or a mask); shoppers and items keep their indices."""
        return Interactions(
            self.shopper[rows],
            self.item[rows],
            self.day[rows],
            self.quantity[rows],
            self.basket[rows],
            self.n_shoppers,
            self.n_items,
        )

    def once_per_basket(self) -> "Interactions":
        """Each item once a basket, ordered by (shopper, time, item); baskets renumbered from 0 in that order.

        A basket's time is that of its earliest row; baskets of the same time go by their number.
        """
        ordinal = self._basket_ordinals()
        rows = np.unique(ordinal * self.n_items + self.item, return_index=True)[1]
        kept = self.take(rows)
        object.__setattr__(kept, "basket", ordinal[rows])
        return kept

    def _basket_ordinals(self) -> IntArray:
        order = np.lexsort((self.basket, self.shopper))
        starts = np.ones(len(self), dtype=bool)
        starts[1:] = (np.diff(self.shopper[order]) != 0) | (np.diff(self.basket[order]) != 0)
        label = np.cumsum(starts) - 1
        day = np.full(int(starts.sum()), np.inf)
        np.minimum.at(day, label, self.day[order])
        first = order[starts]
        rank = np.empty(len(day), dtype=np.int64)
        rank[np.lexsort((self.basket[first], day, self.shopper[first]))] = np.arange(len(day))
        ordinals = np.empty(len(self), dtype=np.int64)
        ordinals[order] = rank[label]
        return ordinals
