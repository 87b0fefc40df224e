"""Whether a deep model may be kept: only where it wins on the shop's own hold-out, by more than the noise."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from recommender.arrays import FloatArray
from recommender.errors import InputError

LEAST_CASES = 100
"""Cases below which a difference says nothing."""

STANDARD_ERRORS = 2.0
"""By how many of its standard errors a mean difference must exceed 0."""


def versus(deep: FloatArray, rival: FloatArray) -> dict[str, float | int]:
    """The mean difference of two models' values on the same cases, and its standard error.

    The pairing takes out what makes some cases harder than others. InputError unless both have one value a
    case, and at least one.
    """
    if deep.shape != rival.shape or deep.ndim != 1 or len(deep) == 0:
        raise InputError("rival", "must have one value a case, as the deep model has, and at least one")
    differences = deep - rival
    spread = float(differences.std(ddof=1)) if len(differences) > 1 else 0.0
    return {
        "difference": float(differences.mean()),
        "standard_error": spread / math.sqrt(len(differences)),
        "cases": len(differences),
    }


def wins(report: Mapping[str, Any]) -> bool:
    """Whether the deep model of a report may be kept.

    report["versus"]: what `versus` says, by the name of each model that serves today. It has to beat every
    one of them, in at least LEAST_CASES cases, by more than STANDARD_ERRORS standard errors. Nothing to beat
    is no win.
    """
    rivals = report.get("versus") or {}
    return bool(rivals) and all(_beaten(each) for each in rivals.values())


def _beaten(versus: Mapping[str, float]) -> bool:
    noise = STANDARD_ERRORS * versus["standard_error"]
    gain = versus["difference"]
    return versus["cases"] >= LEAST_CASES and bool(np.isfinite(noise)) and gain > 0.0 and gain > noise
