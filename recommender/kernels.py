"""The loops that run per query, compiled. All take and return plain arrays; none allocates shared state."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np

from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray, WeightArray

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """numba.njit with an on-disk cache: compiled once per machine, not once per process.

    What is compiled must not call np.sort or np.argsort: they are made of functions of one name, which caches
    written by different processes mistake for one another (numba issue 10486). Sort before or after.
    """
    return cast(Kernel, numba.njit(cache=True, nogil=True)(function))


@compiled
def fold_lines(
    item: IntArray,
    baskets_ago: IntArray,
    basket_size: IntArray,
    day: FloatArray,
    now: float,
    day_rate: float,
    basket_rate: float,
    size_exponent: float,
    order: IntArray,
) -> tuple[IntArray, FloatArray, IntArray, FloatArray, FloatArray]:
    """Distinct items (ascending), their summed line weights, baskets, first and last day: see profile.build.

    Rates are the inverse of half-lives. order: the lines by item, and by basket within an item.
    """
    items = np.empty(len(item), dtype=np.int64)
    weights = np.zeros(len(item))
    times = np.zeros(len(item), dtype=np.int64)
    first_day = np.empty(len(item))
    last_day = np.empty(len(item))
    count = 0
    basket = -1
    for line in order:
        if count == 0 or items[count - 1] != item[line]:
            items[count] = item[line]
            first_day[count] = last_day[count] = day[line]
            count += 1
        elif basket == baskets_ago[line]:
            continue
        basket = baskets_ago[line]
        age = max(now - day[line], 0.0)
        weights[count - 1] += (
            2.0 ** (-age * day_rate - basket * basket_rate) * basket_size[line] ** -size_exponent
        )
        times[count - 1] += 1
        first_day[count - 1] = min(first_day[count - 1], day[line])
        last_day[count - 1] = max(last_day[count - 1], day[line])
    return items[:count], weights[:count], times[:count], first_day[:count], last_day[:count]


@compiled
def spread(
    board: FloatArray,
    rows: IntArray,
    weights: FloatArray,
    indptr: IntArray,
    indices: IndexArray,
    values: WeightArray,
) -> None:
    """board += weights times the given rows of a matrix in CSR form."""
    for place in range(len(rows)):
        row = rows[place]
        weight = weights[place]
        if weight == 0.0:
            continue
        for slot in range(indptr[row], indptr[row + 1]):
            board[indices[slot]] += weight * values[slot]


@compiled
def gather(
    columns: IntArray,
    rows: IntArray,
    weights: FloatArray,
    n_voices: int,
    indptr: IntArray,
    indices: IndexArray,
    values: WeightArray,
    n_items: int,
) -> tuple[IntArray, IntArray, FloatArray]:
    """What `spread` adds up for each of a few distinct columns, told apart by voice.

    rows, weights: those of the voices in turn, source by source. Returns, in CSR form with a row for each
    voice of each column asked for: row starts, the sources with an entry above 0 (their places), and weight
    times entry for each.
    """
    place_of = np.full(n_items, -1, dtype=np.int32)
    place_of[columns] = np.arange(len(columns))
    starts = np.zeros(len(columns) * n_voices + 1, dtype=np.int64)
    found_by, found_for = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int64)
    found = np.empty(1024)
    count = 0
    for at in range(len(rows)):
        if weights[at] == 0.0:
            continue
        for slot in range(indptr[rows[at]], indptr[rows[at] + 1]):
            place = place_of[indices[slot]]
            if place < 0 or weights[at] * values[slot] <= 0.0:
                continue
            if count == len(found):
                found_by = np.append(found_by, np.empty_like(found_by))
                found_for = np.append(found_for, np.empty_like(found_for))
                found = np.append(found, np.empty_like(found))
            key = place * n_voices + at % n_voices
            starts[key + 1] += 1
            found_by[count], found_for[count] = at // n_voices, key
            found[count] = weights[at] * values[slot]
            count += 1
    starts = np.cumsum(starts)
    ends = starts.copy()
    places = np.empty(count, dtype=np.int64)
    parts = np.empty(count)
    for at in range(count):
        end = ends[found_for[at]]
        places[end], parts[end] = found_by[at], found[at]
        ends[found_for[at]] += 1
    return starts, places, parts


@compiled
def best_first(board: FloatArray, allowed: BoolArray, n: int) -> IndexArray:
    """Indices of the n highest allowed scores, best first, lower index first among equals.

    A binary heap of n entries with the worst kept one on top: one pass over the items.
    """
    heap = np.empty(n, dtype=np.int32)
    size = 0
    for item in range(len(board)):
        if not allowed[item]:
            continue
        if size < n:
            child = size
            size += 1
            heap[child] = item
            while child > 0:
                parent = (child - 1) // 2
                # Items come in index order, so among equals the newcomer is always the worse one.
                if board[heap[parent]] < board[heap[child]]:
                    break
                heap[parent], heap[child] = heap[child], heap[parent]
                child = parent
        elif board[item] > board[heap[0]]:
            heap[0] = item
            _sink(heap, size, board)
    for last in range(size - 1, 0, -1):
        heap[0], heap[last] = heap[last], heap[0]
        _sink(heap, last, board)
    return heap[:size].copy()


@compiled
def spare(pool: IndexArray, codes: IndexArray, n_codes: int, most: IntArray, n: int) -> IndexArray:
    """The first n of the pool that keep within the limits; where they run out, the best of the others follow.

    codes: one row a kind of label, one column an item, all below n_codes; below 0 there is no limit. most:
    how many items of one label, for each kind.
    """
    counts = np.zeros((len(most), n_codes), dtype=np.int64)
    taken = np.empty(n, dtype=np.int32)
    spared = np.empty(len(pool), dtype=np.int32)
    n_taken = n_spared = 0
    for item in pool:
        if n_taken == n:
            break
        full = False
        for kind in range(len(most)):
            code = codes[kind, item]
            full = full or (code >= 0 and counts[kind, code] >= most[kind])
        if full:
            spared[n_spared] = item
            n_spared += 1
            continue
        for kind in range(len(most)):
            if codes[kind, item] >= 0:
                counts[kind, codes[kind, item]] += 1
        taken[n_taken] = item
        n_taken += 1
    rest = min(n - n_taken, n_spared)
    taken[n_taken : n_taken + rest] = spared[:rest]
    return taken[: n_taken + rest]


@compiled
def _worse(board: FloatArray, left: int, right: int) -> bool:
    if board[left] != board[right]:
        return bool(board[left] < board[right])
    return left > right


@compiled
def _sink(heap: IndexArray, size: int, board: FloatArray) -> None:
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            return
        if child + 1 < size and _worse(board, heap[child + 1], heap[child]):
            child += 1
        if not _worse(board, heap[child], heap[place]):
            return
        heap[place], heap[child] = heap[child], heap[place]
        place = child


@compiled
def match_words(
    rows: IntArray,
    certainty: FloatArray,
    group_of: IntArray,
    indptr: IntArray,
    indices: IndexArray,
    values: WeightArray,
    n_items: int,
) -> tuple[FloatArray, IntArray]:
    """Per item: the sum over groups of words of the best match in the group, and the number of groups
    matched.

    group_of is ascending: forms of one typed word stand together.
    """
    sums = np.zeros(n_items)
    best = np.zeros(n_items)
    matched_last = np.full(n_items, -1, dtype=np.int64)
    hits = np.zeros(n_items, dtype=np.int64)
    for place in range(len(rows)):
        row, group = rows[place], group_of[place]
        for slot in range(indptr[row], indptr[row + 1]):
            item = indices[slot]
            value = certainty[place] * values[slot]
            if matched_last[item] != group:
                matched_last[item] = group
                hits[item] += 1
                best[item] = value
                sums[item] += value
            elif value > best[item]:
                sums[item] += value - best[item]
                best[item] = value
    return sums, hits


@compiled
def cosines_of_pairs(
    left: IntArray, right: IntArray, indptr: IntArray, indices: IndexArray, values: WeightArray
) -> WeightArray:
    """Inner products of pairs of rows of a matrix in CSR form, columns in order; float32."""
    products = np.empty(len(left), dtype=np.float32)
    for pair in range(len(left)):
        one, last_one = indptr[left[pair]], indptr[left[pair] + 1]
        other, last_other = indptr[right[pair]], indptr[right[pair] + 1]
        total = 0.0
        while one < last_one and other < last_other:
            if indices[one] == indices[other]:
                total += values[one] * values[other]
                one += 1
                other += 1
            elif indices[one] < indices[other]:
                one += 1
            else:
                other += 1
        products[pair] = total
    return products
