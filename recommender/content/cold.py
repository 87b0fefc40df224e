"""From known items to cold ones: likeness sign by sign, and what the cold one promises to sell."""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray, FloatArray, IntArray, WeightArray
from recommender.config import ColdConfig
from recommender.content.appeal import appeal_signs, log_appeal
from recommender.content.candidates import Candidates
from recommender.content.signs import Signs, weighed_sum

SIGNS = ("words", "kind", "measure", "category", "department", "brand", "price", "meaning")
MOST_APPEAL = 5.0
"""Bound of the logarithm of a promise: nothing is believed to sell 150 times as well as the average."""


@dataclass(frozen=True)
class Shop:
    """What cold items are judged from.

    near: candidates among the known items. takers, mean_taking: one an item. appeal: see appeal_signs; None
    where nothing is known of takers.
    """

    signs: Signs
    near: Candidates
    known: BoolArray
    takers: FloatArray
    mean_taking: FloatArray
    appeal: sp.csr_array | None

    @classmethod
    def of(cls, signs: Signs, near: Candidates, known: BoolArray, takings: sp.csr_array | None) -> "Shop":
        """takings: shoppers x items, or None where nobody knows."""
        if takings is None:
            nothing = np.zeros(len(known))
            return cls(signs, near, known, nothing, nothing, None)
        takers = np.bincount(takings.indices, minlength=len(known)).astype(np.float64)
        means = np.asarray(takings.sum(axis=0), dtype=np.float64).ravel() / max(1, takings.shape[0])
        return cls(signs, near, known, takers, means, appeal_signs(signs))

    def pretending(self, cold: IntArray) -> "Shop":
        """The same, as if nobody had taken these items yet."""
        known = self.known.copy()
        known[cold] = False
        return replace(self, known=known)


@dataclass(frozen=True)
class Pairs:
    """Candidates (known items) of cold items, column by column of a matrix with one column a cold item.

    shared: likeness by sign, one a pair. promise: logarithm of expected takers against the average, one a
    column.
    """

    source: IntArray
    column: IntArray
    shared: dict[str, WeightArray]
    promise: FloatArray
    mean_taking: FloatArray

    @classmethod
    def of(cls, shop: Shop, cold: IntArray) -> "Pairs":
        source, column = shop.near.pairs(cold)
        kept = shop.known[source]
        source, column = source[kept], column[kept]
        promise = np.zeros(len(cold))
        if shop.appeal is not None and len(cold):
            known = np.flatnonzero(shop.known)
            guessed = log_appeal(shop.appeal, known, shop.takers)[cold]
            promise = np.clip(guessed - guessed.mean(), -MOST_APPEAL, MOST_APPEAL)
        return cls(source, column, shop.signs.shared(cold[column], source), promise, shop.mean_taking)

    def matrix(self, settings: ColdConfig) -> sp.csr_array:
        """Items x columns: what one line of a known item says for each cold one.

        s^sharpness * promise^popularity / mean^discount, where s is the weighted sum of the shared signs, and
        mean what the average shopper would give the item by s^sharpness alone.
        """
        likeness = weighed_sum(self.shared, [(name, getattr(settings, name)) for name in SIGNS])
        best = _first_of_columns(self.column, likeness, settings.neighbours)
        source, column = self.source[best], self.column[best]
        value = (likeness[best] / max(float(likeness.max(initial=0.0)), 1e-12)) ** settings.sharpness
        n_columns = len(self.promise)
        mean = np.bincount(column, weights=value * self.mean_taking[source], minlength=n_columns)
        usual = float(mean[mean > 0].mean()) if (mean > 0).any() else 1.0
        scale = np.exp(settings.popularity * self.promise)
        scale *= np.where(mean > 0, np.maximum(mean / usual, 1e-6) ** -settings.discount, 1.0)
        shape = (len(self.mean_taking), n_columns)
        return sp.csr_array((value * scale[column], (source, column)), shape=shape)


def cold_matrix(shop: Shop, cold: IntArray, settings: ColdConfig) -> sp.csr_array:
    """Items x items: from known items to the given cold ones."""
    narrow = sp.coo_array(Pairs.of(shop, cold).matrix(settings))
    n_items = len(shop.known)
    places = (narrow.row, cold[narrow.col])
    return sp.csr_array((narrow.data, places), shape=(n_items, n_items))


def _first_of_columns(column: IntArray, value: FloatArray, n: int) -> IntArray:
    """The pairs with the n largest values above 0 of every column. column: ascending."""
    order = np.lexsort((-value, column))
    starts = np.searchsorted(column, column)
    best = order[np.arange(len(column)) - starts < n]
    kept: IntArray = best[value[best] > 0]
    return kept
