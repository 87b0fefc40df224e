"""From a query to a slate: history -> profile -> candidates -> scores -> rank -> reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from recommender import profile as profiles
from recommender import slots
from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray, TextArray
from recommender.blend import Blend, Part
from recommender.catalogue import ItemIds
from recommender.config import DecayConfig
from recommender.profile import Profile
from recommender.query import Query, Seen, check_allowed
from recommender.ranker import Ranker
from recommender.ranking import RankedItem, Ranking
from recommender.reasons import Explainer
from recommender.scorers import Frequency
from recommender.state import State


@dataclass(frozen=True)
class Pipeline:
    """The roles of one model, put together; shared by all queries, changed by none."""

    ids: ItemIds
    decay: DecayConfig
    now: float
    repeat_purchase: bool
    blend: Blend
    blend_new: Blend
    ranker: Ranker
    explainer: Explainer

    @classmethod
    def of(cls, state: State) -> Self:
        """The pipeline that a state and its settings ask for."""
        state = replace(state, frequency=Frequency(state.frequency.tendency, state.config.frequency))
        scorers = state.scorers()
        return cls(
            ids=state.ids,
            decay=state.config.decay,
            now=state.facts.now,
            repeat_purchase=state.facts.repeat_purchase,
            blend=Blend(scorers, state.config.blend, len(state.ids)),
            blend_new=Blend(scorers, state.config.blend_new, len(state.ids)),
            ranker=Ranker(state.category, state.department, state.config.rank),
            explainer=Explainer(state.ids.ids, state.category),
        )

    def recommend(self, query: Query) -> Ranking:
        """The slate for a query, with reasons."""
        profile = self.profile(query)
        board = self.blend_for(query).board(profile)
        slate, promoted = self._slate(query, profile, board)
        parts = self.blend_for(query).parts(profile, slate.astype(np.int64))
        return Ranking(
            tuple(
                replace(
                    self._ranked(item, float(board[item]), mine, profile, query.reason_count),
                    promoted=item in promoted,
                )
                for item, mine in zip(slate.tolist(), parts, strict=True)
            )
        )

    def best(self, query: Query) -> IndexArray:
        """The slate as item indices alone."""
        profile = self.profile(query)
        return self._slate(query, profile, self.blend_for(query).board(profile))[0]

    def _slate(self, query: Query, profile: Profile, board: FloatArray) -> tuple[IndexArray, frozenset[int]]:
        candidates = self.candidates(query, profile)
        config = self.ranker.config
        worn = [item_id for item_id, times in query.shown.items() if times >= config.most_showings]
        best = slots.rested(self.ranker, board, candidates, self.known(worn), query.n)
        if not query.promoted:
            return best, frozenset()
        wanted = self.known(query.promoted)
        wanted = wanted[candidates[wanted]]
        ranked = wanted[np.argsort(-board[wanted], kind="stable")]
        return slots.promoted_slate(best, ranked.tolist(), config.promotion_slots, query.n)

    def blend_for(self, query: Query) -> Blend:
        """The mix for what the query wishes: past items as well, or new ones alone."""
        return self.blend_new if self._seen(query) == "never" else self.blend

    def profile(self, query: Query) -> Profile:
        """Past and session as numbers; unknown items are left out."""
        indices = self._indices(query.history.items)
        known = indices >= 0
        history = query.history if known.all() else query.history.take(known)
        latest = float(history.days.max()) if len(history) else self.now
        now = query.now if query.now is not None else max(self.now, latest)
        session = self.known(query.session)
        return profiles.build(history, indices[known], session, self.decay, now, query.segment, query.traits)

    def candidates(self, query: Query, profile: Profile) -> BoolArray:
        """Items that may stand on the slate: allowed, not excluded, not in the session, seen before or
        not.
        """
        mask = check_allowed(query.allowed, len(self.ids)).copy()
        mask[self.known(query.exclude)] = False
        mask[profile.session] = False
        seen = self._seen(query)
        if seen == "never":
            mask[profile.items] = False
        elif seen == "only":
            kept = profile.items[mask[profile.items]]
            mask = np.zeros_like(mask)
            mask[kept] = True
        return mask

    def _seen(self, query: Query) -> Seen:
        if query.seen != "auto":
            return query.seen
        return "any" if self.repeat_purchase else "never"

    def known(self, item_ids: Sequence[str]) -> IntArray:
        """Indices of the known ones, distinct, each where it stands last."""
        found = self.ids.indices_of([str(item_id) for item_id in item_ids])
        latest = dict.fromkeys(int(index) for index in found[::-1] if index >= 0)
        return np.array(list(latest)[::-1], dtype=np.int64)

    def _indices(self, items: IntArray | TextArray) -> IntArray:
        """One index a line, -1 where the item is unknown."""
        if items.dtype.kind == "U":
            return self.ids.indices_of(items.tolist())
        numbers = items.astype(np.int64)
        return np.where((numbers >= 0) & (numbers < len(self.ids)), numbers, -1)

    def _ranked(
        self, item: int, score: float, parts: list[Part], profile: Profile, reason_count: int
    ) -> RankedItem:
        strongest = max(parts, key=lambda part: part.total, default=None)
        source = strongest.scorer.source if strongest else "popularity"
        reasons = self.explainer.reasons(parts, profile, item, reason_count)
        return RankedItem(str(self.ids.ids[item]), score, source, reasons)
