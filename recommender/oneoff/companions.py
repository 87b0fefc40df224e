"""Item neighbours for many settings at the price of one: what is taken together is counted once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from recommender.arrays import FloatArray, IndexArray, IntArray, WeightArray
from recommender.neighbours import THREADS
from recommender.oneoff import solver
from recommender.oneoff.kernels import Table
from recommender.oneoff.takings import item_counts, powers, row_counts
from recommender.settings import KnnConfig

MOST = 500
"""Companions kept per item, of which a setting prunes the most: more than any setting keeps."""

MOST_IN_ALL = 200_000_000
"""Companions kept of all items together (1.6 GB): where items are very many, fewer of each."""

KEPT_BY = 0.4
"""Discount of frequent items by which they are chosen, in the middle of what settings use."""

CHUNK = 2048  # items a piece of work


@dataclass(frozen=True)
class Companions:
    """together: items x items, sum over shoppers u of x_ui x_uj d_u^-row_exponent, the foremost of each row.

    counts: shoppers an item. Where the matrix behind it is symmetric, a row serves as a column too.
    """

    indptr: IntArray
    indices: IndexArray
    together: WeightArray
    counts: IntArray | FloatArray

    @classmethod
    def fit(cls, takings: sp.csr_array, row_exponent: float) -> Self:
        """takings: as takings.as_takings gives it."""
        rows = powers(row_counts(takings), -row_exponent).astype(np.float32)
        return cls.of(takings, sp.csr_array(sp.diags_array(rows) @ takings), item_counts(takings))

    @classmethod
    def of(
        cls, sources: sp.csr_array, targets: sp.csr_array, counts: IntArray | FloatArray, most: int = MOST
    ) -> Self:
        """together: sources' targets, both rows x items. counts: what discounts an item."""
        most = min(most, max(1, MOST_IN_ALL // max(1, len(counts))))
        columns = powers(counts, -KEPT_BY).astype(np.float32)
        best = sp_matmul_topn(
            sp.csr_matrix(sources.T),
            sp.csr_matrix(targets @ sp.diags_array(columns)),
            top_n=most + 1,
            n_threads=THREADS,
        )
        together = best.data / columns[best.indices]
        return cls(
            best.indptr.astype(np.int64), best.indices.astype(np.int32), together.astype(np.float32), counts
        )

    def table(self, config: KnnConfig) -> Table:
        """W_ij = together_ij d_i^-s d_j^-t, the best k kept per source or target, columns ascending.

        Scaled so that spreading one item gives one item's worth on average. See
        recommender.neighbours.asymmetric_cosine; approximate only where a setting's best neighbours lie
        beyond the companions that were kept.
        """
        by_source = config.prune == "source"
        own, other = config.source_exponent, config.target_exponent
        if not by_source:
            own, other = other, own
        table = self.best(powers(self.counts, -own), powers(self.counts, -other), config.neighbours)
        table = table if by_source else sp.csr_array(table.T)
        table.sort_indices()
        filled = max(1, int((np.diff(table.indptr) > 0).sum()))
        scale = filled / max(float(table.data.sum(dtype=np.float64)), 1e-30)
        return (
            table.indptr.astype(np.int64),
            table.indices.astype(np.int32),
            (table.data * scale).astype(np.float32),
        )

    def best(self, own: FloatArray, other: FloatArray, most: int) -> sp.csr_array:
        """together_ij own_i other_j, the best `most` entries of each row, the diagonal left out."""
        kept = self._pruned(other.astype(np.float32), most)
        values = kept.data * own.astype(np.float32)[_row_of(kept)]
        return sp.csr_array((values, kept.indices, kept.indptr), shape=kept.shape)

    def _pruned(self, discount: WeightArray, most: int) -> sp.csr_array:
        """The best `most` entries of each row by together * discount of the column, the diagonal left out."""
        n_items = len(self.counts)
        columns = np.full((n_items, most), -1, dtype=np.int32)
        values = np.zeros((n_items, most), dtype=np.float32)

        def piece(first: int) -> None:
            last = min(first + CHUNK, n_items)
            solver.keep_best(self.indptr, self.indices, self.together, discount, first, last, columns, values)

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(piece, range(0, n_items, CHUNK)))
        filled = columns >= 0
        indptr = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
        return sp.csr_array((values[filled], columns[filled], indptr), shape=(n_items, n_items))


def _row_of(table: sp.csr_array) -> IntArray:
    return np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
