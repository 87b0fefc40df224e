"""Judging settings on a hold-out, many a second: only what could reach a slate is scored again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recommender import kernels
from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.catalogue import Labels
from recommender.config import RecommenderConfig
from recommender.holdout import Case
from recommender.ladders import SPEAKERS
from recommender.pipeline import Pipeline
from recommender.profile import Profile
from recommender.query import Query, Seen
from recommender.ranker import Ranker
from recommender.ranking import Source
from recommender.scorers import Scorer
from recommender.state import State

POOL = 100
"""Best items of every scorer that stand for election in a case, beside everything the shopper has had."""

MOST_KEPT = 3
"""Settings of a scorer for which what it says is kept: a few megabytes each."""

LEFT_OUT = "content"
"""Speaks for cold items, and no hold-out tells much about those: leaving it out saves time."""

Features = list[FloatArray]


@dataclass(frozen=True)
class _Stand:
    """One case: the question, the items that may answer it, and what each is worth in the first place."""

    query: Query
    pool: IntArray
    ranker: Ranker
    gains: FloatArray

    def ndcg(self, board: FloatArray, discounts: FloatArray) -> float:
        """Of the slate that scores for the pool lead to."""
        best = self.ranker.top(board, np.ones(len(board), dtype=np.bool_), len(discounts))
        return float(self.gains[best] @ discounts[: len(best)])


class Judge:
    """NDCG at state.config.tuning.n of the slates that a state with other settings gives the cases.

    Of each case, a pool of items is drawn up with the settings of the state: the best of every scorer, and
    the whole history. What a scorer says of the pools is kept, so that new weights cost a sum, and new
    settings of one scorer cost that scorer. state_of: the state with other settings, where those of its
    neighbours are to be judged as well.
    """

    def __init__(
        self,
        state: State,
        cases: tuple[Case, ...],
        seen: Seen,
        state_of: Callable[[RecommenderConfig], State] | None = None,
    ) -> None:
        self._state = state
        self._state_of = state_of or (lambda config: replace(state, config=config))
        self._scratch = np.zeros(len(state.ids))
        self._discounts = 1.0 / np.log2(np.arange(2, state.config.tuning.n + 2))
        self._kept: dict[Source, dict[Any, Features]] = {}
        self._profiles: tuple[Any, list[Profile]] = (None, [])
        pipeline, ideal = Pipeline.of(state), np.cumsum(self._discounts)
        self._stands = [self._stand(pipeline, case, seen, ideal) for case in cases]

    def ndcg(self, config: RecommenderConfig) -> FloatArray:
        """One value a case."""
        pipeline = Pipeline.of(self._state_of(config))
        weights = pipeline.blend_for(self._stands[0].query).weights
        boards = [np.zeros(len(stand.pool)) for stand in self._stands]
        for scorer in _judged(pipeline):
            weight = float(getattr(weights, scorer.source))
            if weight > 0.0:
                for at, feature in enumerate(self._features(pipeline, scorer, config)):
                    boards[at] += weight * feature
        pairs = zip(self._stands, boards, strict=True)
        return np.array([stand.ndcg(board, self._discounts) for stand, board in pairs])

    def _stand(self, pipeline: Pipeline, case: Case, seen: Seen, ideal: FloatArray) -> _Stand:
        ids, n = self._state.ids.ids, len(self._discounts)
        session = [str(ids[item]) for item in case.session]
        query = Query(
            history=case.history,
            session=session,
            n=n,
            now=case.now,
            seen=seen,
            segment=case.segment,
            traits=case.traits,
        )
        profile = pipeline.profile(query)
        pool = self._pool(pipeline, profile, pipeline.candidates(query, profile))
        ranker = Ranker(
            Labels(self._state.category.names, self._state.category.codes[pool]),
            Labels(self._state.department.names, self._state.department.codes[pool]),
            self._state.config.rank,
        )
        gains = np.isin(pool, case.taken) / ideal[min(n, len(case.taken)) - 1]
        return _Stand(query, pool, ranker, gains)

    def _pool(self, pipeline: Pipeline, profile: Profile, allowed: BoolArray) -> IntArray:
        n = min(POOL, len(allowed))
        best = [kernels.best_first(self._board(scorer, profile), allowed, n) for scorer in _judged(pipeline)]
        return np.unique(np.concatenate([*best, profile.items[allowed[profile.items]]]).astype(np.int64))

    def _board(self, scorer: Scorer, profile: Profile) -> FloatArray:
        """What a scorer says of every item; good until the next call."""
        self._scratch[:] = 0.0
        scorer.add_to(self._scratch, profile, 1.0)
        return self._scratch

    def _features(self, pipeline: Pipeline, scorer: Scorer, config: RecommenderConfig) -> Features:
        rests_on_history = scorer.personal and scorer.reason != "profile"
        groups = [name for name, speakers in SPEAKERS.items() if scorer.source in speakers]
        key = (
            config.decay if rests_on_history else None,
            getattr(config, scorer.source, None),
            *(getattr(config, name) for name in groups),
        )
        kept = self._kept.setdefault(scorer.source, {})
        if key not in kept:
            profiles = self._profiles_of(pipeline, config)
            kept[key] = [
                self._board(scorer, profile)[stand.pool]
                for stand, profile in zip(self._stands, profiles, strict=True)
            ]
        kept[key] = kept.pop(key)  # the latest asked for stands last
        if len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]
        return kept[key]

    def _profiles_of(self, pipeline: Pipeline, config: RecommenderConfig) -> list[Profile]:
        if self._profiles[0] != config.decay:
            self._profiles = (config.decay, [pipeline.profile(stand.query) for stand in self._stands])
        return self._profiles[1]


def _judged(pipeline: Pipeline) -> list[Scorer]:
    return [scorer for scorer in pipeline.blend.scorers if scorer.source != LEFT_OUT]
