"""What follows the items of the latest baskets, one basket on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from recommender.arrays import FloatArray, IntArray
from recommender.config import TransitionConfig
from recommender.interactions import Interactions
from recommender.neighbours import THREADS, Neighbours, Voice, widened
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.linear import Linear

FAINTEST = 1e-3
"""Weight of a basket below which it is left out."""


@dataclass(frozen=True)
class Transitions(Linear):
    """Score of an item = sum over past items of weight * fade^(baskets since) * P(item | past item) around.

    The first-order Markov chain over baskets of Rendle, Freudenthaler and Schmidt-Thieme, "Factorizing
    personalized Markov chains for next-basket recommendation" (WWW 2010), before its factorisation. An item's
    own return is Frequency's to judge.
    """

    source: ClassVar[Source] = "transitions"
    reason: ClassVar[ReasonKind] = "bought_after"
    personal: ClassVar[bool] = True

    followers: Neighbours
    config: TransitionConfig

    @classmethod
    def fit(cls, log: Interactions, config: TransitionConfig) -> "Transitions":
        """From a log with each item once a basket, in order of shoppers and baskets (once_per_basket).

        P(j | i) = sum over pairs of consecutive baskets, i in the first and j in the second, of
        size^-basket_size_exponent, over (baskets with i that had a successor + shrinkage); divided by j's
        baskets^target_exponent. The best `neighbours` of each i are kept.
        """
        before, after = consecutive(log)
        baskets = np.bincount(log.item, minlength=log.n_items)
        items = np.flatnonzero(baskets >= config.min_support)
        followed = np.bincount(before.indices, minlength=log.n_items)[items]
        sizes = np.maximum(np.diff(before.indptr), 1).astype(np.float64)
        sources = _scaled(
            before[:, items], np.power(sizes, -config.basket_size_exponent), 1.0 / _doubted(followed, config)
        )
        targets = _scaled(
            after[:, items],
            np.ones(len(sizes)),
            np.power(baskets[items].astype(np.float64), -config.target_exponent),
        )
        best = sp_matmul_topn(
            sp.csr_matrix(sources.T), sp.csr_matrix(targets), top_n=config.neighbours + 1, n_threads=THREADS
        )
        return cls(Neighbours.of(widened(sp.csr_array(best), items, items, log.n_items)).scaled(), config)

    def voices(self, profile: Profile) -> Sequence[Voice]:
        """The items of the latest baskets; those of older ones keep silent."""
        faded = np.power(self.config.fade, profile.ages.astype(np.float64))
        weights = profile.weights * np.where(faded >= FAINTEST, faded, 0.0)
        return [Voice(self.followers, profile.items, weights)]


def consecutive(log: Interactions) -> tuple[sp.csr_array, sp.csr_array]:
    """Two tables of baskets x items, with a row for every basket that had a successor: it, and that one."""
    n_baskets = int(log.basket.max(initial=-1)) + 1
    shape = (max(1, n_baskets), log.n_items)
    table = sp.csr_array((np.ones(len(log), dtype=np.float32), (log.basket, log.item)), shape=shape)
    shopper = np.full(shape[0], -1)
    shopper[log.basket] = log.shopper
    filled = np.flatnonzero(shopper >= 0)  # a hold-out leaves gaps
    followed = shopper[filled[:-1]] == shopper[filled[1:]]
    return table[filled[:-1][followed]], table[filled[1:][followed]]


def _doubted(counts: IntArray, config: TransitionConfig) -> FloatArray:
    doubted: FloatArray = np.maximum(counts + config.shrinkage, 1e-12)
    return doubted


def _scaled(table: sp.csr_array, rows: FloatArray, columns: FloatArray) -> sp.csr_array:
    return sp.csr_array(sp.diags_array(rows) @ table @ sp.diags_array(columns)).astype(np.float32)
