"""Local ridge regression: what a target's nearest items say about it, each given the others."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.arrays import IntArray, WeightArray
from recommender.config import KnnConfig
from recommender.neighbours import THREADS, asymmetric_cosine
from recommender.oneoff import solver
from recommender.oneoff.config import RidgeConfig
from recommender.oneoff.takings import item_counts, powers, row_counts

CHUNK = 1024  # targets a piece of work: some need far more time than others


def local_ridge(takings: sp.csr_array, config: RidgeConfig) -> sp.csr_array:
    """Items x items, row = cause, column = target; entries of either sign, the diagonal empty.

    takings: as takings.as_takings gives it. For a target j with the nearest items N (by cosine), the column
    solves (G_NN (1 + share on the diagonal) + strength I) b = G_Nj, where G = X^T D^-r X and D holds the
    shoppers' numbers of items. It is EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW
    2019) with the regression of each target confined to its neighbourhood, as in Ning and Karypis, "SLIM"
    (ICDM 2011); the share of the diagonal is dropout on the input, in expectation (Steck, "Autoencoders that
    don't overfit towards the identity", NeurIPS 2020). Columns are scaled by d_j^-target_exponent at the end.
    """
    return discounted(solved(takings, config), item_counts(takings), config.target_exponent)


def solved(takings: sp.csr_array, config: RidgeConfig) -> sp.csr_array:
    """The same before the last step: what takes the time."""
    nearest = nearest_items(takings, config.neighbours)
    values = _solve(takings, nearest, config)
    return sp.csr_array(sp.csc_array((values, nearest.indices, nearest.indptr), shape=nearest.shape))


def discounted(weights: sp.csr_array, counts: IntArray, exponent: float) -> sp.csr_array:
    """The last step: every column divided by its item's count to that power."""
    scale = powers(counts, -exponent).astype(np.float32)
    return sp.csr_array(
        (weights.data * scale[weights.indices], weights.indices, weights.indptr), shape=weights.shape
    )


def nearest_items(takings: sp.csr_array, count: int) -> sp.csc_array:
    """Column j holds the `count` items nearest to j by cosine, at most; the item itself is not among them."""
    cosine = KnnConfig(
        neighbours=count,
        row_exponent=0.0,
        source_exponent=0.5,
        target_exponent=0.5,
        prune="target",
        min_support=1,
    )
    return sp.csc_array(asymmetric_cosine(takings, cosine).matrix())


def _solve(takings: sp.csr_array, nearest: sp.csc_array, config: RidgeConfig) -> WeightArray:
    shoppers = sp.csc_array(takings)
    weights = powers(row_counts(takings), -config.row_exponent).astype(np.float32)
    values = np.zeros(nearest.nnz, dtype=np.float32)
    indptr = nearest.indptr.astype(np.int64)
    indices = nearest.indices.astype(np.int32)
    held_by = shoppers.indptr.astype(np.int64), shoppers.indices.astype(np.int32)

    def piece(first: int) -> None:
        last = min(first + CHUNK, nearest.shape[1])
        solver.solve_targets(
            indptr, indices, *held_by, weights, config.strength, config.share, first, last, values
        )

    # One BLAS thread each: the systems are small, and the pieces already fill the cores.
    with threadpool_limits(1), ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(piece, range(0, nearest.shape[1], CHUNK)))
    return values
