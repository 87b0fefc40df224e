"""Choosing decay and blend on a hold-out: no data set's parameters are written down."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from recommender.arrays import FloatArray
from recommender.config import RecommenderConfig
from recommender.holdout import Case
from recommender.judging import LEFT_OUT, Judge
from recommender.query import Seen
from recommender.ranking import Source
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
VISITS: Ladders = {
    "session.basket_share": (0.0, 0.25, 0.5, 0.75, 1.0),
    "session.content_share": (0.0, 0.1, 0.3, 0.5),
}
"""How fast a session fades is left alone: baskets know no order, so visits made of them tell nothing."""

SPECIALISTS: dict[Source, tuple[float, ...]] = {
    "transitions": (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
    "segment": (0.0, 0.3, 1.0, 3.0, 10.0),
    "traits": (0.0, 0.1, 0.3, 1.0, 3.0),
}
"""Weights of scorers that not every shop has a use for: from nothing upwards, all tried."""

SESSION_WEIGHTS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
DETAILS: Ladders = {
    "transitions.fade": (0.1, 0.3, 0.5, 0.7),
    "segment.shrinkage": (100.0, 1_000.0, 10_000.0),
    "traits.shrinkage": (10.0, 30.0, 100.0, 300.0),
}
"""What is fitted, in this order, each along a short ladder of values. For new items, only the ratio of
popularity to neighbours matters: neighbours are most of what speaks of the past."""

LEAST_CASES = 20
SURE = 2.5
"""Standard errors that the best of a ladder must gain: of seven useless values, tried on noise, the best
gains as much one time in twenty."""
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
    """The settings chosen on one question, every trial made on the way, and whether time ran out first.

    without: NDCG of the chosen settings without one scorer, by source: what each scorer is worth.
    """

    config: RecommenderConfig
    names: tuple[str, ...]
    start: float
    best: float
    trials: tuple[Trial, ...]
    cases: int
    out_of_time: bool
    without: dict[str, float] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "cases": self.cases,
            "ndcg_before": round(self.start, 5),
            "ndcg_after": round(self.best, 5),
            "chosen": {name: _plain(value_of(self.config, name)) for name in self.names},
            "trials": [[trial.name, _plain(trial.value), round(trial.ndcg, 5)] for trial in self.trials],
            "without": {source: round(score, 5) for source, score in self.without.items()},
            "out_of_time": self.out_of_time,
        }


def tune(
    state: State, cases: tuple[Case, ...], visits: tuple[Case, ...], progress: Callable[[float], None]
) -> tuple[RecommenderConfig, dict[str, Any]]:
    """Climbs each ladder from where the settings stand, as long as the hold-out gains and time is left.

    state: fitted on what the cases leave. visits: see holdout.visits_of. Coordinate ascent: one setting at a
    time, round after round while any changes; first for slates of any items, then for slates of new ones
    (the latter alone where nothing is bought again), last for strangers on a visit. Answers the settings, and
    a report: "tuning" for what the shop mostly asks, "tuning_new" and "tuning_visits".
    """
    Judge(state, cases[:1], "any").ndcg(state.config)  # compiles the kernels, on nobody's time
    started, seconds = time.thread_time(), state.config.tuning.seconds
    reports: dict[str, Any] = {}
    questions = _questions(state, cases, visits)
    for turn, (name, question) in enumerate(questions.items()):
        told = partial(_tell, progress, turn, len(questions))
        share = FIRST_SHARE + (1.0 - FIRST_SHARE) * turn / max(1, len(questions) - 1)
        tuned = _Climb(state, question, started + share * seconds).run(told)
        state = replace(state, config=tuned.config)
        reports[name] = tuned.report()
    return state.config, reports


def _questions(state: State, cases: tuple[Case, ...], visits: tuple[Case, ...]) -> dict[str, "_Question"]:
    fresh, blends = _new_to_them(cases), ("blend", "blend_new")
    usual: Seen = "any" if state.facts.repeat_purchase else "never"
    blend = blends[usual == "never"]
    visit = _Question(usual, visits, {f"{blend}.session": SESSION_WEIGHTS} | VISITS, blend)
    if state.facts.repeat_purchase:
        specialists = [_specialists(state, name) for name in blends]
        return {
            "tuning": _Question("any", cases, DECAY | ANY_ITEM | specialists[0] | DETAILS, blend),
            "tuning_new": _Question("never", fresh, NEW_ITEMS | specialists[1], "blend_new"),
            "tuning_visits": visit,
        }
    ladders = DECAY | NEW_ITEMS | _specialists(state, blend) | DETAILS
    return {"tuning": _Question("never", fresh, ladders, blend), "tuning_visits": visit}


def _specialists(state: State, blend: str) -> Ladders:
    present = {scorer.source for scorer in state.scorers()}
    return {f"{blend}.{source}": ladder for source, ladder in SPECIALISTS.items() if source in present}


def _tell(progress: Callable[[float], None], turn: int, turns: int, share: float) -> None:
    progress((turn + share) / turns)


@dataclass(frozen=True)
class _Question:
    """What is asked of the hold-out, and what may be changed to answer it better."""

    seen: Seen
    cases: tuple[Case, ...]
    ladders: Ladders
    blend: str


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
        self._judge = Judge(self._state, cases, self._question.seen)
        start = self._best = self._judge.ndcg(self._config)
        for turn in range(MOST_ROUNDS):
            before = self._config
            for step, (name, ladder) in enumerate(ladders.items()):
                progress((turn + step / len(ladders)) / MOST_ROUNDS)
                if self._idle(name):
                    continue
                if name.split(".")[1] in SPECIALISTS:
                    self._elect(name, ladder)
                    continue
                at = value_of(self._config, name)
                self._climb(name, [value for value in ladder if value > at])
                self._climb(name, [value for value in reversed(ladder) if value < at])
            if self._config == before:
                break
        means = float(start.mean()), float(self._best.mean())
        tried, late = tuple(self._trials), self._late()
        return Tuned(self._config, tuple(ladders), *means, tried, len(cases), late, self._without())

    def _elect(self, name: str, values: tuple[float, ...]) -> None:
        """Takes the best of all values, if it is worth more than noise could be."""
        scores = {}
        for value in values:
            config = with_value(self._config, name, value)
            if config not in self._tried and config != self._config and not self._late():
                self._tried.add(config)
                scores[value] = self._judge.ndcg(config)
                self._trials.append(Trial(name, value, float(scores[value].mean())))
        if not scores:
            return
        value = max(scores, key=lambda value: float(scores[value].mean()))
        if _clearly_better(scores[value], self._best, SURE):
            self._config, self._best = with_value(self._config, name, value), scores[value]

    def _climb(self, name: str, values: list[float]) -> None:
        """Takes the values in turn, up to the first that is no clear gain."""
        for value in values:
            if self._late():
                return
            config = with_value(self._config, name, value)
            if config in self._tried:
                return
            self._tried.add(config)
            score = self._judge.ndcg(config)
            self._trials.append(Trial(name, value, float(score.mean())))
            if not _clearly_better(score, self._best):
                return
            self._config, self._best = config, score

    def _late(self) -> bool:
        return time.thread_time() > self._deadline

    def _idle(self, name: str) -> bool:
        """Whether a setting belongs to a scorer that has no part in the answer."""
        weights = getattr(self._config, self._question.blend)
        return float(getattr(weights, name.split(".")[0], 1.0)) == 0.0

    def _without(self) -> dict[str, float]:
        blend = self._question.blend
        weights = getattr(self._config, blend)
        active = [source for source, weight in weights if weight > 0.0 and source != LEFT_OUT]
        return {
            source: float(self._judge.ndcg(with_value(self._config, f"{blend}.{source}", 0.0)).mean())
            for source in active
            if not self._late()
        }


def _clearly_better(new: FloatArray, old: FloatArray, errors: float = 1.0) -> bool:
    """Whether the mean gain over the same cases exceeds that many of its standard errors; less is noise."""
    gain = new - old
    return bool(gain.mean() > errors * gain.std() / np.sqrt(len(gain)))


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
