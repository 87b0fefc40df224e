"""Local ridge regression: what a target's nearest items say about it, each given the others."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.arrays import IntArray, WeightArray
from recommender.neighbours import THREADS
from recommender.oneoff import solver
from recommender.oneoff.config import RidgeConfig
from recommender.oneoff.takings import item_counts, powers, row_counts

CHUNK = 512  # targets a piece of work: some need far more time than others
SAMPLED_SHARE = 0.05  # of the targets, by which the time for all of them is told
SAMPLED_MOST = 2000  # of them, however many there are
FEW_ITEMS = 10_000
"""Items up to which the Gram matrix of all of them is made (400 MB at most): where takings are dense, that is
far cheaper than to count anew for every target."""


def local_ridge(takings: sp.csr_array, config: RidgeConfig) -> sp.csr_array:
    """Items x items, row = cause, column = target; entries of either sign, the diagonal empty.

    takings: as takings.as_takings gives it. For a target j with the nearest items N (by cosine), the column
    solves (G_NN (1 + share on the diagonal) + strength I) b = G_Nj, where G = X^T D^-r X and D holds the
    shoppers' numbers of items. It is EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW
    2019) with the regression of each target confined to its neighbourhood, as in Ning and Karypis, "SLIM"
    (ICDM 2011); the share of the diagonal is dropout on the input, in expectation (Steck, "Autoencoders that
    don't overfit towards the identity", NeurIPS 2020). Columns are scaled by d_j^-target_exponent at the end.
    """
    (weights,) = solved(takings, config, (config.strength,))
    return discounted(weights, item_counts(takings), config.target_exponent)


def solved(
    takings: sp.csr_array, config: RidgeConfig, strengths: tuple[float, ...]
) -> tuple[sp.csc_array, ...]:
    """The same before the last step, for each of these strengths at little more than the price of one."""
    nearest = nearest_items(takings, config.neighbours)
    values = _Solver(takings, config).values(nearest, strengths)
    return tuple(sp.csc_array((row, nearest.indices, nearest.indptr), shape=nearest.shape) for row in values)


def seconds_for(takings: sp.csr_array, config: RidgeConfig, strengths: int) -> float:
    """About how long `solved` would take on cores of its own for so many strengths, told by a sample.

    By the time of the processor: how many neighbours are affordable must not depend on who else is busy.
    Finding the neighbours is not counted, since it takes about as long however many are kept.
    """
    n_items = takings.shape[1]
    some = np.arange(0, n_items, max(round(1 / SAMPLED_SHARE), n_items // SAMPLED_MOST))
    nearest = nearest_items(takings, config.neighbours, some)
    work = _Solver(takings, config)
    work.values(_first_column(nearest), (1.0,))  # compiles
    began = time.process_time()
    work.values(nearest, (config.strength,) * strengths)
    return (time.process_time() - began) / THREADS * n_items / len(some)


def discounted(weights: sp.csc_array, counts: IntArray, exponent: float) -> sp.csr_array:
    """The last step: every column divided by its item's count to that power."""
    scale = np.repeat(powers(counts, -exponent).astype(np.float32), np.diff(weights.indptr))
    return sp.csr_array(
        sp.csc_array((weights.data * scale, weights.indices, weights.indptr), shape=weights.shape)
    )


def nearest_items(takings: sp.csr_array, count: int, targets: IntArray | None = None) -> sp.csc_array:
    """Column j holds the `count` items nearest to j by cosine, at most; the item itself is not among them.

    targets: the columns wanted, the others stay empty; default all.
    """
    n_items = takings.shape[1]
    wanted = np.arange(n_items) if targets is None else targets
    unit = sp.csr_array(takings @ sp.diags_array(powers(item_counts(takings), -0.5).astype(np.float32)))
    # One more than asked for: an item is its own nearest and is dropped.
    best = sp.coo_array(
        sp_matmul_topn(
            sp.csr_matrix(unit[:, wanted].T), sp.csr_matrix(unit), top_n=count + 1, n_threads=THREADS
        )
    )
    target = wanted[best.row]
    kept = (best.col != target) & (best.data > 0)
    places = best.col[kept].astype(np.int32), target[kept].astype(np.int32)
    return sp.csc_array((best.data[kept], places), shape=(n_items, n_items))


def _first_column(nearest: sp.csc_array) -> sp.csc_array:
    """The same without any entries but those of the first column, which stands at 0."""
    end = nearest.indptr[1]
    parts = nearest.data[:end], nearest.indices[:end], np.minimum(nearest.indptr, end)
    return sp.csc_array(parts, shape=nearest.shape)


class _Solver:
    def __init__(self, takings: sp.csr_array, config: RidgeConfig) -> None:
        by_item = sp.csc_array(takings)
        self._held_by = by_item.indptr.astype(np.int64), by_item.indices.astype(np.int32)
        self._weights = powers(row_counts(takings), -config.row_exponent).astype(np.float32)
        self._share = config.share
        self._gram = np.zeros((0, 0), dtype=np.float32)
        if takings.shape[1] <= FEW_ITEMS:
            weighed = sp.csr_array(sp.diags_array(self._weights) @ takings)
            self._gram = np.asarray((takings.T @ weighed).toarray(), dtype=np.float32)

    def values(self, nearest: sp.csc_array, strengths: tuple[float, ...]) -> WeightArray:
        """Strengths x entries of `nearest`: the regression weight of each."""
        values = np.zeros((len(strengths), nearest.nnz), dtype=np.float32)
        columns = nearest.indptr.astype(np.int64), nearest.indices.astype(np.int32)
        tried = np.array(strengths, dtype=np.float32)
        targets = np.flatnonzero(np.diff(nearest.indptr))

        def piece(first: int) -> None:
            some = targets[first : first + CHUNK]
            solver.solve_targets(
                *columns, *self._held_by, self._weights, self._gram, tried, self._share, some, values
            )

        # One BLAS thread each: the systems are small, and the pieces already fill the cores.
        with threadpool_limits(1), ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(piece, range(0, len(targets), CHUNK)))
        return values
