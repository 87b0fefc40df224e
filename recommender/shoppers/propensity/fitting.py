"""Fits propensity by time: learn on early cut-offs, calibrate on a later one, compare on the latest."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from recommender.arrays import FloatArray
from recommender.shoppers.config import PropensityConfig
from recommender.shoppers.propensity.learners import LEARNERS, Learner, Predictor, learn
from recommender.shoppers.propensity.rows import Rows, RowsAt, joined
from recommender.shoppers.propensity.scores import Scores, best_threshold, score

CANDIDATES: tuple[Learner, ...] = ("base_rate", *LEARNERS)
Progress = Callable[[float], None]


def silent(share: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Fitted:
    """The model that was kept, and what every model scored on the test.

    rows: how many were learnt from, calibrated on and tested on. base_rate: of the test. scores: empty where
    the log is too short to test anything.
    """

    predictor: Predictor
    chosen: Learner
    horizon_days: float
    base_rate: float
    rows: dict[str, int]
    scores: dict[Learner, Scores]

    def predict(self, values: FloatArray) -> FloatArray:
        """One probability a row of features at the moment of the prediction."""
        return self.predictor.predict(values)

    def report(self) -> dict[str, Any]:
        """All of it, fit for JSON."""
        return {
            "horizon_days": self.horizon_days,
            "chosen": self.chosen,
            "base_rate": round(self.base_rate, 4),
            "rows": self.rows,
            "models": {name: scores.as_json() for name, scores in self.scores.items()},
        }


@dataclass(frozen=True)
class _Parts:
    learning: Rows
    calibration: Rows


def fit_propensity(
    rows_at: RowsAt,
    as_of: float,
    rng: np.random.Generator,
    config: PropensityConfig | None = None,
    *,
    most_rows: int | None = None,
    progress: Progress = silent,
) -> Fitted:
    """Compare the models on the last horizon before `as_of`, and fit the better one up to `as_of`.

    With cut-offs one horizon h apart: the test's labels lie in (as_of - h, as_of], the calibration's in the
    horizon before that, the learners' before that. No row's features see past its own cut-off. The smallest
    log loss on the test wins, base rate included; the winner is then fitted again, one horizon later.
    """
    limits = config or PropensityConfig()
    most = most_rows or limits.shoppers
    seed = int(rng.integers(2**31))

    @lru_cache
    def rows(horizons_ago: int) -> Rows:
        return rows_at(as_of - limits.horizon_days * horizons_ago).sample(most, rng)

    def parts(newest: int) -> _Parts:
        ages = range(newest + 1, newest + 1 + limits.cuts)
        learning = [rows(age).sample(max(most // limits.cuts, 1), rng) for age in ages]
        return _Parts(joined(learning), rows(newest))

    test = rows(1)
    compared = parts(2)
    progress(0.2)
    scores: dict[Learner, Scores] = {}
    for step, name in enumerate(CANDIDATES):
        if len(test):
            scores[name] = _judge(learn(name, *_both(compared), limits, seed), compared.calibration, test)
        progress(0.2 + 0.2 * (step + 1))
    chosen = min(scores, key=lambda name: scores[name].log_loss, default=CANDIDATES[0])
    last = parts(1)
    predictor = learn(chosen, *_both(last), limits, seed)
    progress(1.0)
    sizes = {
        "learning": len(compared.learning),
        "calibration": len(compared.calibration),
        "test": len(test),
    }
    return Fitted(predictor, chosen, limits.horizon_days, test.rate, sizes, scores)


def _both(parts: _Parts) -> tuple[Rows, Rows]:
    return parts.learning, parts.calibration


def _judge(predictor: Predictor, calibration: Rows, test: Rows) -> Scores:
    threshold = best_threshold(calibration.label, predictor.predict(calibration.values))
    return score(test.label, predictor.predict(test.values), threshold)
