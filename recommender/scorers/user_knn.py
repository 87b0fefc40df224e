"""What the shoppers most like this one took. For comparison: it needs every training shopper's takings.

docs/decisions/0004 keeps shoppers out of the served model. Little is lost: summed over all shoppers instead
of the k most alike, cosine user-kNN is linear in the history, and is the item-item matrix X' D X (X the
takings, D = 1 / norm of each row), which recommender.neighbours prunes by item instead of by shopper.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IntArray
from recommender.config import UserKnnConfig
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions


@dataclass(frozen=True)
class UserKnn:
    """Score of an item = sum over the k training shoppers most alike of likeness * what they took of it.

    takings: shoppers x items, at least 0. Likeness is the cosine (Sarwar et al., "Analysis of recommendation
    algorithms for e-commerce", EC 2000) or Pearson's correlation over all items (Resnick et al., "GroupLens",
    CSCW 1994); only positive ones count. It is taken times the length of the shopper's own vector, which
    changes no order and makes the score grow with the history.

    A shopper without one of their items has other neighbours, so that a score may rise: this scorer keeps
    every promise of the contract but that one.
    """

    source: ClassVar[Source] = "user_knn"
    reason: ClassVar[ReasonKind] = "bought_with"
    personal: ClassVar[bool] = True

    takings: sp.csr_array
    config: UserKnnConfig

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """What the neighbours took."""
        neighbours, likeness = self._neighbours(profile)
        board += weight * (self.takings[neighbours].T @ likeness)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The past items by which the neighbours are alike: each likeness is shared out over the products of
        which its covariance is the sum."""
        neighbours, likeness = self._neighbours(profile)
        shared = self.takings[neighbours][:, profile.items].toarray() * profile.weights
        shares = shared / np.maximum(shared.sum(axis=1, keepdims=True), 1e-300)
        given = (shares * likeness[:, None]).T @ self.takings[neighbours][:, items].toarray()
        return [Contributions.of(profile.items, given[:, at]) for at in range(len(items))]

    def _neighbours(self, profile: Profile) -> tuple[IntArray, FloatArray]:
        """The most alike first, lower index first among equals; and how much alike."""
        own = np.zeros(self.takings.shape[1])
        own[profile.items] = profile.weights
        covariance = self.takings @ own - self._means * own.sum() * self._correlated
        likeness = covariance / self._lengths
        best = np.argsort(-likeness, kind="stable")[: self.config.neighbours]
        best = best[likeness[best] > 0.0]
        return best, likeness[best]

    @property
    def _correlated(self) -> float:
        return float(self.config.likeness == "pearson")

    @cached_property
    def _means(self) -> FloatArray:
        means: FloatArray = np.asarray(self.takings.mean(axis=1), dtype=np.float64).ravel()
        return means

    @cached_property
    def _lengths(self) -> FloatArray:
        squares = np.asarray(self.takings.power(2).sum(axis=1), dtype=np.float64).ravel()
        spread = squares - self._correlated * self.takings.shape[1] * self._means**2
        lengths: FloatArray = np.sqrt(np.maximum(spread, 1e-12))
        return lengths
