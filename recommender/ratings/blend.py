"""The blend: every algorithm, each with settings of its own choice, mixed as held-out ratings advise."""

import itertools
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.ratings.baseline import Baseline
from recommender.ratings.bayesian import BayesianFactors, OrdinalFactors
from recommender.ratings.config import BayesianConfig, RatingBlendConfig
from recommender.ratings.contract import Guarded, RatingPredictor
from recommender.ratings.factors import Factors
from recommender.ratings.holdout import Cut, cuts
from recommender.ratings.knn import ItemKnn, UserKnn
from recommender.ratings.log import Ratings
from recommender.ratings.stacking import Weights, equal, stack
from recommender.ratings.tuning import Choice

Progress = Callable[[str, float], None]
KINDS: dict[str, Any] = {
    "baseline": Baseline,
    "user_knn": UserKnn,
    "item_knn": ItemKnn,
    "factors": Factors,
    "bayesian": BayesianFactors,
    "bayesian_ordinal": OrdinalFactors,
}
SEARCHED = ("bayesian", "factors", "item_knn", "user_knn", "baseline")
"""Those that choose settings of their own, the longest search first."""
SEARCH_SHARES = {"user_knn": 0.1, "item_knn": 0.1, "factors": 0.1, "bayesian": 0.1}
"""Shares of the time for choosing settings; the baseline needs little."""
FIT_SHARES = {"bayesian": 0.2, "bayesian_ordinal": 0.35}
"""Shares of the time for fits whose length can be chosen."""


@dataclass(frozen=True)
class Part:
    """One fitted algorithm, and the seconds that choosing its settings and the last fit took."""

    predictor: RatingPredictor
    seconds: float


class RatingBlend(Guarded):
    """Weighted sum of all algorithms; `parts` has them by name, `weights` what each counts."""

    def __init__(
        self, ratings: Ratings, parts: dict[str, Part], weights: Weights, chosen: dict[str, Any]
    ) -> None:
        super().__init__(ratings, _baseline(parts), chosen)
        self.parts, self.weights = parts, weights

    @classmethod
    def fit(
        cls,
        ratings: Ratings,
        config: RatingBlendConfig | None = None,
        *,
        rng: np.random.Generator | None = None,
        progress: Progress | None = None,
    ) -> "RatingBlend":
        """Chooses all settings on parts held out (config.cuts), learns the weights there, fits on everything.

        rng: draws the parts and all that the algorithms draw. progress: called with (stage, share done), from
        several threads.
        """
        told = progress or _silent
        return _Fitting(ratings, config or RatingBlendConfig(), rng or np.random.default_rng(0), told).run()

    def warm(self, shoppers: IntArray, items: IntArray, expected: FloatArray) -> FloatArray:
        """The parts' predictions, weighed."""
        told = [part.predictor.predict(shoppers, items) for part in self.parts.values()]
        return self.weights.blend(np.column_stack(told))


