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
        pairs = Pairs.of(log, config)
        best = sp_matmul_topn(
            sp.csr_matrix((pairs.before @ sp.diags_array(pairs.certainty(config))).T.astype(np.float32)),
            sp.csr_matrix((pairs.after @ sp.diags_array(pairs.rarity(config))).astype(np.float32)),
            top_n=config.neighbours + 1,
            n_threads=THREADS,
        )
        return cls(pairs.neighbours(sp.csr_array(best)), config)

    def voices(self, profile: Profile) -> Sequence[Voice]:
        """The items of the latest baskets; those of older ones keep silent."""
        faded = np.power(self.config.fade, profile.ages.astype(np.float64))
        weights = profile.weights * np.where(faded >= FAINTEST, faded, 0.0)
        return [Voice(self.followers, profile.items, weights)]


@dataclass(frozen=True)
class Pairs:
    """Consecutive baskets, row by row, over the items that lie in enough of them.

    before: weighed by basket size. followed: of each item, the baskets that had a successor; baskets: all.
    """

    before: sp.csr_array
    after: sp.csr_array
    items: IntArray
    followed: IntArray
    baskets: IntArray
    n_items: int

    @classmethod
    def of(cls, log: Interactions, config: TransitionConfig) -> "Pairs":
        """From a log with each item once a basket, in order of shoppers and baskets (once_per_basket)."""
        before, after = consecutive(log)
        baskets = np.bincount(log.item, minlength=log.n_items)
        followed = np.bincount(before.indices, minlength=log.n_items)
        items = np.flatnonzero(baskets >= config.min_support)
        sizes = np.maximum(np.diff(before.indptr), 1).astype(np.float64)
        weighed = sp.diags_array(np.power(sizes, -config.basket_size_exponent)) @ before[:, items]
        narrow = sp.csr_array(weighed).astype(np.float32)
        return cls(narrow, after[:, items], items, followed[items], baskets[items], log.n_items)

    def certainty(self, config: TransitionConfig) -> FloatArray:
        """Of each item as one that is followed."""
        certainty: FloatArray = 1.0 / np.maximum(self.followed + config.shrinkage, 1e-12)
        return certainty

    def rarity(self, config: TransitionConfig) -> FloatArray:
        """Of each item as one that follows."""
        return np.power(self.baskets.astype(np.float64), -config.target_exponent)

    def neighbours(self, narrow: sp.csr_array) -> Neighbours:
        """Followers, from a matrix over these items alone."""
        return Neighbours.of(widened(narrow, self.items, self.items, self.n_items)).scaled()


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
