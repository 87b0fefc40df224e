"""Array types used everywhere, and the checks that bad input meets at the door."""

from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.errors import InputError

FloatArray = npt.NDArray[np.float64]
WeightArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
IndexArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.str_]
AnyArray = npt.NDArray[Any]


def as_floats(field: str, values: npt.ArrayLike, *, minimum: float | None = None) -> FloatArray:
    """A one-dimensional float64 array without NaN or infinity, or an InputError naming `field`."""
    try:
        array = np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(field, "must be numbers") from error
    _one_dimension(field, array)
    if not np.isfinite(array).all():
        raise InputError(field, "must not hold NaN or infinity")
    if minimum is not None and array.size and array.min() < minimum:
        raise InputError(field, f"must be at least {minimum:g}")
    return array


def as_indices(field: str, values: npt.ArrayLike, limit: int) -> IntArray:
    """A one-dimensional int64 array with every value in [0, limit), or an InputError naming `field`."""
    array = np.asarray(values)
    _one_dimension(field, array)
    if array.size == 0:
        return np.zeros(0, dtype=np.int64)
    if not np.issubdtype(array.dtype, np.integer):
        raise InputError(field, "must be whole numbers")
    if array.min() < 0 or array.max() >= limit:
        raise InputError(field, f"must lie between 0 and {limit - 1}")
    return np.ascontiguousarray(array, dtype=np.int64)


def as_texts(field: str, values: npt.ArrayLike) -> TextArray:
    """A one-dimensional array of strings; None becomes the empty string."""
    listed = np.asarray(values, dtype=object)
    _one_dimension(field, listed)
    return np.asarray(["" if value is None else str(value) for value in listed], dtype=np.str_)


def same_length(**arrays: AnyArray) -> int:
    """The common length of the arrays, or an InputError naming the first that differs."""
    (first, head), *rest = arrays.items()
    for field, array in rest:
        if len(array) != len(head):
            raise InputError(field, f"has {len(array)} values where {first} has {len(head)}")
    return len(head)


def _one_dimension(field: str, array: AnyArray) -> None:
    if array.ndim != 1:
        raise InputError(field, "must have one dimension")


def check_csr(indptr: AnyArray, indices: AnyArray, values: AnyArray, rows: int, columns: int) -> None:
    """ValueError unless the three arrays are a matrix of that size with finite values, none below 0."""
    if len(indptr) != rows + 1 or indptr[0] != 0 or indptr[-1] != len(indices) or len(indices) != len(values):
        raise ValueError("a matrix has rows of the wrong size")
    if (np.diff(indptr) < 0).any():
        raise ValueError("a matrix has rows out of order")
    if len(indices) and (indices.min() < 0 or indices.max() >= columns):
        raise ValueError("a matrix points out of the catalogue")
    steps = np.diff(indices.astype(np.int64)) > 0
    steps[indptr[1:-1][(indptr[1:-1] > 0) & (indptr[1:-1] < len(indices))] - 1] = True
    if not steps.all():
        raise ValueError("a matrix has columns out of order")
    if len(values) and not (np.isfinite(values).all() and values.min() >= 0.0):
        raise ValueError("a matrix holds values that are no likenesses")
