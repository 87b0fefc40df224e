"""Item-item neighbours: a pruned matrix of likenesses, and how it is computed from co-occurrence."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise
from typing import NamedTuple, Self

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from recommender import kernels
from recommender.arrays import AnyArray, FloatArray, IndexArray, IntArray, WeightArray
from recommender.settings import KnnConfig

THREADS = 2


@dataclass(frozen=True)
class Neighbours:
    """Likeness of items as a square CSR matrix: row = cause, column = what it speaks for.

    Values are positive, the diagonal is empty, columns ascend within a row. rows: where these neighbours are
    a part of a larger matrix (recommender.relations), the row of it that is each item's; else None.
    """

    indptr: IntArray
    indices: IndexArray
    values: WeightArray
    rows: range | None = None

    @property
    def n_items(self) -> int:
        return len(self.rows) if self.rows else len(self.indptr) - 1

    @property
    def empty(self) -> bool:
        """Whether no item says anything."""
        return bool(np.array_equal(self.indptr[self._slice], self.indptr[1:][self._slice]))

    @classmethod
    def of(cls, matrix: sp.csr_array) -> Self:
        """From any square sparse matrix of non-negative likenesses; its diagonal is dropped."""
        entries = sp.coo_array(matrix)
        kept = (entries.row != entries.col) & (entries.data > 0)
        row, column, value = entries.row[kept], entries.col[kept], entries.data[kept]
        order = np.lexsort((column, row))
        counts = np.bincount(row, minlength=matrix.shape[0])
        return cls(
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            column[order].astype(np.int32),
            value[order].astype(np.float32),
        )

    @classmethod
    def none(cls, n_items: int) -> Self:
        """Of items that say nothing."""
        return cls(np.zeros(n_items + 1, dtype=np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))

    def arrays(self) -> dict[str, AnyArray]:
        return {"indptr": self.indptr, "indices": self.indices, "values": self.values}

    def matrix(self) -> sp.csr_array:
        """The same as a SciPy matrix, items x items."""
        shape = (len(self.indptr) - 1, self.n_items)
        return sp.csr_array((self.values, self.indices, self.indptr), shape=shape)[self._slice]

    def row(self, item: int) -> tuple[IndexArray, WeightArray]:
        """What one item speaks for, highest value first."""
        part = self._part(item)
        order = np.argsort(-self.values[part], kind="stable")
        return self.indices[part][order], self.values[part][order]

    def peaks(self, items: IntArray) -> FloatArray:
        """The highest value of each item's row, 1 where the row is empty."""
        rows = (self.values[self._part(item)] for item in items.tolist())
        return np.array([row.max() if len(row) else 1.0 for row in rows], dtype=np.float64)

    def rows_of(self, items: IntArray) -> IntArray:
        """The rows of the matrix that these items' are."""
        return items if self.rows is None else self.rows.start + self.rows.step * items

    def scaled(self) -> Self:
        """Divided by the mean row sum, so that spreading one line gives one line's worth on average."""
        filled = int((np.diff(self.indptr) > 0).sum())
        total = float(self.values.sum(dtype=np.float64))
        if filled == 0 or total == 0.0:
            return self
        return type(self)(self.indptr, self.indices, (self.values * (filled / total)).astype(np.float32))

    @property
    def _slice(self) -> slice:
        return slice(self.rows.start, self.rows.stop, self.rows.step) if self.rows else slice(0, self.n_items)

    def _part(self, item: int) -> slice:
        row = self.rows[item] if self.rows else item
        return slice(int(self.indptr[row]), int(self.indptr[row + 1]))


class Voice(NamedTuple):
    """Items that speak for their neighbours, and with what weight each."""

    neighbours: Neighbours
    sources: IntArray
    weights: FloatArray


Given = tuple[IntArray, FloatArray]
"""The items that spoke for another, and what each gave it: weight * likeness, above 0."""


def spread(board: FloatArray, voices: Sequence[Voice]) -> None:
    """Adds to every item's place on the board the sum over voices and sources of weight * likeness.

    Voices of the same sources out of one matrix are read source by source: there the rows of an item lie side
    by side, so that all it has to say is read in one go.
    """
    for places in _choirs(voices):
        matrix, rows, weights = _together([voices[place] for place in places])
        kernels.spread(board, rows, weights, matrix.indptr, matrix.indices, matrix.values)


def gather(items: IntArray, voices: Sequence[Voice]) -> list[list[Given]]:
    """What spread adds up for each of a few distinct items, taken apart: for every voice, one Given an
    item."""
    found: list[list[Given]] = [[] for _ in voices]
    for places in _choirs(voices):
        matrix, rows, weights = _together([voices[place] for place in places])
        starts, causes, parts = kernels.gather(
            items, rows, weights, len(places), matrix.indptr, matrix.indices, matrix.values, matrix.n_items
        )
        causes = voices[places[0]].sources[causes]
        bounds = pairwise(starts.tolist())
        for (low, high), place in zip(bounds, cycle(places), strict=False):
            found[place].append((causes[low:high], parts[low:high]))
    return found


