"""The loops of the merged matrix, compiled. They hold no lock, so threads may share the work."""

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray, WeightArray
from recommender.kernels import compiled
from recommender.oneoff.kernels import Dense, Table, accumulate, direction, dot, spread_along


@compiled
def best_of_table(
    history: IndexArray,
    indptr: IntArray,
    indices: IndexArray,
    values: WeightArray,
    allowed: BoolArray,
    board: WeightArray,
    items: IndexArray,
    scores: WeightArray,
) -> int:
    """Fills `items` and `scores` with the best allowed items outside a history of distinct items; how many.

    Best first, lower item first among equals. Only scores above 0 count. The board (one place an item) is
    zero before and after. Two passes over the same rows, which the second finds in the cache: the first adds
    up; the second takes each sum off the board, so that no item comes twice and no list of them is needed.
    """
    n = len(items)
    for item in history:
        for slot in range(indptr[item], indptr[item + 1]):
            board[indices[slot]] += values[slot]
    for item in history:
        board[item] = np.float32(0.0)
    size = 0
    bound = np.float32(0.0)
    for item in history:
        for slot in range(indptr[item], indptr[item + 1]):
            column = indices[slot]
            score = board[column]
            board[column] = np.float32(0.0)
            if score < bound or score <= np.float32(0.0) or not allowed[column]:
                continue
            place = size
            while place > 0 and (
                scores[place - 1] < score or (scores[place - 1] == score and items[place - 1] > column)
            ):
                place -= 1
            if place == n:
                continue
            size = min(size + 1, n)
            for later in range(size - 1, place, -1):
                scores[later] = scores[later - 1]
                items[later] = items[later - 1]
            scores[place] = score
            items[place] = column
            if size == n:
                bound = scores[n - 1]
    return size


@compiled
def rank_rows(
    history_indptr: IntArray,
    histories: IndexArray,
    first: int,
    last: int,
    indptr: IntArray,
    indices: IndexArray,
    values: WeightArray,
    allowed: BoolArray,
    ranked: IndexArray,
) -> None:
    """Fills rows first to last of `ranked` with the best unseen items of the histories, as far as they go."""
    board = np.zeros(len(allowed), dtype=np.float32)
    scores = np.empty(ranked.shape[1], dtype=np.float32)
    for row in range(first, last):
        history = histories[history_indptr[row] : history_indptr[row + 1]]
        best_of_table(history, indptr, indices, values, allowed, board, ranked[row], scores)


@compiled
def merge_rows(
    knn: Table,
    ridge: Table,
    inward: WeightArray,
    outward: WeightArray,
    scale: WeightArray,
    first: int,
    last: int,
    columns: IndexArray,
    values: WeightArray,
) -> None:
    """Rows first to last of the merged matrix: see merged.merged."""
    n_items = len(knn[0]) - 1
    board = np.zeros(n_items, dtype=np.float32)
    reached = np.zeros(n_items, dtype=np.bool_)
    touched = np.empty(n_items, dtype=np.int32)
    for row in range(first, last):
        count = 0
        for term in range(2):
            table = knn if term == 0 else ridge
            for slot in range(table[0][row], table[0][row + 1]):
                column = table[1][slot]
                if not reached[column]:
                    reached[column] = True
                    touched[count] = column
                    count += 1
                board[column] += scale[term] * table[2][slot]
        sums = np.empty(count, dtype=np.float32)
        for place in range(count):
            column = touched[place]
            sums[place] = board[column] + scale[2] * np.float32(dot(inward[row], outward[column]))
            board[column] = np.float32(0.0)
            reached[column] = False
        kept_of(row, touched[:count], sums, columns, values)


@compiled
def kept_of(
    row: int, touched: IndexArray, sums: WeightArray, columns: IndexArray, values: WeightArray
) -> None:
    """The best sums above 0 of one row, in the order in which they come."""
    most = columns.shape[1]
    bound = np.float32(0.0)
    if len(sums) > most:
        bound = max(bound, np.partition(sums, len(sums) - most)[len(sums) - most])
    kept = 0
    for place in range(len(sums)):
        if sums[place] > np.float32(0.0) and sums[place] >= bound and kept < most and touched[place] != row:
            columns[row, kept] = touched[place]
            values[row, kept] = sums[place]
            kept += 1


@compiled
def spreads_of(
    indptr: IntArray, histories: IndexArray, rows: IntArray, knn: Table, ridge: Table, spectral: Dense
) -> FloatArray:
    """Rows x terms: each term's standard deviation over all items for these histories."""
    n_items = len(knn[0]) - 1
    board = np.zeros(n_items, dtype=np.float32)
    marks = np.zeros(n_items, dtype=np.bool_)
    touched = np.empty(n_items, dtype=np.int32)
    inward, _, gram, means = spectral
    spreads = np.zeros((len(rows), 3))
    for place in range(len(rows)):
        history = histories[indptr[rows[place]] : indptr[rows[place] + 1]]
        for term in range(2):
            count, spreads[place, term] = accumulate(
                history, knn if term == 0 else ridge, board, marks, touched, 0
            )
            for at in range(count):
                board[touched[at]] = np.float32(0.0)
                marks[touched[at]] = False
        spreads[place, 2] = spread_along(direction(history, inward), gram, means)
    return spreads
