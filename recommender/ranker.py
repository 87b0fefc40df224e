"""From scores to a slate: who may stand on it, in which order, and how many of one kind."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender import kernels
from recommender.arrays import BoolArray, FloatArray, IndexArray
from recommender.catalogue import Labels
from recommender.config import RankConfig

POOL = 10  # best items looked at for each place on the slate


@dataclass(frozen=True)
class Ranker:
    """Ranks every allowed item exactly; then spares the slate too much of one category or department."""

    category: Labels
    department: Labels
    config: RankConfig

    def top(self, board: FloatArray, allowed: BoolArray, n: int) -> IndexArray:
        """At most n allowed item indices, best first, lower index first among equals.

        A limit is lifted only where the best 10 n items hold nothing else to show; items without a label are
        never limited.
        """
        n = min(n, len(board))
        shares = (self.config.category_share, self.config.department_share)
        most = np.array([max(1, math.ceil(share * n)) for share in shares])
        if (most >= n).all():
            return kernels.best_first(board, allowed, n)
        pool = kernels.best_first(board, allowed, min(POOL * n, len(board)))
        return kernels.spare(pool, self._codes, self._n_codes, most, n)

    @property
    def _n_codes(self) -> int:
        return max(len(self.category.names), len(self.department.names))

    @cached_property
    def _codes(self) -> IndexArray:
        """Category and department of every item, -1 where unknown."""
        rows = [
            np.where(labels.names[labels.codes] == "", -1, labels.codes)
            for labels in (self.category, self.department)
        ]
        return np.array(rows, dtype=np.int32)
