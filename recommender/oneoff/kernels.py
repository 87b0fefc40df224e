"""The loops that rank items, compiled. They hold no lock, so threads may share the work."""

from typing import cast

import numba
import numpy as np

from recommender.arrays import BoolArray, IndexArray, IntArray, WeightArray
from recommender.kernels import Kernel, compiled

Table = tuple[IntArray, IndexArray, WeightArray]
"""A sparse matrix in CSR form: indptr, indices, values; row = cause, column = what it speaks for."""

Dense = tuple[WeightArray, WeightArray, WeightArray, WeightArray]
"""A spectral term: inward, outward, gram, means (recommender.oneoff.spectral)."""


def compiled_fast(function: Kernel) -> Kernel:
    """Like compiled, with sums in any order, so that they run in vector registers."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, fastmath=True)(function))


@compiled
def accumulate(
    history: IndexArray,
    table: Table,
    board: WeightArray,
    marks: BoolArray,
    touched: IndexArray,
    count: int,
) -> tuple[int, float]:
    """board += the table's rows of the history; returns the number of items touched so far, and the spread.

    touched, marks: the items reached by this and earlier calls, each once, and a mark on each of them. The
    spread is the standard deviation of this sum over all items. `board` is zero before the call.
    """
    indptr, indices, values = table
    for item in history:
        for slot in range(indptr[item], indptr[item + 1]):
            column = indices[slot]
            if not marks[column]:
                marks[column] = True
                touched[count] = column
                count += 1
            board[column] += values[slot]
    total = 0.0
    squares = 0.0
    for place in range(count):
        score = float(board[touched[place]])
        total += score
        squares += score * score
    mean = total / len(board)
    return count, np.sqrt(max(squares / len(board) - mean * mean, 0.0))


@compiled_fast
def direction(history: IndexArray, inward: WeightArray) -> WeightArray:
    """The sum of the history's rows of `inward` (items x rank)."""
    sums = np.zeros(inward.shape[1], dtype=np.float32)
    for item in history:
        for axis in range(inward.shape[1]):
            sums[axis] += inward[item, axis]
    return sums


@compiled_fast
def spread_along(towards: WeightArray, gram: WeightArray, means: WeightArray) -> float:
    """Standard deviation, over all items, of outward @ towards, without going through the items.

    gram: outward.T @ outward / items; means: the column means of outward.
    """
    mean = 0.0
    square = 0.0
    for row in range(len(towards)):
        mean += float(towards[row] * means[row])
        part = np.float32(0.0)
        for column in range(len(towards)):
            part += gram[row, column] * towards[column]
        square += float(part * towards[row])
    return float(np.sqrt(max(square - mean * mean, 0.0)))


@compiled_fast
def dot(left: WeightArray, right: WeightArray) -> float:
    """Inner product of two vectors."""
    total = np.float32(0.0)
    for axis in range(len(left)):
        total += left[axis] * right[axis]
    return float(total)


@compiled
def parts_of(
    history: IndexArray,
    allowed: BoolArray,
    knn: Table,
    ridge: Table,
    spectral: Dense,
    boards: WeightArray,
    marks: BoolArray,
    touched: IndexArray,
) -> tuple[IndexArray, WeightArray]:
    """Allowed items outside the history that a sparse term reaches, and what the three terms give each.

    Each term is divided by its spread over all items for this history, so that the parts are comparable. The
    boards (2 x items, zero) and marks (false) are left as they were found.
    """
    inward, outward, gram, means = spectral
    count, knn_spread = accumulate(history, knn, boards[0], marks, touched, 0)
    count, ridge_spread = accumulate(history, ridge, boards[1], marks, touched, count)
    towards = direction(history, inward)
    spectral_spread = spread_along(towards, gram, means)
    for item in history:
        marks[item] = False
    items = np.empty(count, dtype=np.int32)
    parts = np.zeros((count, 3), dtype=np.float32)
    kept = 0
    for place in range(count):
        item = touched[place]
        if marks[item] and allowed[item]:
            items[kept] = item
            if knn_spread > 0.0:
                parts[kept, 0] = boards[0, item] / knn_spread
            if ridge_spread > 0.0:
                parts[kept, 1] = boards[1, item] / ridge_spread
            if spectral_spread > 0.0:
                parts[kept, 2] = dot(outward[item], towards) / spectral_spread
            kept += 1
        boards[0, item] = boards[1, item] = 0.0
        marks[item] = False
    return items[:kept], parts[:kept]


@compiled
def best_of(items: IndexArray, scores: WeightArray, n: int) -> IntArray:
    """Places of the n highest scores, best first, lower item first among equals."""
    best = np.empty(n, dtype=np.int64)
    size = 0
    for place in range(len(items)):
        score = scores[place]
        slot = size
        while slot > 0:
            other = best[slot - 1]
            if scores[other] > score or (scores[other] == score and items[other] < items[place]):
                break
            slot -= 1
        if slot == n:
            continue
        for later in range(min(size, n - 1), slot, -1):
            best[later] = best[later - 1]
        best[slot] = place
        size = min(size + 1, n)
    return best[:size].copy()


@compiled
def rank_rows(
    indptr: IntArray,
    indices: IndexArray,
    first: int,
    last: int,
    knn: Table,
    ridge: Table,
    spectral: Dense,
    weights: WeightArray,
    ranked: IndexArray,
) -> None:
    """Fills rows first to last of `ranked` with the best unseen items of the histories, as far as they go."""
    n_items = len(knn[0]) - 1
    boards = np.zeros((2, n_items), dtype=np.float32)
    marks = np.zeros(n_items, dtype=np.bool_)
    touched = np.empty(n_items, dtype=np.int32)
    allowed = np.ones(n_items, dtype=np.bool_)
    for row in range(first, last):
        history = indices[indptr[row] : indptr[row + 1]]
        items, parts = parts_of(history, allowed, knn, ridge, spectral, boards, marks, touched)
        scores = parts[:, 0] * weights[0] + parts[:, 1] * weights[1] + parts[:, 2] * weights[2]
        best = best_of(items, scores, ranked.shape[1])
        ranked[row, : len(best)] = items[best]
