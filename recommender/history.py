"""What one shopper took so far, as a query carries it: the model itself remembers nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.arrays import BoolArray, FloatArray, IntArray, TextArray, as_floats, same_length
from recommender.errors import InputError


@dataclass(frozen=True, init=False)
class History:
    """One row a line bought, in any order.

    items: item ids (strings) or indices (whole numbers) of the model's catalogue; unknown ones are ignored.
    days: days since the epoch. quantities: at least 0, default 1; lines with quantity 0 are ignored.
    baskets: whole numbers, equal for lines taken together and, on one day, higher for later ones; without
    them, lines of exactly the same day are one basket.
    baskets_ago (0 for the latest) and basket_sizes (lines) are derived once, and kept by `without`.
    """

    items: IntArray | TextArray
    days: FloatArray
    baskets_ago: IntArray
    basket_sizes: IntArray

    def __init__(
        self,
        items: Sequence[str] | npt.ArrayLike,
        days: npt.ArrayLike,
        quantities: npt.ArrayLike | None = None,
        baskets: npt.ArrayLike | None = None,
    ) -> None:
        named = _as_items(items)
        day = as_floats("history.days", days)
        quantity = (
            np.ones(len(day))
            if quantities is None
            else as_floats("history.quantities", quantities, minimum=0.0)
        )
        basket = day if baskets is None else as_floats("history.baskets", baskets)
        same_length(**{"history.items": named, "history.days": day})
        same_length(**{"history.items": named, "history.quantities": quantity, "history.baskets": basket})
        kept = quantity > 0
        if not kept.all():
            named, day, basket = named[kept], day[kept], basket[kept]
        ago, sizes = _places(day, basket)
        self._set(named, day, ago, sizes)

    def _set(self, items: IntArray | TextArray, days: FloatArray, ago: IntArray, sizes: IntArray) -> None:
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "baskets_ago", ago)
        object.__setattr__(self, "basket_sizes", sizes)

    def __len__(self) -> int:
        return len(self.items)

    @classmethod
    def empty(cls) -> "History":
        """The history of somebody never seen before."""
        return cls([], [])

    def take(self, kept: BoolArray) -> "History":
        """The lines for which the mask holds; the others are forgotten as causes, not as past time."""
        part = History.__new__(History)
        part._set(self.items[kept], self.days[kept], self.baskets_ago[kept], self.basket_sizes[kept])
        return part

    def without(self, items: Sequence[str] | npt.ArrayLike) -> "History":
        """This history as if these items had never been bought, every other line weighing what it did."""
        return self.take(~np.isin(self.items, _as_items(items)))


def _as_items(items: Sequence[str] | npt.ArrayLike) -> IntArray | TextArray:
    array = np.asarray(items)
    if array.ndim != 1:
        raise InputError("history.items", "must have one dimension")
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if array.dtype.kind in "iu":
        return array.astype(np.int64)
    if array.dtype.kind == "U":
        return array
    if array.dtype.kind == "O" and all(isinstance(value, str) for value in array):
        return array.astype(np.str_)
    raise InputError("history.items", "must be item ids (strings) or indices (whole numbers)")


def _places(day: FloatArray, basket: FloatArray) -> tuple[IntArray, IntArray]:
    """Baskets since each line's, and the number of lines in its own."""
    _, label, sizes = np.unique(basket, return_inverse=True, return_counts=True)
    first = np.full(len(sizes), np.inf)
    np.minimum.at(first, label, day)
    ago = np.empty(len(sizes), dtype=np.int64)
    # Labels follow basket numbers, so a stable sort by day puts baskets of one day in that order.
    ago[np.argsort(first, kind="stable")] = np.arange(len(sizes))[::-1]
    return ago[label], sizes[label].astype(np.int64)
