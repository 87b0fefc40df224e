"""The loops that judge settings on a pool of candidates, compiled."""

import numpy as np

from recommender.arrays import FloatArray, IndexArray, IntArray, WeightArray
from recommender.kernels import compiled
from recommender.oneoff.kernels import Dense, Table, accumulate, best_of, direction, dot, spread_along


@compiled
def pool_row(items: IndexArray, parts: WeightArray, n: int) -> IndexArray:
    """The n best by each term alone and by their plain sum, each once."""
    chosen = np.zeros(len(items), dtype=np.bool_)
    for term in range(parts.shape[1]):
        chosen[best_of(items, parts[:, term].copy(), n)] = True
    chosen[best_of(items, parts.sum(axis=1), n)] = True
    return items[chosen]


@compiled
def sparse_part(
    history_indptr: IntArray,
    history: IndexArray,
    table: Table,
    candidate_indptr: IntArray,
    candidates: IndexArray,
    first: int,
    last: int,
    parts: FloatArray,
) -> None:
    """Fills `parts`, parallel to `candidates`, with what a sparse term gives them, in units of its spread."""
    n_items = len(table[0]) - 1
    board = np.zeros(n_items, dtype=np.float32)
    marks = np.zeros(n_items, dtype=np.bool_)
    touched = np.empty(n_items, dtype=np.int32)
    for row in range(first, last):
        past = history[history_indptr[row] : history_indptr[row + 1]]
        count, spread = accumulate(past, table, board, marks, touched, 0)
        for slot in range(candidate_indptr[row], candidate_indptr[row + 1]):
            parts[slot] = board[candidates[slot]] / spread if spread > 0.0 else 0.0
        for place in range(count):
            board[touched[place]] = 0.0
            marks[touched[place]] = False


@compiled
def dense_part(
    history_indptr: IntArray,
    history: IndexArray,
    spectral: Dense,
    candidate_indptr: IntArray,
    candidates: IndexArray,
    first: int,
    last: int,
    parts: FloatArray,
) -> None:
    """The same for the spectral term."""
    inward, outward, gram, means = spectral
    for row in range(first, last):
        towards = direction(history[history_indptr[row] : history_indptr[row + 1]], inward)
        spread = spread_along(towards, gram, means)
        for slot in range(candidate_indptr[row], candidate_indptr[row + 1]):
            parts[slot] = dot(outward[candidates[slot]], towards) / spread if spread > 0.0 else 0.0


@compiled
def quality(
    scores: FloatArray, hits: FloatArray, indptr: IntArray, taken: IntArray, discounts: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Recall and NDCG of each shopper at len(discounts); ties count against the hit.

    scores, hits (1 or 0): candidates, those of one shopper from indptr[u] to indptr[u + 1]. taken: how many
    items each shopper really took, candidates or not.
    """
    n = len(discounts)
    recall = np.zeros(len(taken))
    gain = np.zeros(len(taken))
    for shopper in range(len(taken)):
        ideal = 0.0
        for place in range(min(n, taken[shopper])):
            ideal += discounts[place]
        for hit in range(indptr[shopper], indptr[shopper + 1]):
            if hits[hit] == 0.0:
                continue
            rank = 0
            for other in range(indptr[shopper], indptr[shopper + 1]):
                if other != hit and scores[other] >= scores[hit]:
                    rank += 1
            if rank < n:
                recall[shopper] += 1.0 / taken[shopper]
                gain[shopper] += discounts[rank] / ideal
    return recall, gain
