"""The three terms of the one-off model, and how each is fitted."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from recommender.arrays import WeightArray
from recommender.oneoff.config import TermWeights
from recommender.oneoff.kernels import Dense, Table
from recommender.oneoff.spectral import Spectral

NAMES = ("knn", "ridge", "spectral")


@dataclass(frozen=True)
class Terms:
    """What the model adds up: two sparse item-item tables and a low-rank one."""

    knn: Table
    ridge: Table
    spectral: Spectral

    @property
    def n_items(self) -> int:
        return len(self.knn[0]) - 1

    @cached_property
    def dense(self) -> Dense:
        """The spectral term as the kernels take it."""
        return dense_of(self.spectral)


def ridge_table(weights: sp.csr_array) -> Table:
    """What recommender.oneoff.ridge solved, as the kernels take it."""
    return weights.indptr.astype(np.int64), weights.indices.astype(np.int32), weights.data.astype(np.float32)


def dense_of(spectral: Spectral) -> Dense:
    """inward, outward, gram and means."""
    return spectral.inward, spectral.outward, spectral.gram, spectral.means


def as_array(weights: TermWeights) -> WeightArray:
    """One weight a term, in the order of NAMES."""
    return np.array([getattr(weights, name) for name in NAMES], dtype=np.float32)
