"""How sure the classifier is of a message: sure, unsure or lost; fitted on sentences that it had not learnt
from.

Lost: what the message scores for the likeliest intent and how near the nearest known sentence is, together,
are below what all but a few messages reach that belong here; each script has its own limit. Unsure: the
likeliest intents are about as likely.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

SURE, UNSURE, LOST = "sure", "unsure", "lost"
_ENOUGH = 40  # sentences that a limit, or the mix of the two signs, is fitted on
_SHARPEST = 64.0


@dataclass(frozen=True, kw_only=True)
class Bands:
    """What was fitted.

    Attributes:
        temperature: the factor of scores in the exponent of a confidence.
        middle, scale, mix: of the two signs of belonging here, best score and nearest sentence.
        lost: the least assurance of a message that is understood, for each script; "" for any other.
        unsure: the least confidence of a message that is answered without a question.
    """

    temperature: float
    middle: list[float]
    scale: list[float]
    mix: list[float]
    lost: dict[str, float]
    unsure: float

    def confidences(self, scores: Any) -> Any:
        """Return the chance of each intent; a row's sum is 1."""
        powers = np.exp(self.temperature * (scores - scores.max(axis=1, keepdims=True)))
        return powers / powers.sum(axis=1, keepdims=True)

    def assurance(self, best: Any, nearest: Any) -> Any:
        """Return how much it looks as if messages belonged here, without a unit."""
        signs = (np.column_stack([best, nearest]) - self.middle) / self.scale
        return signs @ np.asarray(self.mix)

    def band(self, confidence: float, assurance: float, script: str) -> str:
        """Return `SURE`, `UNSURE` or `LOST`."""
        if assurance < self.lost.get(script, self.lost[""]):
            return LOST
        return SURE if confidence >= self.unsure else UNSURE

    def describe(self) -> dict[str, Any]:
        """Return everything, as JSON takes it."""
        return asdict(self)

    @classmethod
    def restore(cls, described: dict[str, Any]) -> "Bands":
        """Make what `describe` told."""
        return cls(**{field.name: described[field.name] for field in fields(cls)})


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """Sentences that were not learnt from, as they were scored; those out of scope have the label -1 or the
    column of that intent.
    """

    scores: Any
    nearest: Any
    labels: Any
    scripts: list[str]
    outside: int | None

    @property
    def belongs(self) -> Any:
        """Tell for each sentence whether it is in scope."""
        return (self.labels >= 0) & (self.labels != (-1 if self.outside is None else self.outside))

    @property
    def best(self) -> Any:
        """Return each sentence's best score for an intent in scope."""
        return best_in_scope(self.scores, self.outside)


def best_in_scope(scores: Any, outside: int | None) -> Any:
    """Return the best score of each row but for the column of what is out of scope."""
    return (scores if outside is None else np.delete(scores, outside, axis=1)).max(axis=1)


def fit_bands(unseen: Unseen, *, rejected: float, asked: float, by_meaning: bool) -> Bands:
    """Fit on unseen sentences, some of them in scope.

    Args:
        rejected: the share of sentences in scope that may be lost.
        asked: the share of the others that may be unsure.
        by_meaning: whether the nearest sentence says anything.
    """
    signs = np.column_stack([unseen.best, unseen.nearest])
    belongs = unseen.belongs
    middle, scale = signs[belongs].mean(axis=0), np.maximum(signs[belongs].std(axis=0), 1e-6)
    mix = _mix((signs - middle) / scale, belongs) if by_meaning else [1.0, 0.0]
    start = Bands(
        temperature=_temperature(unseen.scores[unseen.labels >= 0], unseen.labels[unseen.labels >= 0]),
        middle=middle.tolist(),
        scale=scale.tolist(),
        mix=mix,
        lost={"": -np.inf},
        unsure=0.0,
    )
    assurance = start.assurance(unseen.best, unseen.nearest)
    lost = _limits(assurance, unseen, rejected)
    limits = np.array([lost.get(script, lost[""]) for script in unseen.scripts])
    kept = belongs & (assurance >= limits)
    confidences = start.confidences(unseen.scores).max(axis=1)[kept]
    unsure = float(np.quantile(confidences, asked)) if asked and kept.sum() >= _ENOUGH else 0.0
    return Bands(**{**start.describe(), "lost": lost, "unsure": unsure})


def _mix(signs: Any, belongs: Any) -> list[float]:
    """Return how much each sign counts: alike, or as sentences out of scope tell if there are enough."""
    if min(belongs.sum(), (~belongs).sum()) < _ENOUGH:
        return [0.5, 0.5]
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(class_weight="balanced").fit(signs, belongs)
    mix = np.maximum(fitted.coef_[0], 0.0)
    return list(map(float, mix / mix.sum())) if mix.sum() else [0.5, 0.5]


def _limits(assurance: Any, unseen: Unseen, rejected: float) -> dict[str, float]:
    """Return the limit below which a share of what belongs here lies, for all and for each script."""
    belongs, scripts = unseen.belongs, np.asarray(unseen.scripts)
    limits = {"": float(np.quantile(assurance[belongs], rejected))}
    for script in sorted(set(unseen.scripts)):
        of_script = belongs & (scripts == script)
        if of_script.sum() >= _ENOUGH:
            limits[script] = float(np.quantile(assurance[of_script], rejected))
    return limits


def _temperature(scores: Any, labels: Any) -> float:
    """Return the factor under which the labels are likeliest (Guo et al., "On calibration of modern neural
    networks", 2017).
    """
    best, chosen = -np.inf, 1.0
    for factor in np.geomspace(1.0, _SHARPEST, 40):
        powers = factor * (scores - scores.max(axis=1, keepdims=True))
        likely = (powers[np.arange(len(labels)), labels] - np.log(np.exp(powers).sum(axis=1))).mean()
        if likely > best:
            best, chosen = likely, float(factor)
    return chosen
