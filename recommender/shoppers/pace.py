"""How often a shopper comes, and whether the silence since the last visit is long for this shopper."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.shoppers.config import PaceConfig
from recommender.shoppers.purchases import Orders, distinct, whole_days

QUANTILES = 201


@dataclass(frozen=True)
class PaceNorm:
    """The shop's usual pace: the mean gap between two visits in days (0: nobody came twice), and quantiles of
    all gaps, each divided by the mean gap of the shopper whose it is."""

    every_days: float = 0.0
    relative: tuple[float, ...] = ()


@dataclass(frozen=True)
class Pace:
    """One value a shopper. gaps: between visits (days with an order). every_days: their mean length, mixed
    with the shop's; 0 where the shop has none. silence: days since the last visit. overdue: the share of
    gaps, each relative to its shopper's mean, that outlast this silence: near 1 just after a visit, near 0
    when the silence is longer than nearly any gap; 1 where nothing can be said."""

    gaps: IntArray
    every_days: FloatArray
    silence: FloatArray
    overdue: FloatArray

    def lapsing(self, config: PaceConfig | None = None) -> BoolArray:
        """Who is overdue against their own rhythm; nobody without enough gaps to have one."""
        limits = config or PaceConfig()
        return np.asarray((self.gaps >= limits.fewest_gaps) & (self.overdue <= limits.lapsing_share))


def gaps_between(shopper: IntArray, day: FloatArray) -> tuple[IntArray, FloatArray]:
    """Whose gap, and how many days: between each two neighbouring days on which a shopper bought."""
    who, days = distinct(shopper, whole_days(day))
    same = np.diff(who) == 0
    return who[1:][same], np.diff(days)[same].astype(np.float64)


def fit_pace(orders: Orders, n_shoppers: int, config: PaceConfig | None = None) -> PaceNorm:
    """The shop's pace."""
    owner, gap = gaps_between(orders.shopper, orders.day)
    if len(gap) == 0:
        return PaceNorm()
    mean = float(gap.mean())
    own = _own_mean(owner, gap, n_shoppers, mean, config or PaceConfig())
    relative = np.quantile(gap / own[owner], np.linspace(0.0, 1.0, QUANTILES))
    return PaceNorm(mean, tuple(float(value) for value in relative))


def measure_pace(
    orders: Orders, n_shoppers: int, now: float, norm: PaceNorm, config: PaceConfig | None = None
) -> Pace:
    """Everybody's pace.

    With k gaps g_1..k, the shop's mean gap m and a prior of a gaps, the own mean is
    e = (sum g + a m) / (k + a); a silence of t days is overdue by S(t / e), where S(x) is the share of all
    gaps in the shop with g / e >= x. So the shop gives the form of the distribution (no parametric family is
    assumed) and the shopper gives its scale.
    """
    owner, gap = gaps_between(orders.shopper, orders.day)
    gaps = np.bincount(owner, minlength=n_shoppers)
    last = np.full(n_shoppers, now)
    last[orders.shopper] = orders.day  # by time: the latest stays
    silence = np.maximum(np.floor(now) - np.floor(last), 0.0)
    if norm.every_days <= 0:
        return Pace(gaps, np.zeros(n_shoppers), silence, np.ones(n_shoppers))
    own = _own_mean(owner, gap, n_shoppers, norm.every_days, config or PaceConfig())
    return Pace(gaps, own, silence, _outlasting(silence / own, np.array(norm.relative)))


def _own_mean(
    owner: IntArray, gap: FloatArray, n_shoppers: int, shops: float, config: PaceConfig
) -> FloatArray:
    total = np.bincount(owner, gap, minlength=n_shoppers)
    count = np.bincount(owner, minlength=n_shoppers)
    return np.asarray((total + config.prior_gaps * shops) / (count + config.prior_gaps))


def _outlasting(value: FloatArray, quantiles: FloatArray) -> FloatArray:
    """The share of the distribution that is at least `value`."""
    return np.asarray(1.0 - np.searchsorted(quantiles, value, side="left") / len(quantiles))
