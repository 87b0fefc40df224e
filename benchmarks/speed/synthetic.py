"""Made-up shops: popular and rare items, tastes in clusters, about 25 items a shopper at every size."""

import numpy as np
import scipy.sparse as sp

CLUSTER = 250  # items that belong together
TASTES = 3  # clusters a shopper likes
DRAWS = 28  # of which about 25 are distinct
IN_TASTE = 0.8  # share of draws within the shopper's clusters
EXPONENT = 0.8  # of Zipf's law, for items in a cluster, clusters, and all items
NEIGHBOURS = 200  # entries a row of the merged matrix
NEAR = 150  # of them within the item's cluster


def zipf(rng: np.random.Generator, choices: int, size: int | tuple[int, ...]) -> np.ndarray:
    """Ranks from 0 to choices - 1, by Zipf's law: P(rank) in proportion to (rank + 1) ** -EXPONENT."""
    shares = np.cumsum(np.arange(1, choices + 1, dtype=np.float64) ** -EXPONENT)
    return np.minimum(np.searchsorted(shares / shares[-1], rng.random(size)), choices - 1).astype(np.int32)


def takings(items: int, rng: np.random.Generator) -> sp.csr_array:
    """As many shoppers as items. Item numbers say nothing of cluster or popularity."""
    clusters = -(-items // CLUSTER)
    liked = zipf(rng, clusters, (items, TASTES))
    taste = np.take_along_axis(liked, rng.integers(0, TASTES, (items, DRAWS)), axis=1)
    near = taste * CLUSTER + zipf(rng, CLUSTER, (items, DRAWS))
    far = zipf(rng, items, (items, DRAWS))
    drawn = np.where((rng.random((items, DRAWS)) < IN_TASTE) & (near < items), near, far)
    names = rng.permutation(items).astype(np.int32)
    shopper = np.repeat(np.arange(items, dtype=np.int32), DRAWS)
    table = sp.csr_array(
        (np.ones(drawn.size, dtype=np.float32), (shopper, names[drawn.ravel()])), shape=(items, items)
    )
    table.sum_duplicates()
    table.data[:] = 1.0
    return table


def merged_table(items: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """indptr, indices and values of a matrix such as the model serves by, without fitting one.

    Each row holds most of its neighbours in the item's cluster, the others by popularity.
    """
    names = rng.permutation(items).astype(np.int32)
    near = min(NEAR, items - 1)
    indices = np.empty((items, NEIGHBOURS), dtype=np.int32)
    for first in range(0, items, 10_000):
        place = np.arange(first, min(first + 10_000, items))
        start = place - place % CLUSTER
        size = np.minimum(start + CLUSTER, items) - start
        steps = np.arange(1, near + 1)
        inside = start[:, None] + (place[:, None] - start[:, None] + steps) % size[:, None]
        outside = zipf(rng, items, (len(place), NEIGHBOURS - near))
        indices[names[place]] = np.sort(names[np.hstack([inside, outside])], axis=1)
    values = rng.random(items * NEIGHBOURS, dtype=np.float32) + np.float32(0.01)
    indptr = np.arange(0, items * NEIGHBOURS + 1, NEIGHBOURS, dtype=np.int64)
    return indptr, indices.ravel(), values
