"""How many will take an item that nobody has taken yet, going by what the catalogue says of it."""

from itertools import combinations

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IntArray
from recommender.content.signs import Signs
from recommender.content.vectors import holders_of, one_hot

SHRINKAGE = 5.0
"""Items' worth of doubt about every sign."""

ROUNDS = 30
CLOSE = 1e-6
PRICE_STEP = 1.5


def appeal_signs(signs: Signs) -> sp.csr_array:
    """Items x signs (ones): words, labels and size of price, and every two labels together."""
    known = np.isfinite(signs.log_price)
    steps = np.round(np.where(known, signs.log_price, 0.0) / np.log(PRICE_STEP)).astype(np.int64)
    labels = [*signs.labels.values(), np.where(known, steps - steps.min() + 1, 0)]
    pairs = [_together(one, other) for one, other in combinations(labels, 2)]
    blocks = [one_hot(codes, np.arange(codes.max(initial=0) + 1) > 0) for codes in [*labels, *pairs]]
    table = sp.csr_array(sp.hstack([signs.bag[signs.text_of], *blocks], format="csr"))
    # What one item alone has tells nothing of others.
    return sp.csr_array(table[:, holders_of(table) > 1])


def log_appeal(table: sp.csr_array, items: IntArray, takers: FloatArray) -> FloatArray:
    """Logarithm of the takers to expect of every item, from those that the given items have.

    table: as appeal_signs makes it. Ridge regression, solved by conjugate gradients (Hestenes and Stiefel,
    1952).
    """
    seen = sp.csr_array(table[items])
    wanted = np.log(np.maximum(takers[items], 1.0))
    mean = float(wanted.mean()) if len(wanted) else 0.0
    guessed: FloatArray = table @ _ridge(seen, wanted - mean) + mean
    return guessed


def _ridge(table: sp.csr_array, wanted: FloatArray) -> FloatArray:
    turned = sp.csr_array(table.T)
    weights = np.zeros(table.shape[1])
    left = turned @ wanted
    step, size = left.copy(), _square(left)
    enough = CLOSE * size
    for _ in range(ROUNDS):
        if size <= enough:
            break
        pulled = turned @ (table @ step) + SHRINKAGE * step
        length = size / float((step * pulled).sum())
        weights += length * step
        left -= length * pulled
        before, size = size, _square(left)
        step = left + size / before * step
    return weights


def _square(vector: FloatArray) -> float:
    # Not by BLAS: its threads cost more than such a sum.
    return float((vector * vector).sum())


def _together(one: IntArray, other: IntArray) -> IntArray:
    """Codes from 1 for pairs of codes, 0 where either is unknown."""
    pairs = np.where((one > 0) & (other > 0), one * (int(other.max(initial=0)) + 1) + other, 0)
    values, codes = np.unique(pairs, return_inverse=True)
    return codes.astype(np.int64) + int(values[0] > 0)
