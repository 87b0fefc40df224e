"""Baskets in order: the form in which the network reads a log or a history."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from recommender.arrays import IntArray
from recommender.errors import InputError
from recommender.history import History
from recommender.interactions import Interactions


@dataclass(frozen=True)
class Past:
    """The latest baskets of one shopper: items, and the place of each item's basket, 0 for the earliest.

    Places ascend and leave no gap. The order of items within a basket says nothing.
    """

    items: IntArray
    places: IntArray

    @property
    def length(self) -> int:
        """Baskets."""
        return int(self.places[-1]) + 1 if len(self.places) else 0

    @classmethod
    def of(cls, history: History, n_items: int, window: int) -> Self:
        """The window's latest baskets of a history by item indices; unknown items are left out.

        Baskets of which nothing is known are no baskets: those around them stand next to each other.
        """
        if history.items.dtype.kind not in "iu":
            raise InputError("history.items", "must be indices (whole numbers)")
        indices = history.items.astype(np.int64)
        known = (indices >= 0) & (indices < n_items)
        ago, items = history.baskets_ago[known], indices[known]
        pairs = np.unique(np.stack([-ago, items]), axis=1)  # once a basket, earliest basket first
        return cls(pairs[1], np.unique(pairs[0], return_inverse=True)[1].astype(np.int64)).latest(window)

    def latest(self, window: int) -> Self:
        """At most so many of the latest baskets."""
        first = max(self.length - window, 0)
        kept = self.places >= first
        return type(self)(self.items[kept], self.places[kept] - first)


@dataclass(frozen=True)
class Sequences:
    """The baskets of all shoppers: lines stand in order of shoppers and baskets.

    baskets: where each basket's lines begin, and their end; shoppers: where each shopper's baskets begin, and
    their end.
    """

    items: IntArray
    baskets: IntArray
    shoppers: IntArray

    @classmethod
    def of(cls, log: Interactions) -> Self:
        """From any log: an item counts once a basket, baskets go by time."""
        ordered = log.once_per_basket()
        n_baskets = int(ordered.basket.max(initial=-1)) + 1
        starts = np.searchsorted(ordered.basket, np.arange(n_baskets + 1))
        owner = ordered.shopper[starts[:-1]] if n_baskets else ordered.shopper[:0]
        return cls(ordered.item, starts, np.searchsorted(owner, np.arange(log.n_shoppers + 1)))

    @property
    def lengths(self) -> IntArray:
        """Baskets of each shopper."""
        return np.diff(self.shoppers)

    @cached_property
    def basket_of(self) -> IntArray:
        """The basket of each line."""
        return np.repeat(np.arange(len(self.baskets) - 1), np.diff(self.baskets))

    def taken(self, basket: int) -> IntArray:
        """The items of one basket."""
        return self.items[self.baskets[basket] : self.baskets[basket + 1]]

    def past(self, first: int, last: int) -> Past:
        """The baskets from first to before last, as one shopper's past."""
        lines = slice(self.baskets[first], self.baskets[last])
        sizes = np.diff(self.baskets[first : last + 1])
        return Past(self.items[lines], np.repeat(np.arange(last - first), sizes))


def pieces(
    sequences: Sequences, ends: IntArray, window: int, rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Runs of 2 to window + 1 baskets, as (first, end): each basket but a shopper's first follows in one.

    ends: where each shopper's baskets end for this purpose. Longer sequences are cut, each time elsewhere.
    """
    found = []
    for first, end in zip(sequences.shoppers[:-1].tolist(), ends.tolist(), strict=True):
        cut = first
        if end - first > window + 1:
            cut = first + int(rng.integers(1, window + 1))
            found.append((first, cut + 1))
        found += [(start, min(start + window + 1, end)) for start in range(cut, end - 1, window)]
    return found
