"""How a rating arises from an estimate: with Gaussian noise, or by steps on a hidden scale.

Each likelihood owns the target that the residual is measured against, and draws what it has of its own
between sweeps.
"""

from typing import Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from recommender.arrays import FloatArray, IntArray
from recommender.ratings.log import Ratings

MOST_LEVELS = 20
"""Scales with more steps than this are cut into so many steps of equal share."""
TINY = 1e-12
PROPOSALS = 2
"""Moves of the thresholds tried per sweep."""
STRIDE = 3.0
"""Length of such a move, in standard errors of a proportion; about two in five are accepted."""


class Likelihood(Protocol):
    """One chain's likelihood; `state` is what predictions need of it after a sweep."""

    state: FloatArray

    def residual(self, estimate: FloatArray) -> FloatArray:
        """Target less estimate, to start from."""
        ...

    def draw(self, rng: np.random.Generator, residual: FloatArray) -> float:
        """Draws its own unknowns, puts the residual right, and answers the precision of the noise."""
        ...

    def expected(self, estimate: FloatArray, state: FloatArray) -> FloatArray:
        """The rating to expect for an estimate."""
        ...


class Gaussian:
    """Rating = mean + spread (offset + estimate + noise)."""

    def __init__(self, ratings: Ratings) -> None:
        self._mean, self._spread, self._scale = float(ratings.value.mean()), ratings.spread, ratings.scale
        self._target = (ratings.value - self._mean) / self._spread
        self.state = np.zeros(1)

    def residual(self, estimate: FloatArray) -> FloatArray:
        """The standardised rating less estimate."""
        residual: FloatArray = self._target - self.state[0] - estimate
        return residual

    def draw(self, rng: np.random.Generator, residual: FloatArray) -> float:
        """Precision and offset, given the residual."""
        n = len(residual)
        precision = float(rng.standard_gamma(0.5 * (1.0 + n)) / (0.5 * (1.0 + float(residual @ residual))))
        step = float(residual.mean() + rng.standard_normal() / np.sqrt(precision * n))
        residual -= step
        self.state = self.state + step
        return precision

    def expected(self, estimate: FloatArray, state: FloatArray) -> FloatArray:
        """Within the scale, draw by draw: that is what the mean over draws is taken of."""
        rating: FloatArray = np.clip(self._mean + self._spread * (state[0] + estimate), *self._scale)
        return rating


class Ordinal:
    """A rating is the step of a hidden scale that estimate + noise (of deviation 1) falls on.

    The thresholds between the steps are drawn with the rest. Albert and Chib, "Bayesian analysis of binary
    and polychotomous response data" (JASA 1993); thresholds by Metropolis moves with the hidden values
    integrated out, as Cowles (Statistics and Computing 1996) advises.
    """

    def __init__(self, ratings: Ratings) -> None:
        self._step, self._values = _steps(ratings.value)
        share = np.cumsum(np.bincount(self._step, minlength=len(self._values)))[:-1] / len(ratings)
        self.state = ndtri(share) * 1.5  # 1.5: estimates will explain a part, and widen the hidden scale
        self._hidden = np.zeros(len(ratings))

    def residual(self, estimate: FloatArray) -> FloatArray:
        """Zero: the hidden values are drawn before the first sweep."""
        self._hidden = estimate.copy()
        return np.zeros_like(estimate)

    def draw(self, rng: np.random.Generator, residual: FloatArray) -> float:
        """Thresholds, then hidden values."""
        estimate = self._hidden - residual
        low, high = self._draw_thresholds(rng, estimate)
        at = low + rng.random(len(low)) * (high - low)
        self._hidden = estimate + ndtri(np.clip(at, TINY, 1.0 - TINY))
        residual[:] = self._hidden - estimate
        return 1.0

    def expected(self, estimate: FloatArray, state: FloatArray) -> FloatArray:
        """Lowest value + sum over thresholds of gap * P(beyond it)."""
        value = np.full(len(estimate), self._values[0])
        for gap, threshold in zip(np.diff(self._values), state, strict=True):
            value += gap * ndtr(estimate - threshold)
        return value

    def _draw_thresholds(
        self, rng: np.random.Generator, estimate: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Moves the thresholds; answers the chances of falling below each rating's step and below its end."""
        bounds = self._chances(self.state, estimate)
        now = _log_likelihood(bounds)
        stride = STRIDE / np.sqrt(len(estimate)) / np.sqrt(max(1, len(self.state)))
        for _ in range(PROPOSALS if len(self.state) else 0):
            moved = self.state + stride * rng.standard_normal(len(self.state))
            if (np.diff(moved) <= 0).any():
                continue
            chances = self._chances(moved, estimate)
            likelihood = _log_likelihood(chances)
            if np.log(rng.random()) < likelihood - now:
                self.state, bounds, now = moved, chances, likelihood
        return bounds

    def _chances(self, thresholds: FloatArray, estimate: FloatArray) -> tuple[FloatArray, FloatArray]:
        ends = np.concatenate([[-np.inf], thresholds, [np.inf]])
        return ndtr(ends[self._step] - estimate), ndtr(ends[self._step + 1] - estimate)


def _log_likelihood(bounds: tuple[FloatArray, FloatArray]) -> float:
    return float(np.log(np.maximum(bounds[1] - bounds[0], TINY)).sum())


def _steps(value: FloatArray) -> tuple[IntArray, FloatArray]:
    """Each rating's step, and each step's mean rating."""
    levels, step = np.unique(value, return_inverse=True)
    if len(levels) > MOST_LEVELS:
        edges = np.unique(np.quantile(value, np.linspace(0, 1, MOST_LEVELS + 1)[1:-1]))
        _, step = np.unique(np.searchsorted(edges, value, side="right"), return_inverse=True)
    return step.astype(np.int64), np.bincount(step, value) / np.bincount(step)
