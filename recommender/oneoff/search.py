"""Choosing every setting on a hold-out, by coordinate ascent within a time budget."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recommender.arrays import FloatArray
from recommender.oneoff import ridge
from recommender.oneoff.affordable import STRENGTHS, with_fewer_neighbours
from recommender.oneoff.config import OneOffConfig, TermWeights
from recommender.oneoff.holdout import HoldOut
from recommender.oneoff.parts import PartMaker
from recommender.oneoff.pool import Pool, Quality
from recommender.oneoff.spectral import Directions
from recommender.oneoff.terms import NAMES, Terms

LADDERS: dict[str, tuple[Any, ...]] = {
    "ridge.strength": STRENGTHS,
    "spectral.spectrum_exponent": (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5),
    "ridge.target_exponent": (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3),
    "knn.row_exponent": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2),
    "knn.target_exponent": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    "knn.source_exponent": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "knn.prune": ("source", "target"),
    "spectral.rank": (64, 128, 256, 512),
    "spectral.item_exponent": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "knn.neighbours": (50, 100, 200, 300, 400),
    "ridge.share": (0.0, 0.25, 0.5, 1.0, 2.0),
    "ridge.row_exponent": (0.0, 0.25, 0.5, 0.75),
}
"""What is fitted besides the weights, each along a short ladder of values: what costs little comes first."""

SETTINGS = (*LADDERS, "ridge.neighbours")
"""What a report names."""

FACTORS = (2.0, 1.4, 1.15, 1.0 / 1.15, 1.0 / 1.4, 0.5)
"""By which a weight is changed, one at a time, for as long as that helps."""

LEAST_SHOPPERS = 20  # of each cut; with fewer the hold-out says nothing
LEAST_SHARE = 0.1  # of the time budget, which the search gets even where everything else was slow
CAUTION = 1.3  # the whole matrix takes a little longer than the hold-out's
LEAST_GAIN = 0.0015  # in mean log quality: less is within the noise of some thousand shoppers


@dataclass(frozen=True)
class Trial:
    """One setting and what it was worth (Quality.worth, with the weights adapted to it)."""

    name: str
    value: Any
    worth: float


@dataclass(frozen=True)
class Chosen:
    """The settings chosen, their quality on the hold-out and that of the start, and every trial made.

    terms: fitted with these settings on the hold-out's rest, where they were to be kept.
    """

    config: OneOffConfig
    start: Quality | None
    quality: Quality | None
    trials: tuple[Trial, ...]
    out_of_time: bool
    terms: Terms | None = None

    def report(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "settings": {name: value_of(self.config, name) for name in SETTINGS},
            "weights": {name: round(value_of(self.config, f"weights.{name}"), 3) for name in NAMES},
            "hold_out": _plain(self.config, self.quality),
            "hold_out_before": _plain(self.config, self.start),
            "trials": [[trial.name, trial.value, round(trial.worth, 5)] for trial in self.trials],
            "out_of_time": self.out_of_time,
        }


def choose(
    config: OneOffConfig,
    held: HoldOut,
    directions: Directions,
    deadline: float,
    progress: Callable[[float], None],
    *,
    keep_terms: bool = False,
) -> Chosen:
    """Settings for a matrix like held.rest. directions: of held.rest, as many as the model may use.

    deadline: of all of fitting, on the clock of time.perf_counter; the search leaves time to fit all terms
    once more, unless keep_terms says that those of the search will serve.
    """
    config = with_fewer_neighbours(config, held.rest)
    if min((len(group) for group in held.groups), default=0) < LEAST_SHOPPERS:
        return Chosen(config, None, None, (), False)
    return _Ascent(config, held, directions, deadline, keep_terms).run(progress)


class _Ascent:
    def __init__(
        self, config: OneOffConfig, held: HoldOut, directions: Directions, deadline: float, keep_terms: bool
    ) -> None:
        self._config, self._keep_terms = config, keep_terms
        self._maker = PartMaker(held.rest, directions, STRENGTHS)
        terms = self._maker.terms(config)
        again = 0.0 if keep_terms else self._seconds_of_another_fit(held)
        self._pool = Pool.of(held, terms, config.search.pool, config.search.n)
        self._parts = {name: self._maker.part(self._pool, name, config) for name in NAMES}
        self._began = time.perf_counter()
        self._deadline = max(deadline - again, self._began + LEAST_SHARE * config.search.seconds)
        self._start = self._best = self._judge(config.weights, self._parts)
        self._trials: list[Trial] = []
        self._out_of_time = False

    def run(self, progress: Callable[[float], None]) -> Chosen:
        weights, self._best = self._weigh(self._config.weights, self._parts)
        self._config = self._config.model_copy(update={"weights": weights})
        for name, ladder in LADDERS.items():
            progress(self._spent())
            at = _nearest(ladder, value_of(self._config, name))
            # Downwards only where upwards gained nothing: each ladder has one top, near enough.
            if not self._climb(name, ladder[at + 1 :]):
                self._climb(name, ladder[:at][::-1])
        terms = self._maker.terms(self._config) if self._keep_terms else None
        return Chosen(self._config, self._start, self._best, tuple(self._trials), self._out_of_time, terms)

    def _seconds_of_another_fit(self, held: HoldOut) -> float:
        return CAUTION * (ridge.seconds_for(held.rest, self._config.ridge, 1) + self._maker.took("knn"))

    def _climb(self, name: str, values: tuple[Any, ...]) -> bool:
        gained = False
        term = name.split(".")[0]
        for value in values:
            config = with_value(self._config, name, value)
            if time.perf_counter() + self._maker.seconds(term, config) >= self._deadline:
                self._out_of_time = True
                return gained
            parts = {**self._parts, term: self._maker.part(self._pool, term, config)}
            weights, quality = self._weigh(config.weights, parts)
            self._trials.append(Trial(name, value, quality.worth))
            if quality.worth <= self._best.worth + LEAST_GAIN:
                return gained
            self._maker.keep(config)
            self._config = config.model_copy(update={"weights": weights})
            self._parts, self._best, gained = parts, quality, True
        return gained

    def _weigh(self, weights: TermWeights, parts: dict[str, FloatArray]) -> tuple[TermWeights, Quality]:
        best = self._judge(weights, parts)
        improved = True
        while improved and self._spent() < 1.0:
            improved = False
            for name in NAMES:
                for factor in FACTORS:
                    trial = weights.model_copy(update={name: getattr(weights, name) * factor})
                    quality = self._judge(trial, parts)
                    if quality.worth > best.worth + LEAST_GAIN / 2:
                        weights, best, improved = trial, quality, True
                        break
        return weights, best

    def _judge(self, weights: TermWeights, parts: dict[str, FloatArray]) -> Quality:
        return self._pool.judge(sum(getattr(weights, name) * parts[name] for name in NAMES))

    def _spent(self) -> float:
        """Share of the search's time that is gone."""
        budget = self._deadline - self._began
        return min(1.0, (time.perf_counter() - self._began) / budget) if budget > 0 else 1.0


def value_of(config: OneOffConfig, name: str) -> Any:
    """A setting by its dotted name."""
    group, key = name.split(".")
    return getattr(getattr(config, group), key)


def with_value(config: OneOffConfig, name: str, value: Any) -> OneOffConfig:
    """The same settings with one changed, by its dotted name."""
    group, key = name.split(".")
    return config.model_copy(update={group: getattr(config, group).model_copy(update={key: value})})


def _nearest(ladder: tuple[Any, ...], value: Any) -> int:
    if value in ladder:
        return ladder.index(value)
    return min(range(len(ladder)), key=lambda place: abs(ladder[place] - value))


def _plain(config: OneOffConfig, quality: Quality | None) -> dict[str, dict[str, float]]:
    if quality is None:
        return {}
    measured = zip(config.search.cuts, quality.recall, quality.ndcg, strict=True)
    return {cut: {"recall": round(recall, 5), "ndcg": round(ndcg, 5)} for cut, recall, ndcg in measured}
