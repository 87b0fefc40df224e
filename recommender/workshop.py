"""States of a trial with other neighbours: what is taken together is counted once for many settings."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.arrays import IntArray
from recommender.config import RecommenderConfig, TransitionConfig
from recommender.interactions import Interactions
from recommender.neighbours import Neighbours, discount, scaled_table, supported_items, widened
from recommender.oneoff.companions import Companions
from recommender.scorers.transitions import Pairs
from recommender.settings import KnnConfig
from recommender.state import State
from recommender.takings import baskets_of, takings_of

RELATIONS = {"item_knn": "taken_with", "basket_knn": "basket", "transitions": "followers"}
"""The settings of neighbours, and the relation that each of them makes."""

COMPANIONS = 200
"""Kept of each item: more than settings are tried with."""

MOST_KEPT = 2
"""Counts, and neighbours, that are kept of each relation: some hundred megabytes each."""


@dataclass(frozen=True)
class Workshop:
    """Makes states like `state`, which was fitted on `log` (once_per_basket), with other settings.

    Exact but for neighbours that lie beyond the companions kept of an item (recommender.oneoff.companions).
    Neighbours by the settings of `state` itself are its own.
    """

    state: State
    log: Interactions
    _kept: dict[str, dict[Hashable, Any]] = field(default_factory=dict)

    def of(self, config: RecommenderConfig) -> State:
        """The state with these settings, and the neighbours that they ask for."""
        changed = {}
        for name, relation in RELATIONS.items():
            settings = _making(config, name)
            if settings == _making(self.state.config, name):
                continue
            make = partial(self._neighbours, name) if name != "transitions" else self._followers
            changed[relation] = self._once(f"{name} neighbours", settings, partial(make, settings))
        return replace(self.state, config=config, relations=replace(self.state.relations, **changed))

    def _neighbours(self, name: str, config: KnnConfig) -> Neighbours:
        count = partial(self._companions, name, config)
        items, companions = self._once(f"{name} counts", config.row_exponent, count)
        indptr, indices, values = companions.table(config)
        table = sp.csr_array((values, indices, indptr), shape=(len(items),) * 2)
        return Neighbours.of(widened(table, items, items, self.log.n_items))

    def _companions(self, name: str, config: KnnConfig) -> tuple[IntArray, Companions]:
        takings = takings_of(self.log) if name == "item_knn" else baskets_of(self.log)
        items = supported_items(takings, config)
        narrow, rows = (
            takings[:, items].astype(np.float32),
            np.asarray(takings.sum(axis=1), dtype=np.float64).ravel(),
        )
        weighed = scaled_table(narrow, discount(rows, config.row_exponent), np.ones(len(items)))
        return items, Companions.of(weighed, narrow, np.asarray(narrow.sum(axis=0)).ravel(), COMPANIONS)

    def _followers(self, config: TransitionConfig) -> Neighbours:
        count = partial(self._pairs, config)
        pairs: Pairs
        pairs, companions = self._once("transitions counts", config.basket_size_exponent, count)
        best = companions.best(pairs.certainty(config), pairs.rarity(config), config.neighbours)
        return pairs.neighbours(best)

    def _pairs(self, config: TransitionConfig) -> tuple[Pairs, Companions]:
        pairs = Pairs.of(self.log, config)
        return pairs, Companions.of(pairs.before, pairs.after, pairs.baskets, COMPANIONS)

    def _once(self, name: str, key: Hashable, make: Callable[[], Any]) -> Any:
        kept = self._kept.setdefault(name, {})
        if key not in kept:
            if len(kept) == MOST_KEPT:
                del kept[next(iter(kept))]
            kept[key] = make()
        return kept[key]


def _making(config: RecommenderConfig, name: str) -> Any:
    """The settings that neighbours are made by: how baskets fade is the scorer's own affair."""
    settings = getattr(config, name)
    return settings.model_copy(update={"fade": 1.0}) if name == "transitions" else settings