def _choirs(voices: Sequence[Voice]) -> list[list[int]]:
    """Places of the voices that can be read together: those of the same sources out of one matrix."""
    choirs: dict[tuple[int, int], list[int]] = {}
    for place, voice in enumerate(voices):
        choirs.setdefault((id(voice.neighbours.values), id(voice.sources)), []).append(place)
    return list(choirs.values())


def _together(voices: Sequence[Voice]) -> tuple[Neighbours, IntArray, FloatArray]:
    """A choir's matrix, and its rows and weights, source by source."""
    rows = np.stack([voice.neighbours.rows_of(voice.sources) for voice in voices], axis=1)
    weights = np.stack([voice.weights for voice in voices], axis=1)
    return voices[0].neighbours, rows.ravel(), weights.ravel()


def item_neighbours(takings: sp.csr_array, config: KnnConfig) -> Neighbours:
    """By the likeness that the settings name."""
    return (adjusted_cosine if config.likeness == "adjusted" else asymmetric_cosine)(takings, config)


def adjusted_cosine(takings: sp.csr_array, config: KnnConfig) -> Neighbours:
    """W_ij = sum_u (x_ui - m_u)(x_uj - m_u) / (|x_i| |x_j|), where positive; the best k kept.

    takings: shoppers x items; m_u: the mean of a shopper's weights; sums over shoppers who took both, norms
    over all takers of an item. Sarwar et al., "Item-based collaborative filtering recommendation algorithms"
    (WWW 2001). Where all takings weigh the same, nothing is above average, and there are no neighbours.
    """
    supported = supported_items(takings, config)
    counts = np.diff(takings.indptr)
    means = np.asarray(takings.sum(axis=1), dtype=np.float64).ravel() / np.maximum(counts, 1)
    centred = takings.copy()
    centred.data = takings.data - np.repeat(means, counts)
    narrow = centred[:, supported]
    norms = np.sqrt(np.asarray(narrow.power(2).sum(axis=0)).ravel())
    unit = scaled_table(narrow, np.ones(narrow.shape[0]), 1.0 / np.maximum(norms, 1e-12))
    return _best(unit, unit, supported, takings.shape[1], config)


def asymmetric_cosine(takings: sp.csr_array, config: KnnConfig) -> Neighbours:
    """W_ij = sum over rows u of x_ui x_uj d_u^-r d_i^-s d_j^-t, the best k kept per source or target.

    takings: rows (shoppers or baskets) x items, values at least 0. d_u and d_i are row and column sums; r, s,
    t the row, source and target exponents. With binary x, r = 0 and s = t = 1/2 it is the cosine; the
    asymmetric form is that of Aiolli, "Efficient top-N recommendation for very large scale binary rated
    datasets" (RecSys 2013), with a discount of long rows added.
    """
    supported = supported_items(takings, config)
    rows = np.asarray(takings.sum(axis=1), dtype=np.float64).ravel()
    columns = np.asarray(takings.sum(axis=0), dtype=np.float64).ravel()[supported]
    narrow = takings[:, supported]
    sources = scaled_table(
        narrow, discount(rows, config.row_exponent), discount(columns, config.source_exponent)
    )
    targets = scaled_table(narrow, np.ones(len(rows)), discount(columns, config.target_exponent))
    return _best(sources, targets, supported, takings.shape[1], config)


def supported_items(takings: sp.csr_array, config: KnnConfig) -> IntArray:
    takers = np.bincount(takings.indices, minlength=takings.shape[1])
    return np.flatnonzero(takers >= config.min_support)


def _best(
    sources: sp.csr_array, targets: sp.csr_array, supported: IntArray, n_items: int, config: KnnConfig
) -> Neighbours:
    """The largest entries of sources' targets, over the supported items, widened to all."""
    if config.prune == "target":
        sources, targets = targets, sources
    # One more than asked for: an item is its own near neighbour and is dropped afterwards.
    best = sp_matmul_topn(
        sp.csr_matrix(sources.T), sp.csr_matrix(targets), top_n=config.neighbours + 1, n_threads=THREADS
    )
    if config.prune == "target":
        best = best.T
    return Neighbours.of(widened(sp.csr_array(best), supported, supported, n_items)).scaled()


def widened(matrix: sp.csr_array, rows: IntArray, columns: IntArray, n_items: int) -> sp.csr_array:
    """The same entries in a square matrix over all items: row r moves to rows[r], column c to columns[c]."""
    entries = sp.coo_array(matrix)
    places = (rows[entries.row], columns[entries.col])
    return sp.csr_array((entries.data, places), shape=(n_items, n_items))


def discount(sums: FloatArray, exponent: float) -> FloatArray:
    scale: FloatArray = np.where(sums > 0, np.maximum(sums, 1e-12) ** -exponent, 0.0)
    return scale


def scaled_table(table: sp.csr_array, rows: FloatArray, columns: FloatArray) -> sp.csr_array:
    return sp.csr_array(sp.diags_array(rows) @ table @ sp.diags_array(columns)).astype(np.float32)
