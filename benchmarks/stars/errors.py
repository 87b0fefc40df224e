"""Folds, and how far predictions miss the mark. NumPy only: the peers' interpreter has no more."""

from typing import Any

import numpy as np


def split(fold: np.ndarray, turn: int) -> tuple[np.ndarray, np.ndarray]:
    return np.flatnonzero(fold != turn), np.flatnonzero(fold == turn)


def errors_of(misses: np.ndarray) -> dict[str, float]:
    return {"rmse": float(np.sqrt(np.mean(misses**2))), "mae": float(np.mean(np.abs(misses)))}


def summary(results: list[dict[str, float]]) -> dict[str, Any]:
    means = {key: float(np.mean([result[key] for result in results])) for key in ("rmse", "mae", "fit_s")}
    rounded = {key: round(value, 2 if key == "fit_s" else 5) for key, value in means.items()}
    return {**rounded, "folds": len(results)}


def ratios(ours: dict[str, list[dict[str, float]]], peers: dict[str, Any] | None) -> dict[str, float]:
    """Blend's RMSE / peer's, over the folds that the peer had time for."""
    ratios = {}
    for name, result in (peers or {}).items():
        theirs = result.get("by_fold", [])
        if theirs:
            mine = [fold["rmse"] for fold in ours["blend"][: len(theirs)]]
            ratios[name] = round(float(np.mean(mine) / np.mean(theirs)), 4)
    return ratios
