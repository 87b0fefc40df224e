"""Choosing decay and blend on a hold-out: no data set's parameters are written down."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from recommender.arrays import FloatArray
from recommender.config import RecommenderConfig
from recommender.holdout import Case, HoldOut
from recommender.metrics import ndcg
from recommender.pipeline import Pipeline
from recommender.query import Query, Seen
from recommender.state import State

INFINITY = float("inf")
Ladders = dict[str, tuple[float, ...]]

DECAY: Ladders = {
    "decay.half_life_baskets": (5.0, 10.0, 20.0, 40.0, INFINITY),
    "decay.half_life_days": (30.0, 60.0, 120.0, 240.0, INFINITY),
    "decay.basket_size_exponent": (0.0, 0.1, 0.2, 0.35, 0.5),
}
ANY_ITEM: Ladders = {
    "blend.item_knn": (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8),
    "frequency.repeat_exponent": (0.0, 0.15, 0.25, 0.4, 0.6),
    "blend.popularity": (0.03, 0.1, 0.3, 1.0, 3.0),
}
NEW_ITEMS: Ladders = {"blend_new.popularity": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)}
"""What is fitted, in this order, each along a short ladder of values. For new items, only the ratio of
popularity to neighbours matters: neighbours are all that speaks of the past."""

LEAST_CASES = 20
MOST_ROUNDS = 3
FIRST_SHARE = 0.75
"""Share of the time after which the first of two questions must be answered."""


@dataclass(frozen=True)
class Trial:
    """One setting and what it scored (NDCG at config.tuning.n, mean over the cases)."""

    name: str
    value: float
    ndcg: float


@dataclass(frozen=True)
class Tuned:
    """The settings chosen on one question, every trial made on the way, and whether time ran out first."""

    config: RecommenderConfig
    names: tuple[str, ...]
    start: float
    best: float
    trials: tuple[Trial, ...]
    cases: int
    out_of_time: bool

    def report(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "cases": self.cases,
            "ndcg_before": round(self.start, 5),
            "ndcg_after": round(self.best, 5),
            "chosen": {name: _plain(value_of(self.config, name)) for name in self.names},
            "trials": [[trial.name, _plain(trial.value), round(trial.ndcg, 5)] for trial in self.trials],
            "out_of_time": self.out_of_time,
        }


def tune(
    state: State, held: HoldOut, progress: Callable[[float], None]
) -> tuple[RecommenderConfig, dict[str, Any]]:
    """Climbs each ladder from where the settings stand, as long as the hold-out gains and time is left.

    state: fitted on held.rest. Coordinate ascent: one setting at a time, round after round while any changes;
    first for slates of any items, then for slates of new ones (the latter alone where nothing is bought
    again). Answers the settings, and a report: "tuning" for what the shop mostly asks, and "tuning_new".
    """
    started, seconds = time.thread_time(), state.config.tuning.seconds
    fresh = [_Question("never", _new_to_them(held.cases), NEW_ITEMS)]
    if state.facts.repeat_purchase:
        questions = [_Question("any", held.cases, DECAY | ANY_ITEM), *fresh]
    else:
        questions = [_Question("never", fresh[0].cases, DECAY | NEW_ITEMS)]
    reports: dict[str, Any] = {}
    for turn, (name, question) in enumerate(zip(("tuning", "tuning_new"), questions, strict=False)):
        told = partial(_tell, progress, turn, len(questions))
        share = 1.0 if turn + 1 == len(questions) else FIRST_SHARE
        tuned = _Climb(state, question, started + share * seconds).run(told)
        state = replace(state, config=tuned.config)
        reports[name] = tuned.report()
    return state.config, reports


def _tell(progress: Callable[[float], None], turn: int, turns: int, share: float) -> None:
    progress((turn + share) / turns)


@dataclass(frozen=True)
class _Question:
    """What is asked of the hold-out, and what may be changed to answer it better."""

    seen: Seen
    cases: tuple[Case, ...]
    ladders: Ladders


def _new_to_them(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases with what was taken for the first time, where there is any."""
    fresh = [(case, np.setdiff1d(case.taken, case.history.items)) for case in cases]
    return tuple(replace(case, taken=taken) for case, taken in fresh if len(taken))


class _Climb:
    def __init__(self, state: State, question: _Question, deadline: float) -> None:
        self._state = state
        self._question = question
        self._deadline = deadline
        self._config = state.config
        self._trials: list[Trial] = []
        self._tried: set[RecommenderConfig] = set()

    def run(self, progress: Callable[[float], None]) -> Tuned:
        ladders, cases = self._question.ladders, self._question.cases
        if len(cases) < LEAST_CASES:
            return Tuned(self._config, tuple(ladders), 0.0, 0.0, (), len(cases), False)
        self._judge(self._config, cases[:1])  # compiles the kernels, on nobody's time
        start = self._best = self._judge(self._config, cases)
        for turn in range(MOST_ROUNDS):
            before = self._config
            for step, (name, ladder) in enumerate(ladders.items()):
                progress((turn + step / len(ladders)) / MOST_ROUNDS)
                at = value_of(self._config, name)
                self._climb(name, [value for value in ladder if value > at])
                self._climb(name, [value for value in reversed(ladder) if value < at])
            if self._config == before:
                break
        means = float(start.mean()), float(self._best.mean())
        return Tuned(self._config, tuple(ladders), *means, tuple(self._trials), len(cases), self._late())

    def _climb(self, name: str, values: list[float]) -> None:
        """Takes the values in turn, up to the first that is no clear gain."""
        for value in values:
            if self._late():
                return
            config = with_value(self._config, name, value)
            if config in self._tried:
                return
            self._tried.add(config)
            score = self._judge(config, self._question.cases)
            self._trials.append(Trial(name, value, float(score.mean())))
            if not _clearly_better(score, self._best):
                return
            self._config, self._best = config, score

    def _late(self) -> bool:
        return time.thread_time() > self._deadline

    def _judge(self, config: RecommenderConfig, cases: tuple[Case, ...]) -> FloatArray:
        # Content speaks for cold items, and no hold-out tells much about those: leaving it out saves time.
        lean = with_value(with_value(config, "blend.content", 0.0), "blend_new.content", 0.0)
        return ndcg_of_cases(replace(self._state, config=lean), cases, self._question.seen)


def _clearly_better(new: FloatArray, old: FloatArray) -> bool:
    """Whether the mean gain over the same cases exceeds its own standard error; less is noise."""
    gain = new - old
    return bool(gain.mean() > gain.std() / np.sqrt(len(gain)))


def ndcg_of_cases(state: State, cases: tuple[Case, ...], seen: Seen) -> FloatArray:
    """NDCG of the slate that a model of this state gives each case."""
    pipeline = Pipeline.of(state)
    n = state.config.tuning.n
    scores = [
        ndcg(pipeline.best(Query(history=case.history, n=n, now=case.now, seen=seen)), case.taken, n)
        for case in cases
    ]
    return np.array(scores)


def _plain(value: float) -> float | None:
    """JSON knows no infinity: a decay that is switched off is null."""
    return value if np.isfinite(value) else None


def value_of(config: RecommenderConfig, name: str) -> float:
    """A setting by its dotted name."""
    group, key = name.split(".")
    return float(getattr(getattr(config, group), key))


def with_value(config: RecommenderConfig, name: str, value: float) -> RecommenderConfig:
    """The same settings with one changed, by its dotted name."""
    group, key = name.split(".")
    part = getattr(config, group).model_copy(update={key: value})
    return config.model_copy(update={group: part})
