"""The strongest directions of a large sparse matrix whose singular values fall slowly."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.arrays import FloatArray, WeightArray
from recommender.neighbours import THREADS
from recommender.oneoff import solver

SPARE = 32
"""Directions carried along beyond those asked for: the last ones converge slowest."""

DEGREE = 5
GROWTH = 1e8
"""By which the filter may amplify one direction against another, lest float32 forgets the weaker one."""

SMALL = 4_000_000
"""Cells up to which the matrix is decomposed exactly."""

CHUNK = 1024  # rows a piece of work


def strongest(table: sp.csr_array, rank: int, rng: np.random.Generator) -> tuple[WeightArray, FloatArray]:
    """Right singular vectors of the `rank` largest singular values, as columns; and the values, descending.

    table: float32. Chebyshev-filtered subspace iteration on A^T A (Zhou, Saad, Tiago and Chelikowsky,
    "Self-consistent-field calculations using Chebyshev-filtered subspace iteration", J. Comput. Phys. 2006):
    a polynomial that is small on the unwanted end of the spectrum pulls a random subspace to the wanted end.
    For the slowly falling spectra of shoppers' takings it needs a third of the passes over the matrix that a
    randomised SVD with power iterations takes to get as close.
    """
    if table.shape[0] * table.shape[1] <= SMALL or rank + SPARE >= min(table.shape) // 2:
        return _of_narrow(table, rank)
    operator = _Squared(table)
    block = rng.standard_normal((table.shape[1], rank + SPARE), dtype=np.float32)
    block, values = operator.ritz(_orthonormal(operator(_orthonormal(operator(block)))))
    block = _orthonormal(_orthonormal(_filtered(operator, block, float(values[0]), float(values[-1]))))
    block, values = operator.ritz(block)
    return np.ascontiguousarray(block[:, :rank]), np.sqrt(np.maximum(values[:rank], 0.0))


def _of_narrow(table: sp.csr_array, rank: int) -> tuple[WeightArray, FloatArray]:
    """The same where one side is short: by the exact eigenvectors of the Gram matrix of the shorter side.

    Directions of no strength are columns of zeros where the shoppers are fewer than the items.
    """
    by_items = table.shape[1] <= table.shape[0]
    long = table if by_items else sp.csr_array(table.T)
    gram = np.zeros((long.shape[1],) * 2)
    # One BLAS thread: the steps are small, and two that wait for each other crawl where others are busy.
    with threadpool_limits(1):
        for first in range(0, long.shape[0], CHUNK):
            rows = long[first : first + CHUNK].toarray()
            gram += rows.T @ rows
        squares, vectors = np.linalg.eigh(gram)
    squares, vectors = np.maximum(squares[::-1][:rank], 0.0), vectors[:, ::-1][:, :rank]
    values = np.where(squares > 1e-10 * squares[0], np.sqrt(squares), 0.0)
    if not by_items:
        vectors = (long @ vectors) / np.where(values > 0.0, values, np.inf)
    return np.ascontiguousarray(vectors, dtype=np.float32), values


class _Squared:
    """Y -> A^T A Y, by threads."""

    def __init__(self, table: sp.csr_array) -> None:
        self._table, self._turned = sp.csr_array(table), sp.csr_array(table.T)

    def __call__(self, block: WeightArray) -> WeightArray:
        return _product(self._turned, _product(self._table, block))

    def ritz(self, block: WeightArray) -> tuple[WeightArray, FloatArray]:
        """The best eigenvectors to be had from an orthonormal block, strongest first, and their values."""
        image = _product(self._table, block)
        values, turn = np.linalg.eigh((image.T @ image).astype(np.float64))
        rotated: WeightArray = block @ turn[:, ::-1].astype(np.float32)
        return rotated, values[::-1]


def _filtered(operator: _Squared, block: WeightArray, top: float, cut: float) -> WeightArray:
    """T_d(2 A^T A / cut - 1) applied to the block: at most 1 in size below cut, fast growing above.

    top: the largest eigenvalue. d is DEGREE, or less where the spectrum falls so fast that less is enough.
    """
    cut = max(cut, 1e-6 * top, 1e-30)
    degree = int(np.log(GROWTH) / np.arccosh(max(2.0 * top / cut - 1.0, 1.0 + 1e-9)))
    half = np.float32(cut / 2.0)
    before, now = block, operator(block) / half - block
    for _ in range(min(degree, DEGREE) - 1):
        before, now = now, 2.0 * (operator(now) / half - now) - before
    # Columns near eigenvectors differ in length by powers of ten, but hardly in direction from orthogonal.
    filtered: WeightArray = now / np.maximum(np.linalg.norm(now, axis=0), np.float32(1e-30))
    return filtered


def _orthonormal(block: WeightArray) -> WeightArray:
    """The same space by Cholesky QR; applied twice, no rounding errors are left.

    By Householder's slower way where columns are too nearly dependent for that.
    """
    gram = (block.T @ block).astype(np.float64)
    gram[np.diag_indices_from(gram)] *= 1.0 + 1e-6
    try:
        lower = np.linalg.cholesky(gram)
    except np.linalg.LinAlgError:
        return np.ascontiguousarray(np.linalg.qr(block)[0])
    inverse = scipy.linalg.solve_triangular(lower, np.eye(len(gram)), lower=True)
    orthonormal: WeightArray = block @ inverse.T.astype(np.float32)
    return orthonormal


def _product(table: sp.csr_array, block: WeightArray) -> WeightArray:
    indptr, indices = table.indptr.astype(np.int64), table.indices.astype(np.int32)
    out = np.zeros((table.shape[0], block.shape[1]), dtype=np.float32)
    block = np.ascontiguousarray(block)

    def piece(first: int) -> None:
        solver.add_product(indptr, indices, table.data, block, first, min(first + CHUNK, len(out)), out)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(piece, range(0, len(out), CHUNK)))
    return out
