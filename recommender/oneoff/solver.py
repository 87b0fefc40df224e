"""The loops of local ridge regression, compiled. They hold no lock, so threads may share the work."""

import numpy as np

from recommender.arrays import IndexArray, IntArray, WeightArray
from recommender.kernels import compiled


@compiled
def solve_targets(
    neighbours_indptr: IntArray,
    neighbours: IndexArray,
    shoppers_indptr: IntArray,
    shoppers: IndexArray,
    shopper_weight: WeightArray,
    strength: float,
    share: float,
    first: int,
    last: int,
    values: WeightArray,
) -> None:
    """Fills `values`, parallel to `neighbours`, for the targets first <= j < last: see ridge.local_ridge.

    neighbours: those of each target, from neighbours_indptr[j]; shoppers: those of each item, likewise.
    """
    head = np.full(len(shopper_weight), -1, dtype=np.int32)
    for target in range(first, last):
        start, stop = neighbours_indptr[target], neighbours_indptr[target + 1]
        if start == stop:
            continue
        items = np.append(neighbours[start:stop], np.int32(target))
        gram = local_gram(items, shoppers_indptr, shoppers, shopper_weight, head)
        size = len(items) - 1
        system = gram[:size, :size].copy()
        for place in range(size):
            system[place, place] = system[place, place] * (1.0 + share) + strength
        values[start:stop] = np.linalg.solve(system, gram[size, :size].copy())


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
