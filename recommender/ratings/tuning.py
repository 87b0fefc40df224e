"""Choosing a predictor's settings on ratings held out: one setting at a time, along a short ladder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from recommender.settings import Settings

Config = TypeVar("Config", bound=Settings)
Ladders = dict[str, tuple[Any, ...]]

LEAST_GAIN = 1e-4
"""Share of the error that a step must take off; less is noise."""
MOST_ROUNDS = 2


@dataclass(frozen=True)
class Choice(Generic[Config]):
    """The settings chosen, the error they made on the hold-out, and how many were tried."""

    config: Config
    rmse: float | None = None
    trials: int = 0

    def report(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**self.config.model_dump(), "holdout_rmse": self.rmse, "trials": self.trials}


def climb(
    start: Config, ladders: Ladders, judge: Callable[[Config], float], most_trials: int
) -> Choice[Config]:
    """Coordinate descent: from where a setting stands, up and down its ladder as long as the error falls.

    judge: the hold-out's RMSE for settings. The most important ladder comes first.
    """
    tried = {start: judge(start)}
    best = start
    for _ in range(MOST_ROUNDS):
        before = best
        for name, ladder in ladders.items():
            for values in _directions(getattr(best, name), ladder):
                best = _walk(best, name, values, judge, tried, most_trials)
        if best == before:
            break
    return Choice(best, tried[best], len(tried))


def _directions(now: Any, ladder: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The ladder's values above and below; names know no order, so each of them is a direction of its own."""
    if isinstance(now, str):
        return [(value,) for value in ladder if value != now]
    below = tuple(value for value in reversed(ladder) if value < now)
    return [tuple(value for value in ladder if value > now), below]


def _walk(
    best: Config,
    name: str,
    values: tuple[Any, ...],
    judge: Callable[[Config], float],
    tried: dict[Config, float],
    most_trials: int,
) -> Config:
    for value in values:
        config = best.model_copy(update={name: value})
        if config not in tried:
            if len(tried) >= most_trials:
                break
            tried[config] = judge(config)
        if tried[config] > tried[best] * (1.0 - LEAST_GAIN):
            break
        best = config
    return best
