"""Candidates of the hold-out's shoppers: a small stage on which many settings can be compared quickly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IndexArray, IntArray
from recommender.neighbours import THREADS
from recommender.oneoff import judging, kernels
from recommender.oneoff.holdout import HoldOut
from recommender.oneoff.kernels import Dense, Table
from recommender.oneoff.takings import row_counts
from recommender.oneoff.terms import Terms

CHUNK = 64  # shoppers a piece of work
JUDGED = 2048  # the same where a shopper costs next to nothing
Result = TypeVar("Result")


@dataclass(frozen=True)
class Quality:
    """Mean recall and NDCG of each cut."""

    recall: tuple[float, ...]
    ndcg: tuple[float, ...]

    @property
    def worth(self) -> float:
        """What the search maximises: the mean logarithm of all of them.

        So that a gain of one per cent counts the same in either measure and in an easy or a hard cut.
        """
        return float(np.mean(np.log(np.maximum([*self.recall, *self.ndcg], 1e-9))))


@dataclass(frozen=True)
class Pool:
    """Shoppers in the order of HoldOut.shoppers, each with a history and a number of candidates.

    history: item indices, from history_indptr[u]; candidates and hits (1 where held out) from indptr[u].
    taken: items held out, candidates or not. bounds: where each cut's shoppers begin and end.
    """

    history_indptr: IntArray
    history: IndexArray
    indptr: IntArray
    candidates: IndexArray
    hits: FloatArray
    taken: IntArray
    bounds: tuple[tuple[int, int], ...]
    n: int

    @classmethod
    def of(cls, held: HoldOut, terms: Terms, best: int, n: int) -> "Pool":
        """The `best` items of each term of the shoppers of a hold-out, to be judged at n."""
        rest, spared = held.rest[held.shoppers], held.spared[held.shoppers]
        rows = _in_pieces(rest.shape[0], lambda first, last: _candidates(rest, terms, best, first, last))
        found = [row for piece in rows for row in piece]
        indptr = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int64)
        candidates = np.concatenate(found).astype(np.int32)
        shopper = np.repeat(np.arange(len(found)), np.diff(indptr))
        truth = np.repeat(np.arange(len(found)), row_counts(spared)) * terms.n_items + spared.indices
        ends = np.cumsum([0, *(len(group) for group in held.groups)]).tolist()
        return cls(
            rest.indptr.astype(np.int64),
            rest.indices.astype(np.int32),
            indptr,
            candidates,
            np.isin(shopper * terms.n_items + candidates, truth).astype(np.float64),
            row_counts(spared),
            tuple(pairwise(ends)),
            n,
        )

    def sparse_part(self, table: Table) -> FloatArray:
        """What a sparse term gives the candidates, in units of its spread."""
        parts = np.zeros(len(self.candidates))

        def piece(first: int, last: int) -> None:
            judging.sparse_part(
                self.history_indptr, self.history, table, self.indptr, self.candidates, first, last, parts
            )

        _in_pieces(len(self.taken), piece)
        return parts

    def dense_part(self, dense: Dense) -> FloatArray:
        """What a spectral term gives the candidates, in units of its spread."""
        parts = np.zeros(len(self.candidates))

        def piece(first: int, last: int) -> None:
            judging.dense_part(
                self.history_indptr, self.history, dense, self.indptr, self.candidates, first, last, parts
            )

        _in_pieces(len(self.taken), piece)
        return parts

    def judge(self, scores: FloatArray) -> Quality:
        """How good the candidates' order by these scores is."""
        discounts = 1.0 / np.log2(np.arange(2, self.n + 2))
        recall, ndcg = np.zeros(len(self.taken)), np.zeros(len(self.taken))

        def piece(first: int, last: int) -> None:
            some, rows = self.indptr[first : last + 1], slice(first, last)
            recall[rows], ndcg[rows] = judging.quality(scores, self.hits, some, self.taken[rows], discounts)

        _in_pieces(len(self.taken), piece, JUDGED)
        return Quality(
            tuple(float(recall[first:last].mean()) for first, last in self.bounds),
            tuple(float(ndcg[first:last].mean()) for first, last in self.bounds),
        )


def _candidates(rest: sp.csr_array, terms: Terms, best: int, first: int, last: int) -> list[IndexArray]:
    allowed = np.ones(terms.n_items, dtype=np.bool_)
    boards = np.zeros((2, terms.n_items), dtype=np.float32)
    marks = np.zeros(terms.n_items, dtype=np.bool_)
    touched = np.empty(terms.n_items, dtype=np.int32)
    tables = terms.knn, terms.ridge, terms.dense
    found = []
    for shopper in range(first, last):
        history = rest.indices[rest.indptr[shopper] : rest.indptr[shopper + 1]].astype(np.int32)
        items, parts = kernels.parts_of(history, allowed, *tables, boards, marks, touched)
        found.append(np.sort(judging.pool_row(items, parts, best)))
    return found


def _in_pieces(rows: int, work: Callable[[int, int], Result], size: int = CHUNK) -> list[Result]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(lambda first: work(first, min(first + size, rows)), range(0, rows, size)))