class _Fitting:
    def __init__(
        self, ratings: Ratings, config: RatingBlendConfig, rng: np.random.Generator, progress: Progress
    ) -> None:
        self._ratings, self._config, self._progress = ratings, config, progress
        share = min(config.share, config.held_out / len(ratings))
        count = min(config.cuts, math.ceil(config.held_out / (share * len(ratings))))
        self._cuts = [cut for cut in cuts(ratings, count, share, rng) if cut.telling]
        self._seconds = config.seconds * config.threads
        self._seeds = dict(zip(KINDS, rng.spawn(len(KINDS)), strict=True))
        self._took = dict.fromkeys(KINDS, 0.0)
        self._done = itertools.count(1)

    def run(self) -> RatingBlend:
        with ThreadPoolExecutor(self._config.threads) as pool:
            choices = self._choices(pool)
            # The longest fits first, so that no thread is left with one at the end.
            names = list(reversed(KINDS))
            told = [
                {name: pool.submit(self._told, cut, name, choices[name], self._seed(name)) for name in names}
                for cut in self._cuts
            ]
            fits = {name: pool.submit(self._fit, name, choices[name], self._seed(name)) for name in names}
            weights = self._weights([{name: job.result() for name, job in jobs.items()} for jobs in told])
            parts = {name: fits[name].result() for name in KINDS}
        return RatingBlend(self._ratings, parts, weights, self._report(choices, weights))

    def _seed(self, name: str) -> np.random.Generator:
        return self._seeds[name].spawn(1)[0]

    def _choices(self, pool: ThreadPoolExecutor) -> dict[str, Choice[Any]]:
        """Each algorithm's settings; the two Bayesian ones share all but the length of the chain."""
        searches = {name: pool.submit(self._choice, name) for name in SEARCHED}
        choices = {name: search.result() for name, search in searches.items()}
        choices["bayesian_ordinal"] = choices["bayesian"]
        for name in ("bayesian", "bayesian_ordinal"):
            choices[name] = replace(choices[name], config=self._timed(name, choices[name].config))
        return choices

    def _choice(self, name: str) -> Choice[Any]:
        kind = KINDS[name]
        if not self._cuts:
            return Choice(kind.configured_by())
        began = time.perf_counter()
        seconds = self._seconds * SEARCH_SHARES.get(name, 0.0)
        choice: Choice[Any] = kind.choose(self._cuts[0], self._seed(name), seconds)
        self._took[name] = time.perf_counter() - began
        self._tell(f"settings of {name}")
        return choice

    def _timed(self, name: str, config: BayesianConfig) -> BayesianConfig:
        seconds = self._seconds * FIT_SHARES[name] / (len(self._cuts) + 1)
        timed: BayesianConfig = KINDS[name].within(config, len(self._ratings), seconds)
        return timed

    def _told(self, cut: Cut, name: str, choice: Choice[Any], rng: np.random.Generator) -> FloatArray:
        """What a fit without the spare ratings says of them; the fit itself is let go."""
        predictor: RatingPredictor = KINDS[name].fit(cut.rest, choice.config, rng=rng)
        told = predictor.predict(cut.spare.shopper, cut.spare.item)
        self._tell(f"trial of {name}")
        return told

    def _fit(self, name: str, choice: Choice[Any], rng: np.random.Generator) -> Part:
        began = time.perf_counter()
        predictor = KINDS[name].fit(self._ratings, choice.config, rng=rng)
        self._tell(f"fit of {name}")
        return Part(predictor, time.perf_counter() - began + self._took[name])

    def _tell(self, stage: str) -> None:
        jobs = len(KINDS) * (len(self._cuts) + 1) + (len(SEARCHED) if self._cuts else 0)
        self._progress(stage, min(1.0, next(self._done) / jobs))

    def _weights(self, told: list[dict[str, FloatArray]]) -> Weights:
        """told: for each cut what each algorithm said."""
        if not told:
            return equal(len(KINDS))
        rows = [np.column_stack([by_name[name] for name in KINDS]) for by_name in told]
        return stack(np.vstack(rows), np.concatenate([cut.spare.value for cut in self._cuts]))

    def _report(self, choices: dict[str, Choice[Any]], weights: Weights) -> dict[str, Any]:
        named = zip(KINDS, weights.weights.tolist(), strict=True)
        return {
            **{name: choices[name].report() for name in KINDS},
            "weights": {name: round(weight, 4) for name, weight in named},
            "strength": weights.strength,
            "holdout_rmse": weights.rmse,
            "held_out": sum(len(cut.spare) for cut in self._cuts),
        }


def _baseline(parts: dict[str, Part]) -> Baseline:
    baseline = parts["baseline"].predictor
    assert isinstance(baseline, Baseline)  # noqa: S101 - for the type checker
    return baseline


def _silent(_stage: str, _share: float) -> None:
    return None
