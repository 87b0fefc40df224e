"""What shoppers are grouped by: RFM and behaviour as columns that K-means can compare."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

from recommender.arrays import FloatArray, IntArray
from recommender.shoppers.preferences import Spending
from recommender.shoppers.price import PriceSense
from recommender.shoppers.rfm import Rfm

OUTERMOST = (0.01, 0.99)
STILL = 1e-9


@dataclass(frozen=True)
class Features:
    """Named columns, one row a shopper of `shopper` (indices; those who never ordered are left out)."""

    shopper: IntArray
    names: tuple[str, ...]
    values: FloatArray

    def column(self, name: str) -> FloatArray:
        """One column."""
        return np.asarray(self.values[:, self.names.index(name)])


def features_of(rfm: Rfm, prices: PriceSense, tastes: FloatArray) -> Features:
    """Every buyer's features; counts and amounts as logarithms, for they spread over magnitudes.

    recency, frequency, monetary; basket: worth of an average order; discount and price: see
    recommender.shoppers.price; taste_1 and so on: `tastes`, one row a shopper.
    """
    orders_each = np.maximum(rfm.frequency, 1.0)
    columns = {
        "recency": np.log1p(rfm.recency),
        "frequency": np.log(orders_each),
        "monetary": np.log1p(rfm.monetary),
        "basket": np.log1p(rfm.monetary / orders_each),
        "discount": prices.discounted,
        "price": np.log(prices.level),
    } | {f"taste_{place + 1}": tastes[:, place] for place in range(tastes.shape[1])}
    buyers = np.flatnonzero(rfm.bought)
    return Features(buyers, tuple(columns), np.column_stack(list(columns.values()))[buyers])


def tastes_of(spending: Spending, count: int) -> FloatArray:
    """The `count` directions in which tastes differ most, one row a shopper; fewer where groups are few.

    Singular vectors of the square roots of each shopper's shares (so that distance is Hellinger's, in which
    rare groups neither vanish nor rule), without the first one, which is what all have in common. A
    direction's sign is such that its largest loading is positive.
    """
    n, groups = spending.lines.shape
    count = min(count, min(n, groups) - 2)
    if count < 1 or spending.lines.nnz == 0:
        return np.zeros((n, 0))
    total = np.maximum(np.asarray(spending.lines.sum(axis=1), dtype=np.float64), 1.0)
    roots = sp.csr_array(sp.diags_array(1.0 / total) @ spending.lines).sqrt()
    left, strength, right = svds(roots, k=count + 1, v0=np.ones(min(n, groups)))
    order = np.argsort(-strength)[1:]
    largest = np.abs(right[order]).argmax(axis=1)
    sign = np.where(right[order, largest] < 0, -1.0, 1.0)
    return np.asarray(left[:, order] * strength[order] * sign)


def scaled(values: FloatArray) -> FloatArray:
    """Columns cut off at their outermost hundredths, centred, in standard deviations; no constant ones."""
    if len(values) == 0:
        return values
    low, high = np.quantile(values, OUTERMOST, axis=0)
    cut = np.clip(values, low, high)
    spread = cut.std(axis=0)
    varied = spread > STILL
    return np.asarray((cut[:, varied] - cut[:, varied].mean(axis=0)) / spread[varied])
