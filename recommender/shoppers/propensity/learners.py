"""The two models that are compared, and the calibration that makes their scores probabilities."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import RandomForestClassifier
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from recommender.arrays import FloatArray
from recommender.shoppers.config import PropensityConfig
from recommender.shoppers.propensity.rows import Rows

Learner = Literal["logistic_regression", "random_forest", "base_rate"]
LEARNERS: tuple[Learner, ...] = ("logistic_regression", "random_forest")


@dataclass(frozen=True)
class Predictor:
    """Calibrated probabilities. model: a fitted scikit-learn classifier; None answers `rate` for everybody.
    least: no probability is nearer to 0 or 1 than this, which is what its calibration can tell apart."""

    model: Any
    rate: float
    least: float

    def predict(self, values: FloatArray) -> FloatArray:
        """One probability a row."""
        if self.model is None or len(values) == 0:
            return np.full(len(values), self.rate)
        chance = np.asarray(self.model.predict_proba(values)[:, 1], dtype=np.float64)
        return np.clip(chance, self.least, 1.0 - self.least)


def learn(name: Learner, rows: Rows, calibration: Rows, config: PropensityConfig, seed: int) -> Predictor:
    """Fit one of the models on `rows` and its calibration on other rows, later in time.

    Calibration is isotonic (Zadrozny and Elkan, KDD 2002) where there are enough of both labels, else by a
    sigmoid (Platt 1999). With too few of either label nothing is learnt: the base rate answers, which is
    Laplace's (buyers + 1) / (rows + 2).
    """
    known = calibration if len(calibration) else rows
    rate = (float(known.label.sum()) + 1.0) / (len(known) + 2.0)
    least = 0.5 / (len(known) + 1.0)
    scarce = min(_rarer(rows), _rarer(calibration))
    if name == "base_rate" or scarce < config.fewest:
        return Predictor(None, rate, least)
    model = _model(name, config, seed).fit(rows.values, rows.label)
    method = "isotonic" if _rarer(calibration) >= config.isotonic else "sigmoid"
    calibrated = CalibratedClassifierCV(FrozenEstimator(model), method=method)
    return Predictor(calibrated.fit(calibration.values, calibration.label), rate, least)


def _rarer(rows: Rows) -> int:
    """How many rows carry the rarer label."""
    bought = int(rows.label.sum())
    return min(bought, len(rows) - bought)


def _model(name: Learner, config: PropensityConfig, seed: int) -> Any:
    if name == "logistic_regression":
        return make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    return RandomForestClassifier(
        n_estimators=config.trees, min_samples_leaf=config.leaf, n_jobs=-1, random_state=seed
    )
