"""Will a shopper buy a category again? Rows of one shopper and one category each."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.shoppers.propensity.rows import Rows
from recommender.shoppers.purchases import Purchases, distinct, whole_days

WINDOWS = (1, 2, 4, 8)


@dataclass(frozen=True)
class PairLog:
    """Who bought which category on which day, each once, and who bought anything on which day; by pair or
    shopper, then by day. A pair is shopper * n_categories + the category's code."""

    pair: IntArray
    day: IntArray
    visitor: IntArray
    visited: IntArray
    n_shoppers: int
    n_categories: int


def pair_log(purchases: Purchases) -> PairLog:
    """The log by pairs; items without a category are in none."""
    n_categories = max(len(purchases.category.names), 1)
    category = purchases.category.codes[purchases.item].astype(np.int64)
    named = (purchases.category.names != "")[category] if len(purchases) else np.zeros(0, dtype=bool)
    days = whole_days(purchases.day)
    pair, day = distinct((purchases.shopper * n_categories + category)[named], days[named])
    visitor, visited = distinct(purchases.shopper, days)
    return PairLog(pair, day, visitor, visited, purchases.n_shoppers, n_categories)


def pair_rows(log: PairLog, cut: float, horizon: float) -> Rows:
    """One row for every shopper and category bought together up to the day of the cut-off.

    `who` is the pair. Features: days since the category was last bought, and since the shopper last bought
    anything; days on which it was bought, in all and in the last 1, 2, 4 and 8 horizons, and as a share of
    the shopper's days; its mean gap, the silence in such gaps; the shopper's days in the last 4 horizons; how
    many of 1000 shoppers bought the category in the last horizon. Label: bought in the horizon after it.
    """
    today = float(np.floor(cut))
    known, visits = log.day <= today, log.visited <= today
    after = (log.day > today) & (log.day <= today + horizon)
    early = PairLog(
        log.pair[known],
        log.day[known],
        log.visitor[visits],
        log.visited[visits],
        log.n_shoppers,
        log.n_categories,
    )
    start = np.flatnonzero(np.diff(early.pair, prepend=-1))
    who = early.pair[start]
    return Rows(who, _features(early, start, today, horizon), _among(who, log.pair[after]))


def _among(who: IntArray, found: IntArray) -> BoolArray:
    """Which of the pairs, in rising order, were found."""
    places = np.searchsorted(who, found)
    inside = places < len(who)
    places, found = places[inside], found[inside]
    label = np.zeros(len(who), dtype=bool)
    label[places[who[places] == found]] = True
    return label


def _features(log: PairLog, start: IntArray, today: float, horizon: float) -> FloatArray:
    """One row for each of the log's pairs, whose days begin at `start`."""
    shopper, category = np.divmod(log.pair[start], log.n_categories)
    times = np.diff(np.append(start, len(log.pair)))
    first, last = log.day[start], log.day[start + times - 1]
    place = np.repeat(np.arange(len(start)), times)
    late = [log.day > today - windows * horizon for windows in WINDOWS]
    lately = [np.bincount(place[rows], minlength=len(start)) for rows in late]
    visits = np.bincount(log.visitor, minlength=log.n_shoppers)[shopper]
    recent = log.visited > today - WINDOWS[2] * horizon
    visits_lately = np.bincount(log.visitor[recent], minlength=log.n_shoppers)[shopper]
    latest = np.zeros(log.n_shoppers)
    latest[log.visitor] = log.visited  # by day: the latest stays
    every = _gaps(category, last - first, times, log.n_categories)
    takers = np.bincount(category, lately[0] > 0, minlength=log.n_categories)[category]
    columns = (
        np.log1p(today - last),
        np.log1p(today - latest[shopper]),
        np.log(times),
        *(np.log1p(count) for count in lately),
        times / np.maximum(visits, 1),
        np.log1p(every),
        np.log1p((today - last) / np.maximum(every, 1.0)),
        np.log1p(visits_lately),
        np.log1p(takers / max(log.n_shoppers, 1) * 1000),
    )
    return np.column_stack(columns)


def _gaps(category: IntArray, span: IntArray, times: IntArray, n_categories: int) -> FloatArray:
    """The mean gap of each pair, mixed with one gap of the category's mean."""
    total = np.bincount(category, span, minlength=n_categories)
    count = np.bincount(category, times - 1, minlength=n_categories)
    usual = (total / np.maximum(count, 1))[category]
    return np.asarray((span + usual) / times)
