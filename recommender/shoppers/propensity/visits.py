"""Will a shopper buy anything? Rows of one shopper each, from orders alone."""

import numpy as np

from recommender.arrays import BoolArray, FloatArray
from recommender.shoppers.pace import fit_pace, gaps_between, measure_pace
from recommender.shoppers.propensity.rows import Rows
from recommender.shoppers.purchases import Orders

WINDOWS = (1, 2, 4, 8)


def visit_rows(orders: Orders, n_shoppers: int, cut: float, horizon: float) -> Rows:
    """One row for every shopper who ordered before the cut-off; `who` is the shopper.

    Features: days since the last and since the first order; orders, and orders in the last 1, 2, 4 and 8
    horizons; mean gap, how uneven the gaps are, silence in mean gaps, and how overdue that is; worth of all
    orders, of one, and of those in the last 4 horizons; lines an order. Label: an order in the horizon after.
    """
    before = _some(orders, orders.day <= cut)
    count = before.counts(n_shoppers)
    known = np.flatnonzero(count > 0)
    pace = measure_pace(before, n_shoppers, cut, fit_pace(before, n_shoppers))
    worth = before.sums(before.worth, n_shoppers)
    lately = [before.day > cut - windows * horizon for windows in WINDOWS]
    columns = (
        pace.silence,
        np.log1p(cut - _first(before, n_shoppers, cut)),
        np.log1p(count),
        *(np.log1p(np.bincount(before.shopper[late], minlength=n_shoppers)) for late in lately),
        pace.every_days,
        _unevenness(before, n_shoppers),
        np.log1p(pace.silence / np.maximum(pace.every_days, 1.0)),
        pace.overdue,
        np.log1p(worth),
        np.log1p(worth / np.maximum(count, 1.0)),
        np.log1p(np.bincount(before.shopper[lately[2]], before.worth[lately[2]], minlength=n_shoppers)),
        np.log1p(before.sums(before.lines, n_shoppers) / np.maximum(count, 1.0)),
    )
    after = orders.shopper[(orders.day > cut) & (orders.day <= cut + horizon)]
    label = np.bincount(after, minlength=n_shoppers) > 0
    return Rows(known, np.column_stack(columns)[known], label[known])


def _some(orders: Orders, rows: BoolArray) -> Orders:
    return Orders(orders.shopper[rows], orders.day[rows], orders.worth[rows], orders.lines[rows])


def _first(orders: Orders, n_shoppers: int, never: float) -> FloatArray:
    first = np.full(n_shoppers, never)
    np.minimum.at(first, orders.shopper, orders.day)
    return first


def _unevenness(orders: Orders, n_shoppers: int) -> FloatArray:
    """Standard deviation of the gaps over their mean; 1, as if visits came at random, for fewer than two."""
    owner, gap = gaps_between(orders.shopper, orders.day)
    count = np.bincount(owner, minlength=n_shoppers)
    mean = np.bincount(owner, gap, minlength=n_shoppers) / np.maximum(count, 1)
    square = np.bincount(owner, gap**2, minlength=n_shoppers) / np.maximum(count, 1)
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))
    return np.where(count > 1, spread / np.maximum(mean, 1.0), 1.0)
