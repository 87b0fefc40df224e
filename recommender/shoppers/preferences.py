"""What a shopper buys more of than others do: categories, brands, or any other grouping of items."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IndexArray, IntArray, TextArray
from recommender.catalogue import Labels
from recommender.shoppers.purchases import Purchases

STRENGTHS = tuple(float(strength) for strength in np.geomspace(1.0, 1000.0, 19))


@dataclass(frozen=True)
class PreferenceNorm:
    """The shop's average: the share of each group in what everybody spends, the worth of an average line, and
    how many such lines of the shop's average every shopper's own spending is mixed with."""

    shares: Mapping[str, float]
    strength: float
    line: float


@dataclass(frozen=True)
class Preference:
    """One group: the shopper's share of spending after shrinkage, as a multiple of the shop's (`lift`), how
    much of the difference between shopper and shop it makes (`excess`), and on how many lines that rests."""

    group: str
    share: float
    lift: float
    excess: float
    lines: int


@dataclass(frozen=True)
class Spending:
    """Worth and lines by shopper (rows) and group (columns); what has no group is in no column."""

    names: TextArray
    worth: sp.csr_array
    lines: sp.csr_array


def spending_of(purchases: Purchases, labels: Labels) -> Spending:
    """Who spent how much on which group of items."""
    group = labels.codes[purchases.item]
    known = (labels.names != "")[group]
    shape = (purchases.n_shoppers, len(labels.names))
    where = (purchases.shopper[known], group[known])
    return Spending(
        labels.names,
        _summed(purchases.worth[known], where, shape),
        _summed(np.ones(int(known.sum())), where, shape),
    )


def _summed(values: FloatArray, where: tuple[IntArray, IndexArray], shape: tuple[int, int]) -> sp.csr_array:
    return sp.csr_array(sp.coo_array((values, where), shape=shape))


def fit_preferences(spending: Spending) -> PreferenceNorm:
    """The shop's shares, and the strength a at which leaving one line out is foretold best.

    a maximises sum_ic n_ic log((n_ic - 1 + a q_c) / (n_i - 1 + a)) over counted lines: the leave-one-out
    estimate for Dirichlet smoothing of Zhai and Lafferty, "Two-stage language models for information
    retrieval" (SIGIR 2002).
    """
    total = np.asarray(spending.worth.sum(axis=0), dtype=np.float64)
    if total.sum() <= 0:
        return PreferenceNorm({}, 1.0, 1.0)
    lines = sp.coo_array(spending.lines)
    counts = np.asarray(spending.lines.sum(axis=0), dtype=np.float64)
    q = (counts / counts.sum())[lines.coords[1]]
    n = np.asarray(spending.lines.sum(axis=1), dtype=np.float64)[lines.coords[0]]
    likelihood = [
        float((lines.data * np.log((lines.data - 1 + a * q) / (n - 1 + a))).sum()) for a in STRENGTHS
    ]
    shares = {
        str(name): float(share)
        for name, share in zip(spending.names, total / total.sum(), strict=True)
        if share > 0
    }
    line = float(total.sum() / counts.sum())
    return PreferenceNorm(shares, STRENGTHS[int(np.argmax(likelihood))], line)


def preferences_of(spending: Spending, shopper: int, norm: PreferenceNorm) -> list[Preference]:
    """A shopper's groups, those that set the shopper apart most first.

    share = (s_c + a q_c) / (s + a) with the shopper's spending s in average lines and the shop's shares q;
    ordered by the group's part of the Kullback-Leibler divergence from the shop, share log(share / q). Groups
    that the shop's average does not know are left out.
    """
    row = spending.worth[[shopper], :].tocoo()
    lines = spending.lines[[shopper], :].toarray()[0]
    total = float(row.data.sum()) / norm.line
    found = []
    for code, worth in zip(row.coords[1], row.data, strict=True):
        group = str(spending.names[code])
        usual = norm.shares.get(group, 0.0)
        if usual > 0:
            share = (float(worth) / norm.line + norm.strength * usual) / (total + norm.strength)
            lift = share / usual
            found.append(Preference(group, share, lift, share * float(np.log(lift)), int(lines[code])))
    return sorted(found, key=lambda each: (-each.excess, each.group))
