"""The weights of a blend, learned from predictions for ratings that the predictors had not seen.

Stacked regression: Breiman, "Stacked regressions" (Machine Learning 1996), by ridge; but the pull is towards
the plain mean of the predictors, not towards 0, so that with little to learn from nothing is done at all.
"""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import FloatArray

STRENGTHS = tuple(float(strength) for strength in np.logspace(-4, 3, 15))
"""Penalties tried, in units of the mean square by which a predictor departs from the mean of them all."""


@dataclass(frozen=True)
class Weights:
    """value = offset + sum of weight * prediction; strength: the penalty chosen, rmse: its error left out."""

    weights: FloatArray
    offset: float
    strength: float | None = None
    rmse: float | None = None

    def blend(self, predictions: FloatArray) -> FloatArray:
        """predictions: rows x predictors."""
        values: FloatArray = predictions @ self.weights + self.offset
        return values


def equal(count: int) -> Weights:
    """The plain mean of that many predictors."""
    return Weights(np.full(count, 1.0 / count), 0.0)


def stack(predictions: FloatArray, values: FloatArray) -> Weights:
    """Weights by ridge regression around the plain mean; the penalty by leave-one-out error, in closed form.

    predictions: rows x predictors, each row unseen by the predictors. values: the ratings.
    """
    count = predictions.shape[1]
    middle = predictions.mean(axis=1)
    apart = predictions - middle[:, None]
    means, left = apart.mean(axis=0), values - middle
    offset = float(left.mean())
    scale = float(np.square(apart - means).mean()) * len(values)
    if count < 2 or scale <= 1e-12 * max(1.0, float(np.square(values).sum())):
        return equal(count)
    left_vectors, singular, right = np.linalg.svd(apart - means, full_matrices=False)
    trials = [_left_out(left_vectors, singular, left - offset, strength * scale) for strength in STRENGTHS]
    best = int(np.argmin(trials))
    shrunk = singular / (singular**2 + STRENGTHS[best] * scale)
    coefficients = right.T @ (shrunk * (left_vectors.T @ (left - offset)))
    # What is learned about departures from the mean says nothing about the mean itself: it keeps weight 1.
    weights = 1.0 / count + coefficients - coefficients.mean()
    return Weights(weights, offset - float(means @ coefficients), STRENGTHS[best], trials[best])


def _left_out(vectors: FloatArray, singular: FloatArray, target: FloatArray, penalty: float) -> float:
    """Root of the mean square of target less fit, each row by the others' fit."""
    kept = singular**2 / (singular**2 + penalty)
    leverage = np.square(vectors) @ kept + 1.0 / len(target)
    misses = (target - vectors @ (kept * (vectors.T @ target))) / np.maximum(1.0 - leverage, 1e-9)
    return float(np.sqrt(np.mean(misses**2)))
