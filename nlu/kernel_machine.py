"""The linear algebra of the intent classifier: a least-squares support vector machine with one kernel for
words and meaning.

Two sentences are as alike as their words (product of TF-IDF rows) plus how near they are in meaning (a
Gaussian of the distance of their embeddings). One system of equations is solved for all intents at a time
(Suykens and Vandewalle, "Least squares support vector machine classifiers", 1999), by conjugate gradients
with some of the sentences as preconditioner (Rudi, Carratino and Rosasco, "FALKON", 2017). The part of the
words is linear, so it is served as one plane an intent; only the part of the meaning looks at the sentences.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_matrix

_ROWS = 1000  # of the kernel that are computed at a time
_LANDMARKS = 1500  # sentences that stand for all in the preconditioner
_STEPS = 30
# Length of the residual, as a share of the labels', at which a solution is good enough: to rank intents as an
# exact one would; and roughly, where only the spread of scores is wanted.
EXACT, ROUGH = 3e-2, 1e-1


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """How alike two sentences are.

    Attributes:
        meaning: weight of the likeness in meaning; words have weight 1.
        sharpness: how fast the likeness in meaning falls with the distance.
        ridge: how far the fit may stay from the labels; larger is smoother.
    """

    meaning: float
    sharpness: float
    ridge: float

    def in_meaning(self, one: Any, other: Any, lengths: Any) -> Any:
        """Return the likeness of each row of one with each row of the other; rows are points.

        Args:
            lengths: half the squared length of each row of the other.
        """
        powers = one @ other.T
        powers -= lengths
        powers -= half_squares(one)[:, None]
        powers *= self.sharpness
        return np.multiply(np.exp(powers, out=powers), self.meaning, out=powers)


def half_squares(points: Any) -> Any:
    """Return half the squared length of each row."""
    return 0.5 * np.einsum("ij,ij->i", points, points)


def alikeness(kernel: Kernel, words: csr_matrix, points: Any | None) -> Any:
    """Return how alike each sentence is to each, float32: 4 n^2 bytes.

    Args:
        words: one row of length 1 a sentence.
        points: one point a sentence in the space of meaning, or None to go by words alone.
    """
    n = words.shape[0]
    alike = np.empty((n, n), dtype=np.float32)
    for start in range(0, n, _ROWS):
        rows, upto = slice(start, start + _ROWS), min(start + _ROWS, n)
        block = (words[rows] @ words[:upto].T).toarray()
        if points is not None:
            block += kernel.in_meaning(points[rows], points[:upto], half_squares(points[:upto]))
        alike[rows, :upto] = block
        alike[:upto, rows] = block.T
    return alike


def solve(alike: Any, ridge: float, labels: Any, intents: int, learnt: Any, *, exact: float = EXACT) -> Any:
    """Return the weight of each sentence for each intent, float32; 0 for one that is not learnt from.

    Args:
        labels: the number of each sentence's intent, from 0 to `intents` - 1.
        learnt: true for each sentence that is learnt from.
        exact: how far the solution may be off, see `EXACT`.
    """
    # An intent with few sentences follows them more closely, or the large ones would swallow it.
    sizes = np.maximum(np.bincount(labels[learnt], minlength=intents), 1)
    loose = np.sqrt(ridge * np.sqrt(sizes[labels] / sizes.mean()))
    scale = np.where(learnt, 1.0 / loose, 0.0).astype(np.float32)[:, None]
    precondition = _preconditioner(alike, scale)
    wanted = _targets(labels, intents) * scale
    solution = np.zeros_like(wanted)
    residual, direction, old = wanted.copy(), None, None
    for _ in range(_STEPS):
        better = precondition(residual)
        new = np.einsum("ij,ij->j", residual, better)
        direction = better if direction is None else better + direction * (new / old)
        pushed = scale * (alike @ (scale * direction)) + direction
        step = new / np.maximum(np.einsum("ij,ij->j", direction, pushed), 1e-20)
        solution += step * direction
        residual -= step * pushed
        old = np.maximum(new, 1e-20)
        if np.linalg.norm(residual) <= exact * np.linalg.norm(wanted):
            break
    return solution * scale


def _preconditioner(alike: Any, scale: Any) -> Any:
    """Return a function that nearly inverts the system, from the columns of some sentences (Nystrom)."""
    learnt = np.flatnonzero(scale)
    some = np.random.default_rng(0).permutation(learnt)[:_LANDMARKS]
    columns = alike[:, some] * scale * scale[some].T
    core = (columns[some] + columns.T @ columns).astype(np.float64)
    core[np.diag_indices_from(core)] += 1e-6 * np.trace(core)  # what rounding to single precision may hide
    factor = cho_factor(core, overwrite_a=True, check_finite=False)
    factor = factor[0].astype(np.float32), factor[1]
    return lambda rows: rows - columns @ cho_solve(factor, columns.T @ rows, check_finite=False)


def _targets(labels: Any, intents: int) -> Any:
    """Return 1 for a sentence's intent and a little less than 0 for the others, so that a row's sum is about
    -1 for any number of intents.
    """
    targets = np.full((len(labels), intents), -2.0 / intents, dtype=np.float32)
    targets[np.arange(len(labels)), labels] = 1.0
    return targets
