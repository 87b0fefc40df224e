"""Train and test matrices out of one, and what of a test matrix a ranking found."""

from typing import Any

import numpy as np
import scipy.sparse as sp


def cut(
    table: sp.csr_array, share: float, shoppers: int, rng: np.random.Generator
) -> tuple[sp.csr_array, sp.csr_array]:
    """That share of the items of so many shoppers, scattered, as the test matrix; the rest is for training.

    Shoppers of fewer than two items are left alone, and nobody loses all items.
    """
    counts = np.diff(table.indptr)
    drawn = rng.permutation(np.flatnonzero(counts > 1))[:shoppers]
    held = np.zeros(table.nnz, dtype=np.bool_)
    for shopper in drawn:
        taken = np.arange(table.indptr[shopper], table.indptr[shopper + 1])
        size = min(len(taken) - 1, max(1, round(share * len(taken))))
        held[rng.choice(taken, size, replace=False)] = True
    rows = np.repeat(np.arange(table.shape[0]), counts)
    parts = [
        sp.csr_array((table.data[mask], (rows[mask], table.indices[mask])), shape=table.shape)
        for mask in (~held, held)
    ]
    return parts[0], parts[1]


def best_known(table: sp.csr_array, items: int) -> sp.csr_array:
    """The columns of the most frequent items, and the rows that still hold something."""
    frequency = np.bincount(table.indices, minlength=table.shape[1])
    kept = np.sort(np.argsort(-frequency, kind="stable")[:items])
    narrow = sp.csr_array(table[:, kept])
    return sp.csr_array(narrow[np.flatnonzero(np.diff(narrow.indptr) > 0)])


def row(table: Any, place: int) -> np.ndarray:
    """Column numbers of one row."""
    items: np.ndarray = table.indices[table.indptr[place] : table.indptr[place + 1]]
    return items
