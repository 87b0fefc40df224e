"""Coordinate ascent on a hold-out: one setting at a time along its ladder, taking what is a clear gain."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recommender.arrays import FloatArray
from recommender.config import RecommenderConfig
from recommender.holdout import Case
from recommender.judging import LEFT_OUT, Judge
from recommender.ladders import NEIGHBOURS, SPEAKERS, SPECIALISTS, Ladders, Value
from recommender.query import Seen
from recommender.state import State
from recommender.workshop import Workshop

LEAST_CASES = 20
SURE = 2.5
"""Standard errors that the best of a ladder must gain: of seven useless values, tried on noise, the best
gains as much one time in twenty."""
MOST_ROUNDS = 3

Scores = tuple[FloatArray, ...]
"""NDCG of every case, of one question or of several."""


@dataclass(frozen=True)
class Question:
    """What is asked of the hold-out: slates of which kind, for which cases, mixed by which weights."""

    seen: Seen
    cases: tuple[Case, ...]
    blend: str


@dataclass(frozen=True)
class Trial:
    """One setting and what it scored (NDCG at config.tuning.n, mean over the cases, then over questions)."""

    name: str
    value: Value
    ndcg: float


@dataclass(frozen=True)
class Tuned:
    """The settings chosen on some questions, every trial made on the way, and whether time ran out first.

    without: NDCG of the chosen settings without one scorer, by source: what each scorer is worth.
    """

    config: RecommenderConfig
    names: tuple[str, ...]
    start: float
    best: float
    trials: tuple[Trial, ...]
    cases: int
    out_of_time: bool
    without: Mapping[str, float] = field(default_factory=dict)

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


class Climb:
    """From where a state's settings stand, up some ladders, as long as the questions gain and time is left.

    workshop: makes the neighbours that settings ask for. deadline: on the clock of time.thread_time.
    """

    def __init__(
        self, state: State, questions: tuple[Question, ...], workshop: Workshop, deadline: float
    ) -> None:
        self._state = state
        self._questions = questions
        self._workshop = workshop
        self._deadline = deadline
        self._config = state.config
        self._trials: list[Trial] = []
        self._tried: set[RecommenderConfig] = set()

    def run(self, ladders: Ladders, progress: Callable[[float], None], rounds: int = MOST_ROUNDS) -> Tuned:
        """Round after round while any setting changes, `rounds` at most."""
        cases = sum(len(question.cases) for question in self._questions)
        if min(len(question.cases) for question in self._questions) < LEAST_CASES:
            return Tuned(self._config, tuple(ladders), 0.0, 0.0, (), cases, False)
        self._judges = [
            Judge(self._state, question.cases, question.seen, self._workshop.of)
            for question in self._questions
        ]
        start = self._best = self.judged(self._config)
        for turn in range(rounds):
            before = self._config
            for step, (name, ladder) in enumerate(ladders.items()):
                progress((turn + step / len(ladders)) / rounds)
                self._try(name, ladder)
            if self._config == before:
                break
        tried, late = tuple(self._trials), self._late()
        means = mean(start), mean(self._best)
        return Tuned(self._config, tuple(ladders), *means, tried, cases, late, self._without())

    def judged(self, config: RecommenderConfig) -> Scores:
        """What these settings score, of the items that those of the start might have shown."""
        return tuple(judge.ndcg(config) for judge in self._judges)

    def _try(self, name: str, ladder: tuple[Value, ...]) -> None:
        if self._idle(name):
            return
        if name.split(".")[1] in SPECIALISTS:
            self._elect(name, ladder)
            return
        at = value_of(self._config, name)
        climb = self._climb_far if name in NEIGHBOURS else self._climb
        climb(name, [value for value in ladder if value > at])
        climb(name, [value for value in reversed(ladder) if value < at])

    def _elect(self, name: str, values: tuple[Value, ...]) -> None:
        """Takes the best of all values, if it is worth more than noise could be."""
        scores = {value: score for value in values if (score := self._trial(name, value))}
        if not scores:
            return
        value = max(scores, key=lambda value: mean(scores[value]))
        if clearly_better(scores[value], self._best, SURE):
            self._config, self._best = with_value(self._config, name, value), scores[value]

    def _climb(self, name: str, values: list[Value]) -> None:
        """Takes the values in turn, up to the first that is no clear gain."""
        for value in values:
            score = self._trial(name, value)
            if not score or not clearly_better(score, self._best):
                return
            self._config, self._best = with_value(self._config, name, value), score

    def _climb_far(self, name: str, values: list[Value]) -> None:
        """Looks at the values in turn for as long as they rise, and takes the top of them if it is worth more
        than noise could be."""
        top, best = None, self._best
        for value in values:
            score = self._trial(name, value)
            if not score or not clearly_better(score, best, 0.0):
                break
            top, best = value, score
        if top is not None and clearly_better(best, self._best, SURE):
            self._config, self._best = with_value(self._config, name, top), best

    def _trial(self, name: str, value: Value) -> Scores | None:
        """None where it was made before, or no time is left."""
        config = with_value(self._config, name, value)
        if self._late() or config in self._tried or config == self._config:
            return None
        self._tried.add(config)
        score = self.judged(config)
        self._trials.append(Trial(name, value, mean(score)))
        return score

    def _late(self) -> bool:
        return time.thread_time() > self._deadline

    def _idle(self, name: str) -> bool:
        """Whether a setting belongs to scorers that have no part in any answer."""
        group = name.split(".")[0]
        weights = [getattr(self._config, question.blend) for question in self._questions]
        speakers = SPEAKERS.get(group, (group,)) if name in NEIGHBOURS else (group,)
        return all(float(getattr(each, speaker, 1.0)) == 0.0 for each in weights for speaker in speakers)

    def _without(self) -> dict[str, float]:
        if len(self._questions) > 1:
            return {}
        blend = self._questions[0].blend
        weights = getattr(self._config, blend)
        active = [source for source, weight in weights if weight > 0.0 and source != LEFT_OUT]
        return {
            source: mean(self.judged(with_value(self._config, f"{blend}.{source}", 0.0)))
            for source in active
            if not self._late()
        }


def clearly_better(new: Scores, old: Scores, errors: float = 1.0) -> bool:
    """Whether the gain over the same cases exceeds that many of its standard errors; less is noise.

    Of several questions the gains are added up, each relative to what the question scored before.
    """
    gain = variance = 0.0
    for after, before in zip(new, old, strict=True):
        unit = max(float(before.mean()), 1e-12)
        gain += float((after - before).mean()) / unit
        variance += float((after - before).var()) / len(before) / unit**2
    return gain > errors * math.sqrt(variance)


def mean(scores: Scores) -> float:
    """Over the cases, then over the questions."""
    return float(np.mean([score.mean() for score in scores]))


def _plain(value: Value) -> Value | None:
    """JSON knows no infinity: a decay that is switched off is null."""
    return value if isinstance(value, str) or np.isfinite(value) else None


def value_of(config: RecommenderConfig, name: str) -> Any:
    """A setting by its dotted name."""
    group, key = name.split(".")
    return getattr(getattr(config, group), key)


def with_value(config: RecommenderConfig, name: str, value: Value) -> RecommenderConfig:
    """The same settings with one changed, by its dotted name."""
    group, key = name.split(".")
    part = getattr(config, group).model_copy(update={key: value})
    return config.model_copy(update={group: part})
