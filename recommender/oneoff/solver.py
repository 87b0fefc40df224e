"""The loops of fitting, compiled. They hold no lock, so threads may share the work."""

import numpy as np

from recommender.arrays import IndexArray, IntArray, WeightArray
from recommender.kernels import compiled
from recommender.oneoff.kernels import compiled_fast


@compiled
def solve_targets(
    neighbours_indptr: IntArray,
    neighbours: IndexArray,
    shoppers_indptr: IntArray,
    shoppers: IndexArray,
    shopper_weight: WeightArray,
    all_pairs: WeightArray,
    strengths: WeightArray,
    share: float,
    targets: IntArray,
    values: WeightArray,
) -> None:
    """Fills `values` (strengths x neighbours) for these targets: see ridge.local_ridge.

    neighbours: those of each target, from neighbours_indptr[j]; shoppers: those of each item, likewise. The
    Gram matrix of a target is counted once for all strengths, or taken from all_pairs (items x items) where
    that is not empty.
    """
    head = np.full(len(shopper_weight), -1, dtype=np.int32)
    for target in targets:
        start, stop = neighbours_indptr[target], neighbours_indptr[target + 1]
        items = np.append(neighbours[start:stop], np.int32(target))
        size = len(items) - 1
        if len(all_pairs):
            gram = part_of(all_pairs, items)
        else:
            gram = local_gram(items, shoppers_indptr, shoppers, shopper_weight, head)
        wanted = gram[size, :size].copy()
        for trial in range(len(strengths)):
            system = gram[:size, :size].copy()
            for place in range(size):
                system[place, place] = system[place, place] * (1.0 + share) + strengths[trial]
            values[trial, start:stop] = solved(np.linalg.cholesky(system), wanted)


@compiled
def part_of(pairs: WeightArray, items: IndexArray) -> WeightArray:
    """The rows and columns of these items."""
    part = np.empty((len(items), len(items)), dtype=np.float32)
    for row in range(len(items)):
        for column in range(len(items)):
            part[row, column] = pairs[items[row], items[column]]
    return part


@compiled_fast
def solved(lower: WeightArray, right: WeightArray) -> WeightArray:
    """x of L L^T x = right."""
    size = len(right)
    answer = right.copy()
    for row in range(size):
        total = np.float32(0.0)
        for column in range(row):
            total += lower[row, column] * answer[column]
        answer[row] = (answer[row] - total) / lower[row, row]
    for row in range(size - 1, -1, -1):
        answer[row] /= lower[row, row]
        # By rows of L, which lie together: what is found is taken out of all that comes before it.
        for column in range(row):
            answer[column] -= lower[row, column] * answer[row]
    return answer


@compiled_fast
def add_product(
    indptr: IntArray,
    indices: IndexArray,
    data: WeightArray,
    block: WeightArray,
    first: int,
    last: int,
    out: WeightArray,
) -> None:
    """Rows first to last of `out` += a sparse matrix (CSR) times a dense block."""
    for row in range(first, last):
        for slot in range(indptr[row], indptr[row + 1]):
            for column in range(block.shape[1]):
                out[row, column] += data[slot] * block[indices[slot], column]


@compiled
def local_gram(
    items: IndexArray,
    shoppers_indptr: IntArray,
    shoppers: IndexArray,
    shopper_weight: WeightArray,
    head: IndexArray,
) -> WeightArray:
    """Sum over shoppers of weight * x x^T, x being what they have of `items`: square and symmetric.

    Counted shopper by shopper: `head` (-1 for every shopper, before and after) and `following` chain the
    places in `items` of what each of them has. So it costs as much as there are pairs to count, and the Gram
    matrix of all items is never made.
    """
    entries = 0
    for item in items:
        entries += shoppers_indptr[item + 1] - shoppers_indptr[item]
    following = np.empty(entries, dtype=np.int32)
    place_of = np.empty(entries, dtype=np.int32)
    gram = np.zeros((len(items), len(items)), dtype=np.float32)
    entry = 0
    for place in range(len(items)):
        for slot in range(shoppers_indptr[items[place]], shoppers_indptr[items[place] + 1]):
            shopper = shoppers[slot]
            following[entry], place_of[entry] = head[shopper], place
            head[shopper] = entry
            other = entry
            while other >= 0:
                gram[place, place_of[other]] += shopper_weight[shopper]
                other = following[other]
            entry += 1
    for item in items:
        for slot in range(shoppers_indptr[item], shoppers_indptr[item + 1]):
            head[shoppers[slot]] = -1
    for row in range(len(items)):
        for column in range(row):
            gram[column, row] = gram[row, column]
    return gram


@compiled
def keep_best(
    indptr: IntArray,
    indices: IndexArray,
    together: WeightArray,
    discount: WeightArray,
    first: int,
    last: int,
    columns: IndexArray,
    values: WeightArray,
) -> None:
    """Fills rows first to last of `columns` and `values` with the best entries by together * discount."""
    most = columns.shape[1]
    for row in range(first, last):
        start, stop = indptr[row], indptr[row + 1]
        weighed = together[start:stop] * discount[indices[start:stop]]
        for place in range(stop - start):
            if indices[start + place] == row:
                weighed[place] = np.float32(0.0)
        bound = np.float32(0.0)
        if stop - start > most:
            bound = np.partition(weighed, stop - start - most)[stop - start - most]
        kept = 0
        # Those above the bound first, then those on it: ties must not push better ones out.
        for above in (True, False):
            for place in range(stop - start):
                value = weighed[place]
                fits = value > bound if above else value == bound
                if fits and value > np.float32(0.0) and kept < most:
                    columns[row, kept] = indices[start + place]
                    values[row, kept] = value
                    kept += 1
