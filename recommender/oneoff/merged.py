"""One sparse matrix that says nearly what the three terms say: what is served where microseconds count."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from recommender.arrays import BoolArray, FloatArray, IndexArray, WeightArray, as_indices
from recommender.errors import InputError
from recommender.neighbours import THREADS
from recommender.oneoff import serving
from recommender.oneoff.kernels import Table
from recommender.oneoff.terms import Terms

NEIGHBOURS = 100
"""Entries kept a row: twice as many take twice the time of a query, and rank better by less than 1 %."""

SAMPLED = 2000  # histories by which the terms' spreads are told
CHUNK = 512  # items, or histories, a piece of work


def merged(terms: Terms, weights: WeightArray, takings: sp.csr_array, neighbours: int = NEIGHBOURS) -> Table:
    """Items x items, row = cause: sum over terms of weight * entry / spread, the best above 0 of each row.

    The model divides each term by its spread for the very history it ranks for; here by the term's typical
    spread (the geometric mean over a sample of `takings`), so that all histories can share one matrix. Pairs
    that neither neighbours nor the ridge regression know are left out.
    """
    scale = (weights / typical_spreads(terms, takings)).astype(np.float32)
    columns = np.full((terms.n_items, neighbours), -1, dtype=np.int32)
    values = np.zeros((terms.n_items, neighbours), dtype=np.float32)
    low_rank = terms.spectral.inward, terms.spectral.outward

    def piece(first: int) -> None:
        last = min(first + CHUNK, terms.n_items)
        serving.merge_rows(terms.knn, terms.ridge, *low_rank, scale, first, last, columns, values)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(piece, range(0, terms.n_items, CHUNK)))
    filled = columns >= 0
    indptr = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    table = sp.csr_array((values[filled], columns[filled], indptr), shape=(terms.n_items,) * 2)
    table.sort_indices()
    return table.indptr.astype(np.int64), table.indices.astype(np.int32), table.data


def typical_spreads(terms: Terms, takings: sp.csr_array) -> FloatArray:
    """Of each term (terms.NAMES): the geometric mean of its spread over all items for a history."""
    filled = np.flatnonzero(np.diff(takings.indptr) > 0)
    some = filled[:: max(1, len(filled) // SAMPLED)]
    indptr, indices = takings.indptr.astype(np.int64), takings.indices.astype(np.int32)
    spreads = serving.spreads_of(indptr, indices, some, terms.knn, terms.ridge, terms.dense)
    typical: FloatArray = np.exp(np.log(np.maximum(spreads, 1e-12)).mean(axis=0))
    return typical


@dataclass(frozen=True)
class SparseRanker:
    """Ranks by the merged matrix alone. popular: all items, the most popular first."""

    table: Table
    popular: IndexArray

    @property
    def n_items(self) -> int:
        return len(self.table[0]) - 1

    def recommend(
        self, history: npt.ArrayLike, n: int = 20, allowed: BoolArray | None = None
    ) -> tuple[IndexArray, WeightArray]:
        """The n best allowed items outside the history and their scores; see OneOffModel.recommend."""
        past = np.unique(as_indices("history", history, self.n_items)).astype(np.int32)
        mask = self._everything if allowed is None else allowed
        if mask.dtype != np.bool_ or mask.shape != (self.n_items,):
            raise InputError("allowed", f"must hold {self.n_items} truth values")
        board = np.zeros(self.n_items, dtype=np.float32)
        items, scores = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.float32)
        found = serving.best_of_table(past, *self.table, mask, board, items, scores)
        rest = fill(self.popular, items[:found], past, mask, n - found)
        return np.concatenate([items[:found], rest]), np.append(scores[:found], np.zeros_like(rest))

    def recommend_many(self, histories: Any, n: int = 20, threads: int = THREADS) -> IndexArray:
        """The n best unseen items of each row of a matrix of takings, then the most popular; -1 where the
        catalogue holds no more."""
        indptr, indices = histories.indptr.astype(np.int64), histories.indices.astype(np.int32)
        ranked = np.full((len(indptr) - 1, min(n, self.n_items)), -1, dtype=np.int32)

        def piece(first: int) -> None:
            last = min(first + CHUNK, len(ranked))
            serving.rank_rows(indptr, indices, first, last, *self.table, self._everything, ranked)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(piece, range(0, len(ranked), CHUNK)))
        fill_rows(self.popular, ranked, histories)
        return ranked

    @cached_property
    def _everything(self) -> BoolArray:
        return np.ones(self.n_items, dtype=np.bool_)


def fill(popular: IndexArray, taken: IndexArray, past: IndexArray, mask: BoolArray, n: int) -> IndexArray:
    """The n most popular of the allowed items that are neither taken already nor in the past."""
    if n <= 0:
        return np.zeros(0, dtype=np.int32)
    free = mask.copy()
    free[taken] = False
    free[past] = False
    return popular[free[popular]][:n]


def fill_rows(popular: IndexArray, ranked: IndexArray, histories: Any) -> None:
    """Puts the most popular other items into the places of `ranked` (rows x n) that hold -1, at their end."""
    n = ranked.shape[1]
    for row in np.flatnonzero((ranked < 0).any(axis=1)):
        known = ranked[row][ranked[row] >= 0]
        past = histories.indices[histories.indptr[row] : histories.indptr[row + 1]]
        foremost = popular[: n + len(past)]
        free = foremost[~np.isin(foremost, np.concatenate([past, known]))][: n - len(known)]
        ranked[row, len(known) : len(known) + len(free)] = free
