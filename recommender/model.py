"""The recommender itself: fitted once, asked often, changed by nobody."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from recommender import archive, kernels
from recommender.arrays import BoolArray, FloatArray
from recommender.builder import Shoppers
from recommender.catalogue import Catalogue
from recommender.config import RecommenderConfig
from recommender.fitting import Progress, fit_state
from recommender.history import History
from recommender.interactions import Interactions
from recommender.pipeline import Pipeline
from recommender.profile import NOBODY
from recommender.query import Query, Seen, check_allowed, check_n
from recommender.ranking import RankedItem, Ranking, Reason, Source
from recommender.reasons import LEAST_SHARE
from recommender.related import Related
from recommender.state import Facts, State


class Recommender:
    """Answers queries from a fitted state. Holds no shopper's data: every query brings its own history.

    Safe to use from many threads at once.
    """

    def __init__(self, state: State, version: str | None = None) -> None:
        self._state = state
        self.version = version

    @classmethod
    def fit(
        cls,
        interactions: Interactions,
        catalogue: Catalogue,
        config: RecommenderConfig | None = None,
        *,
        now: float,
        rng: np.random.Generator | None = None,
        progress: Progress | None = None,
        segments: Sequence[str] | None = None,
        traits: Sequence[Mapping[str, str]] | None = None,
    ) -> "Recommender":
        """Fits everything, choosing decay and blend on a hold-out (config.tuning).

        now: days since the epoch. rng: draws the hold-out. progress: called with (stage, share of work done).
        segments: a label a shopper, empty for none; traits: what else is known of each, by name. Both go by
        the log's shopper index, are kept as sums over shoppers only, and are dropped where the hold-out
        gains nothing by them.
        InputError where log and catalogue disagree on the number of items.
        """
        return cls(
            fit_state(
                interactions,
                catalogue,
                config or RecommenderConfig(),
                now,
                rng or np.random.default_rng(0),
                progress or _silent,
                Shoppers(segments or (), traits or ()),
            )
        )

    def recommend(self, query: Query) -> Ranking:
        """What to show this shopper now: see Query."""
        return self._pipeline.recommend(query)

    def similar_items(self, item_id: str, n: int = 10, allowed: BoolArray | None = None) -> Ranking:
        """Items like this one, cold ones included; empty for an unknown item."""
        mask, n = self._check(allowed, n)
        item = self._state.ids.index_of(item_id)
        return Ranking() if item is None else self._related.similar(item, mask, n)

    def goes_with(self, item_ids: Sequence[str], n: int = 10, allowed: BoolArray | None = None) -> Ranking:
        """What lies in the same baskets as these items, substitutes left out; unknown items are ignored."""
        mask, n = self._check(allowed, n)
        items = self._pipeline.known(item_ids)
        return self._related.goes_with(items, mask, n) if len(items) else Ranking()

    def popular(self, n: int = 10, allowed: BoolArray | None = None, category: str | None = None) -> Ranking:
        """Bestsellers, lately and overall: of one category, or a mix of all."""
        mask, n = self._check(allowed, n)
        mask = mask & (self._popularity > 0.0)
        if category is None:
            best = self._pipeline.ranker.top(self._popularity, mask, n).tolist()
        else:
            code = self._state.category.code_of(category)
            mask &= self._state.category.codes == (-1 if code is None else code)
            best = kernels.best_first(self._popularity, mask, min(n, len(mask))).tolist()
        return self._ranking(best, self._popularity, "popularity", (Reason("popular", None, 1.0),))

    def search(self, text: str, n: int = 10, allowed: BoolArray | None = None) -> Ranking:
        """Items that a typed text names, typos and plurals forgiven; empty where nothing matches."""
        mask, n = self._check(allowed, n)
        scores = self._state.search.scores(text)
        best = kernels.best_first(scores, mask & (scores > 0.0), min(n, len(mask))).tolist()
        return self._ranking(best, scores, "search", ())

    def explain(
        self,
        history: History,
        item_id: str,
        *,
        session: Sequence[str] = (),
        now: float | None = None,
        seen: Seen = "auto",
        segment: str = "",
        traits: Mapping[str, str] = NOBODY.traits,
        reason_count: int = 5,
        least_share: float = LEAST_SHARE,
    ) -> tuple[Reason, ...]:
        """Why this item would be recommended, from the true contributions to its score.

        Without the item a reason names (History.without), the score falls. Causes that gave less than
        least_share of it are not mentioned; the largest always is. Empty for an unknown item, or one
        that nothing speaks for.
        """
        item = self._state.ids.index_of(item_id)
        if item is None:
            return ()
        query = Query(history=history, session=session, now=now, seen=seen, segment=segment, traits=traits)
        profile = self._pipeline.profile(query)
        (parts,) = self._pipeline.blend_for(query).parts(profile, np.array([item]))
        return self._pipeline.explainer.reasons(parts, profile, item, reason_count, least_share)

    def score(
        self,
        history: History,
        item_id: str,
        *,
        session: Sequence[str] = (),
        now: float | None = None,
        seen: Seen = "auto",
        segment: str = "",
        traits: Mapping[str, str] = NOBODY.traits,
    ) -> float:
        """The score that `recommend` ranks by; 0 for an unknown item."""
        item = self._state.ids.index_of(item_id)
        if item is None:
            return 0.0
        query = Query(history=history, session=session, now=now, seen=seen, segment=segment, traits=traits)
        return float(self._pipeline.blend_for(query).board(self._pipeline.profile(query))[item])

    @property
    def item_ids(self) -> Sequence[str]:
        """All item ids in index order: the order of `allowed`."""
        ids: list[str] = self._state.ids.ids.tolist()
        return ids

    @property
    def n_items(self) -> int:
        """Items of the catalogue: the length of `allowed`."""
        return len(self._state.ids)

    @property
    def config(self) -> RecommenderConfig:
        """The settings in use, the fitted ones included."""
        return self._state.config

    @property
    def facts(self) -> Facts:
        """How the model came about: sizes, the settings tried, what was chosen, seconds."""
        return self._state.facts

    @property
    def knows_groups(self) -> bool:
        """Whether a query's segment or traits make a difference."""
        return self._state.segments is not None or self._state.traits is not None

    def index_of(self, item_id: str) -> int | None:
        """The place of an item in `allowed`; None where it is unknown."""
        return self._state.ids.index_of(item_id)

    def warm(self) -> None:
        """Compiles the kernels and fills the caches, so that the first shopper need not wait for that."""
        first = str(self._state.ids.ids[0])
        for history in (History.empty(), History([0], [self.facts.now]), History([first], [self.facts.now])):
            self.recommend(Query(history=history, session=[first]))
        self.similar_items(first)
        self.goes_with([first])
        self.search(next(iter(self._state.search.lexicon.vocabulary.tolist()), first))

    def save(self, directory: Path, *, created: datetime | None = None) -> str:
        """Writes the model into a new directory, all of it or nothing; returns its version id.

        created: the time that goes into the id, default now. ArtefactError where the directory exists.
        """
        return archive.write(directory, self._state, created)

    @classmethod
    def load(cls, directory: Path) -> "Recommender":
        """A saved model, memory-mapped; ArtefactError where it is missing, altered or of another schema."""
        state, version = archive.read(directory)
        return cls(state, version)

    @cached_property
    def _pipeline(self) -> Pipeline:
        return Pipeline.of(self._state)

    @cached_property
    def _related(self) -> Related:
        return Related(self._state, self._pipeline.ranker)

    @cached_property
    def _popularity(self) -> FloatArray:
        return self._state.popularity.values.astype(np.float64)

    def _check(self, allowed: BoolArray | None, n: int) -> tuple[BoolArray, int]:
        return check_allowed(allowed, self.n_items), check_n(n)

    def _ranking(
        self, items: list[int], scores: FloatArray, source: Source, reasons: tuple[Reason, ...]
    ) -> Ranking:
        ids = self._state.ids.ids
        return Ranking(
            tuple(RankedItem(str(ids[item]), float(scores[item]), source, reasons) for item in items)
        )


def _silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
