"""From a log and a catalogue to a model's state."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray
from recommender.catalogue import Catalogue
from recommender.config import RecommenderConfig
from recommender.content import ContentNeighbours, content_neighbours
from recommender.errors import InputError
from recommender.holdout import hold_out
from recommender.interactions import Interactions
from recommender.neighbours import Neighbours, asymmetric_cosine
from recommender.scorers import Frequency, Popularity
from recommender.search import SearchIndex
from recommender.state import Facts, State
from recommender.tuning import tune

Progress = Callable[[str, float], None]
"""Called with the name of the stage that begins and the share of the work done, in [0, 1]."""

REPEATED_SHARE = 0.1
"""Share of takings that are repeats from which on a shop counts as one where things are bought again."""


def fit_state(
    interactions: Interactions,
    catalogue: Catalogue,
    config: RecommenderConfig,
    now: float,
    rng: np.random.Generator,
    progress: Progress,
) -> State:
    """Fits, tuning decay and blend on a hold-out first where config.tuning allows."""
    if interactions.n_items != len(catalogue):
        raise InputError("catalogue", f"has {len(catalogue)} items where the log has {interactions.n_items}")
    began = time.perf_counter()
    progress("log", 0.0)
    log = interactions.once_per_basket()
    builder = _Builder.of(log, catalogue, config, now, progress)
    progress("hold-out", 0.2)
    held = hold_out(log, config.tuning.shoppers, rng, last_baskets=builder.repeat_purchase)
    trial = builder.state(held.rest, config, builder.nothing_in_baskets)
    settings, reports = tune(trial, held, lambda share: progress("tuning", 0.4 + 0.3 * share))
    progress("neighbours", 0.7)
    basket = asymmetric_cosine(baskets_of(log), config.basket_knn)
    state = builder.state(log, settings, basket)
    progress("done", 1.0)
    seconds = round(time.perf_counter() - began, 2)
    details = {**reports, "fit_seconds": seconds}
    return replace(state, facts=replace(state.facts, details=details))


@dataclass(frozen=True)
class _Builder:
    """What does not change between the trial on the hold-out and the model."""

    catalogue: Catalogue
    content: ContentNeighbours
    search: SearchIndex
    now: float
    repeat_purchase: bool

    @classmethod
    def of(
        cls,
        log: Interactions,
        catalogue: Catalogue,
        config: RecommenderConfig,
        now: float,
        progress: Progress,
    ) -> "_Builder":
        progress("content", 0.05)
        popularity = Popularity.fit(log, config.popularity, now).values
        content = content_neighbours(catalogue, known_items(log, config), popularity, config.content)
        search = SearchIndex.fit(catalogue, popularity)
        repeated = bought_again(log) if config.repeat_purchase is None else config.repeat_purchase
        return cls(catalogue, content, search, now, repeated)

    @property
    def nothing_in_baskets(self) -> Neighbours:
        return Neighbours.of(sp.csr_array((len(self.catalogue), len(self.catalogue))))

    def state(self, log: Interactions, config: RecommenderConfig, basket: Neighbours) -> State:
        return State(
            ids=self.catalogue.ids,
            category=self.catalogue.category,
            department=self.catalogue.department,
            popularity=Popularity.fit(log, config.popularity, self.now),
            frequency=Frequency.fit(log, config.frequency),
            taken_with=asymmetric_cosine(takings_of(log), config.item_knn),
            basket=basket,
            content=self.content,
            search=self.search,
            config=config,
            facts=Facts(self.now, len(log), self.repeat_purchase),
        )


def bought_again(log: Interactions) -> bool:
    """Whether things are bought again in this shop, from a log with each item once a basket."""
    if len(log) == 0:
        return False
    distinct = len(np.unique(log.shopper * log.n_items + log.item))
    return 1.0 - distinct / len(log) >= REPEATED_SHARE


def known_items(log: Interactions, config: RecommenderConfig) -> BoolArray:
    """Items with enough takers to have neighbours by co-occurrence."""
    pairs = np.unique(log.shopper * log.n_items + log.item)
    takers = np.bincount(pairs % log.n_items, minlength=log.n_items)
    known: BoolArray = takers >= config.item_knn.min_support
    return known


def takings_of(log: Interactions) -> sp.csr_array:
    """Shoppers x items: ln(1 + baskets with the item)."""
    ones = np.ones(len(log))
    table = sp.csr_array((ones, (log.shopper, log.item)), shape=(log.n_shoppers, log.n_items))
    table.sum_duplicates()
    table.data = np.log1p(table.data)
    return table


def baskets_of(log: Interactions) -> sp.csr_array:
    """Baskets x items: 1 where the item lies in the basket."""
    n_baskets = int(log.basket.max(initial=-1)) + 1
    return sp.csr_array((np.ones(len(log)), (log.basket, log.item)), shape=(max(1, n_baskets), log.n_items))
