"""Rating neighbours: what those most like the shopper (or the item) add to the baseline.

r_ui = b_ui + sum_v w_uv (r_vi - b_vi) / (sum_v w_uv + damping), over the k most alike v that rated i; for
items with the sides exchanged. Herlocker et al., "An algorithmic framework for performing collaborative
filtering" (SIGIR 1999), with significance weighting; Sarwar et al., "Item-based collaborative filtering"
(WWW 2001), with the adjusted cosine; Koren, "Factor in the neighbors" (TKDD 2010), with baseline and
shrinkage.
"""

from typing import ClassVar, Self, TypeVar

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.ratings.baseline import Baseline
from recommender.ratings.config import KnnConfig
from recommender.ratings.contract import Guarded
from recommender.ratings.holdout import Cut, Side, errors, rmse
from recommender.ratings.knn_kernels import Rows, Weighing, corrections
from recommender.ratings.log import Ratings
from recommender.ratings.tuning import Choice, Ladders, climb

T = TypeVar("T")
NEIGHBOURS = (10, 20, 40, 70, 120)
MOST_JUDGED = 8_000
LEAST_TRIALS, MOST_TRIALS = 5, 40
PAIRS_PER_SECOND = 1e8
"""Pairs of ratings looked at per second, about."""
COMMON: Ladders = {
    "power": (1.0, 1.5, 2.0, 3.0, 4.0),
    "shrinkage": (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0),
    "neighbours": NEIGHBOURS,
    "damping": (0.0, 0.02, 0.1, 0.3, 1.0, 2.0),
    "significance": (0, 25, 50, 100),
}


class Neighbourhood(Guarded):
    """Neighbours among the entities of one side; see UserKnn and ItemKnn."""

    configured_by: ClassVar[type[KnnConfig]] = KnnConfig
    side: ClassVar[Side]
    ladders: ClassVar[Ladders]

    def __init__(self, ratings: Ratings, config: KnnConfig, baseline: Baseline) -> None:
        super().__init__(ratings, baseline, config.model_dump())
        self._weighing = Weighing(
            config.likeness == "pearson",
            config.neighbours,
            config.shrinkage,
            float(config.significance),
            config.power,
            config.damping,
        )
        row, column = self._sided(ratings.shopper, ratings.item)
        self._n, columns = self._sided(ratings.n_shoppers, ratings.n_items)
        compared = _compared(config, ratings, baseline, column)
        offered = ratings.value - baseline.raw(ratings.shopper, ratings.item)
        self._own = _grouped(row, column, compared, offered, self._n)
        kept = _busiest(row, column, self._n, columns, config.pairs)[row]
        self._posts = _grouped(column[kept], row[kept], compared[kept], offered[kept], columns)

    @classmethod
    def fit(
        cls,
        ratings: Ratings,
        config: KnnConfig | None = None,
        *,
        rng: np.random.Generator | None = None,  # noqa: ARG003 - part of the contract
        baseline: Baseline | None = None,
    ) -> Self:
        """baseline: fitted on the same ratings; made if not given. rng: unused, nothing is drawn."""
        config = config or KnnConfig()
        return cls(ratings, config, baseline or Baseline.fit(ratings, config.baseline))

    @classmethod
    def choose(cls, cut: Cut, rng: np.random.Generator, seconds: float) -> Choice[KnnConfig]:
        """Likeness, number and weights of the neighbours, by the error on the cut.

        seconds: about how long to try.
        """
        judged = cut.narrowed(MOST_JUDGED, cls.side, rng)
        start = KnnConfig(baseline=Baseline.choose(cut, rng, seconds).config)
        baseline = Baseline.fit(cut.rest, start.baseline)

        def judge(config: KnnConfig) -> float:
            return rmse(errors(cls.fit(cut.rest, config, baseline=baseline), judged.spare))

        pairs = cls.fit(cut.rest, start, baseline=baseline).pairs(judged.spare.shopper, judged.spare.item)
        trials = int(seconds * PAIRS_PER_SECOND / max(1, pairs))
        return climb(start, cls.ladders, judge, min(MOST_TRIALS, max(LEAST_TRIALS, trials)))

    def pairs(self, shoppers: IntArray, items: IntArray) -> int:
        """How many pairs of ratings are looked at to predict these."""
        targets = np.unique(self._sided(shoppers, items)[0])
        offers = np.concatenate([[0], np.cumsum(np.diff(self._posts.starts)[self._own.other])])
        return int((offers[self._own.starts[targets + 1]] - offers[self._own.starts[targets]]).sum())

    def warm(self, shoppers: IntArray, items: IntArray, expected: FloatArray) -> FloatArray:
        """The baseline and what the neighbours add."""
        row, column = self._sided(shoppers, items)
        order = np.argsort(row, kind="stable")
        targets, first = np.unique(row[order], return_index=True)
        bounds = np.append(first, len(row))
        values = expected.copy()
        values[order] += corrections(
            targets, bounds, column[order], self._own, self._posts, self._n, self._weighing
        )
        return values

    @classmethod
    def _sided(cls, of_shopper: T, of_item: T) -> tuple[T, T]:
        """The two in the order: side of the neighbours, other side."""
        return (of_shopper, of_item) if cls.side == "shopper" else (of_item, of_shopper)


class UserKnn(Neighbourhood):
    """Shoppers who agree with this one; compared by cosine, Pearson, or Pearson around the baseline."""

    side = "shopper"
    ladders: ClassVar[Ladders] = {"likeness": ("cosine", "pearson", "pearson_baseline"), **COMMON}


class ItemKnn(Neighbourhood):
    """Items rated alike; compared by cosine, adjusted cosine, Pearson, or Pearson around the baseline."""

    side = "item"
    ladders: ClassVar[Ladders] = {
        "likeness": ("cosine", "adjusted_cosine", "pearson", "pearson_baseline"),
        **COMMON,
    }


def _compared(config: KnnConfig, ratings: Ratings, baseline: Baseline, column: IntArray) -> FloatArray:
    if config.likeness == "pearson_baseline":
        return ratings.value - baseline.raw(ratings.shopper, ratings.item)
    if config.likeness == "adjusted_cosine":
        # What stands on the other side sets the level: for items, how generous each shopper is.
        count = np.maximum(np.bincount(column), 1)
        return ratings.value - (np.bincount(column, ratings.value) / count)[column]
    return ratings.value


def _grouped(group: IntArray, other: IntArray, compared: FloatArray, offered: FloatArray, n: int) -> Rows:
    order = np.lexsort((other, group))
    starts = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=n))]).astype(np.int64)
    return Rows(starts, other[order], compared[order], offered[order])


def _busiest(row: IntArray, column: IntArray, rows: int, columns: int, most_pairs: int) -> np.ndarray:
    """Which rows may be neighbours: the busiest ones, as many as can be compared with everybody."""
    pairs = np.bincount(row, np.bincount(column, minlength=columns)[column], rows)
    order = np.argsort(-np.bincount(row, minlength=rows), kind="stable")
    allowed = np.zeros(rows, dtype=bool)
    allowed[order] = np.cumsum(pairs[order]) <= most_pairs
    return allowed
