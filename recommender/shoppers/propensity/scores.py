"""How good probabilities are, in the measures that people ask for."""

from dataclasses import asdict, dataclass

import numpy as np
from sklearn.metrics import brier_score_loss, log_loss, precision_recall_curve, roc_auc_score

from recommender.arrays import BoolArray, FloatArray


@dataclass(frozen=True)
class Scores:
    """accuracy, precision, recall and f1 of saying "buys" from `threshold` up; auc, Brier score and log loss
    of the probabilities themselves. auc is None where all or none bought."""

    threshold: float
    accuracy: float
    precision: float
    recall: float
    f1: float
    auc: float | None
    brier: float
    log_loss: float

    def as_json(self) -> dict[str, float | None]:
        """Rounded, by name."""
        return {name: value if value is None else round(value, 4) for name, value in asdict(self).items()}


def best_threshold(label: BoolArray, chance: FloatArray) -> float:
    """The threshold with the best F1; 0.5 where nobody bought."""
    if not label.any():
        return 0.5
    precision, recall, thresholds = precision_recall_curve(label, chance)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    return float(thresholds[int(np.argmax(f1[:-1]))])


def score(label: BoolArray, chance: FloatArray, threshold: float) -> Scores:
    """Measure probabilities against what happened; at least one row."""
    said = chance >= threshold
    hits = int((said & label).sum())
    precision = hits / max(int(said.sum()), 1)
    recall = hits / max(int(label.sum()), 1)
    mixed = bool(label.any() and not label.all())
    return Scores(
        threshold=threshold,
        accuracy=float((said == label).mean()),
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if hits else 0.0,
        auc=float(roc_auc_score(label, chance)) if mixed else None,
        brier=float(brier_score_loss(label, chance)),
        log_loss=float(log_loss(label, chance, labels=[False, True])),
    )
