"""Fitting what likeness means in a shop: some known items are taken for cold, and must find their takers."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.config import ColdConfig
from recommender.content.cold import Pairs, Shop

FOLDS = 4
SHARE = 0.05
"""Share of the known items that are taken for cold in one fold."""
MOST_ITEMS = 600
MOST_SHOPPERS = 300
LEAST_ITEMS = 10
LEAST_CASES = 40
ROUNDS = 2
N = 10

LADDERS: dict[str, tuple[float, ...]] = {
    "neighbours": (5, 8, 12, 20, 30),
    "sharpness": (1.0, 2.0, 4.0, 6.0),
    "popularity": (0.0, 0.25, 0.5, 0.75, 1.0),
    "discount": (0.0, 0.25, 0.5, 0.75, 1.0),
    "words": (0.25, 0.5, 1.0, 2.0),
    "brand": (0.0, 0.25, 0.5, 1.0, 1.5),
    "price": (0.0, 0.3, 0.6, 1.0, 1.5),
    "category": (0.0, 0.25, 0.5, 1.0),
    "measure": (0.0, 0.1, 0.3, 0.6),
    "kind": (0.0, 0.3, 0.6, 1.0),
    "department": (0.0, 0.1, 0.3),
    "meaning": (0.0, 0.3, 0.6, 1.0, 2.0),
}
"""What is fitted, in this order, each along a short ladder of values."""


@dataclass(frozen=True)
class Fold:
    """Items taken for cold, and shoppers who took any of them.

    pairs: their candidates. takings: those shoppers x items; taken: those shoppers x the cold items.
    """

    pairs: Pairs
    takings: sp.csr_array
    taken: BoolArray

    def ndcg(self, settings: ColdConfig) -> FloatArray:
        """One a shopper, over rankings of the cold items alone; see recommender.metrics.ndcg."""
        scores = (self.takings @ self.pairs.matrix(settings)).toarray()
        n = min(N, scores.shape[1])
        best = np.argpartition(-scores, n - 1, axis=1)[:, :n]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        ranked = np.take_along_axis(best, order, axis=1)
        gained = np.take_along_axis(self.taken, ranked, axis=1) & (
            np.take_along_axis(scores, ranked, axis=1) > 0
        )
        discounts = 1.0 / np.log2(np.arange(2, n + 2))
        ideal = np.cumsum(discounts)[np.minimum(self.taken.sum(axis=1), n) - 1]
        quality: FloatArray = (gained * discounts).sum(axis=1) / ideal
        return quality


def learn(
    shop: Shop, takings: sp.csr_array, config: ColdConfig, rng: np.random.Generator
) -> tuple[ColdConfig, dict[str, Any]]:
    """Climbs each ladder from where the settings stand, as long as known items taken for cold gain by it.

    Answers the settings, and a report; the settings as they were where the shop is too small to tell or
    config.seconds is 0.
    """
    started = time.thread_time()
    folds = _folds(shop, takings, rng) if config.seconds > 0.0 else []
    cases = sum(len(fold.taken) for fold in folds)
    if cases < LEAST_CASES:
        return config, {"cases": cases}
    climb = _Climb(folds, config, started + config.seconds)
    climb.run()
    return climb.settings, {
        "cases": cases,
        "ndcg_before": round(climb.start, 5),
        "ndcg_after": round(float(climb.best.mean()), 5),
        "chosen": {name: getattr(climb.settings, name) for name in LADDERS},
        "trials": climb.trials,
        "seconds": round(time.thread_time() - started, 2),
        "out_of_time": climb.late(),
    }


def _folds(shop: Shop, takings: sp.csr_array, rng: np.random.Generator) -> list[Fold]:
    known = rng.permutation(np.flatnonzero(shop.known))
    size = min(MOST_ITEMS, int(SHARE * len(known)))
    if size < LEAST_ITEMS:
        return []
    parts = (np.sort(known[at * size : (at + 1) * size]) for at in range(FOLDS))
    return [_fold(shop, takings, cold, rng) for cold in parts]


def _fold(shop: Shop, takings: sp.csr_array, cold: IntArray, rng: np.random.Generator) -> Fold:
    taken = sp.csr_array(takings[:, cold])
    takers = np.flatnonzero(np.diff(taken.indptr) > 0)
    chosen = np.sort(rng.permutation(takers)[:MOST_SHOPPERS])
    pairs = Pairs.of(shop.pretending(cold), cold)
    return Fold(pairs, sp.csr_array(takings[chosen]), taken[chosen].toarray() > 0)


class _Climb:
    def __init__(self, folds: list[Fold], settings: ColdConfig, deadline: float) -> None:
        self._folds = folds
        self._deadline = deadline
        self.settings = settings
        self.trials = 0
        self.best = self._judge(settings)
        self.start = float(self.best.mean())

    def run(self) -> None:
        for _ in range(ROUNDS):
            before = self.settings
            for name, ladder in LADDERS.items():
                if name != "meaning" or "meaning" in self._folds[0].pairs.shared:
                    self._climb(name, ladder)
            if self.settings == before:
                return

    def late(self) -> bool:
        return time.thread_time() > self._deadline

    def _climb(self, name: str, ladder: tuple[float, ...]) -> None:
        at = getattr(self.settings, name)
        for values in ([v for v in ladder if v > at], [v for v in reversed(ladder) if v < at]):
            for value in values:
                if self.late() or not self._try(self.settings.model_copy(update={name: value})):
                    break

    def _try(self, settings: ColdConfig) -> bool:
        """Takes the settings where the same shoppers clearly gain; less than its own error is noise."""
        score = self._judge(settings)
        gain = score - self.best
        better = bool(gain.mean() > gain.std() / np.sqrt(len(gain)))
        if better:
            self.settings, self.best = settings, score
        return better

    def _judge(self, settings: ColdConfig) -> FloatArray:
        self.trials += 1
        return np.concatenate([fold.ndcg(settings) for fold in self._folds])
