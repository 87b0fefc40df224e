"""Setting a part of the log aside, to judge settings on what they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from recommender.arrays import BoolArray, IntArray
from recommender.history import History
from recommender.interactions import Interactions

LEAST_ITEMS = 5  # a shopper of fewer items has none to spare
SPARED_SHARE = 0.2
LONGEST_VISIT = 5


@dataclass(frozen=True)
class Case:
    """A shopper at one moment: what lay behind them, what they took next (item indices), and the day.

    session: item indices that they had looked at by then. shopper: their index in the log.
    """

    history: History
    taken: IntArray
    now: float
    shopper: int
    session: tuple[int, ...] = ()
    segment: str = ""
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class HoldOut:
    """The log without what was set aside, and the cases made of it."""

    rest: Interactions
    cases: tuple[Case, ...]


def hold_out(log: Interactions, shoppers: int, rng: np.random.Generator, *, last_baskets: bool) -> HoldOut:
    """Sets aside one last basket (or a fifth of the items) of at most `shoppers` shoppers drawn by rng.

    log: each item once a basket, as Interactions.once_per_basket gives it. So little is cut from the log that
    what is fitted on the rest behaves like what is fitted on all of it.
    """
    aside = _last_baskets(log) if last_baskets else _random_items(log, rng)
    eligible = np.unique(log.shopper[aside])
    chosen = np.sort(rng.permutation(eligible)[:shoppers])
    aside &= np.isin(log.shopper, chosen)
    rest = log.take(~aside)
    spared = log.take(aside)
    cases = tuple(_case(rest, spared, int(shopper)) for shopper in chosen)
    return HoldOut(rest, cases)


def visits_of(cases: tuple[Case, ...], rng: np.random.Generator) -> tuple[Case, ...]:
    """Visits by strangers: a part of what was taken, drawn by rng, is looked at, and the rest is taken.

    Logs know no order within a basket, so that any part may have come first.
    """
    return tuple(_visit(case, rng.permutation(case.taken)) for case in cases if len(case.taken) > 1)


def _visit(case: Case, taken: IntArray) -> Case:
    looked = min(LONGEST_VISIT, len(taken) // 2)
    session = tuple(taken[:looked].tolist())
    return replace(case, history=History.empty(), session=session, taken=np.sort(taken[looked:]))


def _last_baskets(log: Interactions) -> BoolArray:
    first = np.full(log.n_shoppers, np.iinfo(np.int64).max)
    last = np.full(log.n_shoppers, -1)
    np.minimum.at(first, log.shopper, log.basket)
    np.maximum.at(last, log.shopper, log.basket)
    mask: BoolArray = (log.basket == last[log.shopper]) & (first < last)[log.shopper]
    return mask


def _random_items(log: Interactions, rng: np.random.Generator) -> BoolArray:
    items = np.bincount(log.shopper, minlength=log.n_shoppers)
    mask: BoolArray = (rng.random(len(log)) < SPARED_SHARE) & (items >= LEAST_ITEMS)[log.shopper]
    return mask


def _case(rest: Interactions, spared: Interactions, shopper: int) -> Case:
    behind = _rows(rest, shopper)
    ahead = _rows(spared, shopper)
    history = History(rest.item[behind], rest.day[behind], baskets=rest.basket[behind])
    return Case(history, np.unique(spared.item[ahead]), float(spared.day[ahead].max()), shopper)


def _rows(log: Interactions, shopper: int) -> slice:
    """A shopper's rows: the log is in order of shoppers."""
    first, last = np.searchsorted(log.shopper, [shopper, shopper + 1])
    return slice(int(first), int(last))
