"""Known items worth a closer look: those nearest by plain TF-IDF, found once for items described alike."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from recommender.arrays import BoolArray, IntArray, WeightArray
from recommender.config import ContentConfig
from recommender.content.vectors import distinct_rows
from recommender.neighbours import THREADS, widened

POPULARITY_PRIOR = 0.1
CANDIDATES = 60


@dataclass(frozen=True)
class Candidates:
    """table: distinct descriptions x known items, likeness. row_of: every item's description. known: the
    items that the columns are."""

    table: sp.csr_array
    row_of: IntArray
    known: IntArray

    @classmethod
    def of(
        cls, vectors: sp.csr_array, known: BoolArray, popularity: WeightArray, config: ContentConfig
    ) -> "Candidates":
        """vectors: one an item, rows of length 1. The more popular comes first among items equally like."""
        rows, row_of = distinct_rows(vectors)
        prior = 1.0 + POPULARITY_PRIOR * np.sqrt(popularity[known].astype(np.float64))
        targets = sp.csr_array(sp.diags_array(prior) @ rows[row_of[known]])
        best = sp_matmul_topn(
            sp.csr_matrix(rows.astype(np.float32)),
            sp.csr_matrix(targets.T.astype(np.float32)),
            # One more than wanted: an item is its own near neighbour and is dropped afterwards.
            top_n=max(CANDIDATES, config.neighbours) + 1,
            n_threads=THREADS,
        )
        return cls(sp.csr_array(best), row_of, np.flatnonzero(known).astype(np.int64))

    def nearest(self, n: int) -> sp.csr_array:
        """Items x items: every item's n nearest known ones, itself perhaps among them."""
        row = np.repeat(np.arange(self.table.shape[0]), np.diff(self.table.indptr))
        order = np.lexsort((-self.table.data, row))
        kept = order[np.arange(len(row)) - self.table.indptr[row] < n]
        places = (row[kept], self.table.indices[kept])
        narrow = sp.csr_array((self.table.data[kept], places), shape=self.table.shape)
        everything = np.arange(len(self.row_of))
        return widened(sp.csr_array(narrow[self.row_of]), everything, self.known, len(self.row_of))

    def pairs(self, items: IntArray) -> tuple[IntArray, IntArray]:
        """The candidates of some items, without themselves: known items, and the places of those that they
        are like, ascending."""
        rows = sp.csr_array(self.table[self.row_of[items]])
        source, place = self.known[rows.indices], np.repeat(np.arange(len(items)), np.diff(rows.indptr))
        other = source != items[place]
        return source[other], place[other]
