"""The one-off model's input: which shopper took which item, as a binary matrix."""

from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IntArray
from recommender.errors import InputError


def as_takings(matrix: Any) -> sp.csr_array:
    """A CSR matrix of float32 ones, columns ascending: 1 where the entry is above 0, whatever its size.

    matrix: shoppers x items, sparse or dense. InputError for NaN, infinite or negative entries, for a matrix
    without items and one without a single entry.
    """
    table = sp.csr_array(matrix)
    if table.shape[1] == 0:
        raise InputError("takings", "has no items")
    if not np.isfinite(table.data).all() or (len(table.data) and table.data.min() < 0):
        raise InputError("takings", "must hold finite numbers of at least 0")
    table.sum_duplicates()
    table.eliminate_zeros()
    if table.nnz == 0:
        raise InputError("takings", "holds nothing taken")
    return sp.csr_array(
        (np.ones(table.nnz, dtype=np.float32), table.indices.astype(np.int32), table.indptr.astype(np.int64)),
        shape=table.shape,
    )


def row_counts(takings: sp.csr_array) -> IntArray:
    """Items a shopper."""
    return np.diff(takings.indptr).astype(np.int64)


def item_counts(takings: sp.csr_array) -> IntArray:
    """Shoppers an item."""
    return np.bincount(takings.indices, minlength=takings.shape[1])


def powers(counts: IntArray | FloatArray, exponent: float) -> FloatArray:
    """counts ** exponent, with 1 for counts of 0: a discount for each row or column."""
    scale: FloatArray = np.maximum(counts, 1).astype(np.float64) ** exponent
    return scale
