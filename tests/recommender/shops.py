"""Small shops whose right answers can be worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from recommender import Catalogue, History, Interactions, Query, Recommender, RecommenderConfig
from recommender.config import BlendWeights, TuningConfig
from recommender.profile import NOBODY, Profile

NOW = 100.0
UNTUNED = RecommenderConfig(tuning=TuningConfig(shoppers=0))


def catalogue(n_items: int, **columns: object) -> Catalogue:
    """Items i0, i1, ... of which nothing else is known but what the columns say."""
    blank = [""] * n_items
    known = {"category": blank, "department": blank, "brand": blank, "text": blank, **columns}
    ids = [f"i{item}" for item in range(n_items)]
    price = known.pop("price", np.ones(n_items))
    return Catalogue(item_ids=ids, price=price, added_day=np.zeros(n_items), **known)


def log(lines: list[tuple[int, int, float]], n_shoppers: int, n_items: int) -> Interactions:
    """Lines of (shopper, item, day); lines of one shopper on one day are one basket."""
    shopper, item, day = (np.array(column) for column in zip(*lines, strict=True))
    basket = day.astype(np.int64)
    return Interactions(shopper, item, day.astype(float), np.ones(len(lines)), basket, n_shoppers, n_items)


def checkerboard(n_shoppers: int = 12, n_items: int = 12, again: int = 1) -> Interactions:
    """Even shoppers take even items, odd ones odd items, on days 1, 2, ...; shopper u misses item u.

    So the one item that u should be shown, u's past left out, is u.
    """
    lines = [
        (shopper, item, float(day))
        for shopper in range(n_shoppers)
        for day in range(1, again + 1)
        for item in range(n_items)
        if item % 2 == shopper % 2 and item != shopper
    ]
    return log(lines, n_shoppers, n_items)


def history_of(interactions: Interactions, shopper: int) -> History:
    """A shopper's part of a log."""
    mine = interactions.shopper == shopper
    return History(interactions.item[mine], interactions.day[mine], baskets=interactions.basket[mine])


def grocer() -> tuple[Interactions, Catalogue]:
    """Forty shoppers of two tastes over sixty days; items 0 to 11 are sold, 12 (a cheese) and 13 are new.

    Milk (0) and bread (1) go into every third basket or more; tastes share the rest by halves.
    """
    rng = np.random.default_rng(7)
    lines = []
    for shopper in range(40):
        taste = [2, 3, 4, 5, 6] if shopper % 2 else [7, 8, 9, 10, 11]
        for day in range(0, 60, 6):
            basket = [item for item in (0, 1) if rng.random() < 0.5] + list(
                rng.choice(taste, 2, replace=False)
            )
            lines += [(shopper, int(item), float(day)) for item in basket]
    names = ["whole milk", "rye bread", "brie cheese", "gouda cheese", "red grapes", "crackers", "olives"]
    names += ["potato chips", "salsa", "cola", "lime soda", "peanuts", "cheddar cheese", "dog biscuits"]
    categories = ["milk", "bread", "cheese", "cheese", "fruit", "crackers", "olives"]
    categories += ["chips", "dips", "soda", "soda", "nuts", "cheese", "pets"]
    departments = ["dairy", "bakery", "dairy", "dairy", "produce", "snacks", "deli"]
    departments += ["snacks", "snacks", "drinks", "drinks", "snacks", "dairy", "pets"]
    columns = {"text": names, "category": categories, "department": departments}
    return log(lines, 40, 14), catalogue(14, **columns)


ALL_SCORERS = UNTUNED.model_copy(
    update={
        "blend": BlendWeights(transitions=0.2, segment=1.0, traits=1.0),
        "blend_new": BlendWeights(frequency=0.0, item_knn=1.0, transitions=0.5, segment=1.0, traits=1.0),
    }
)


def well_known_grocer() -> Recommender:
    """The grocer, who knows that odd shoppers are young, and which have children; every scorer has a say."""
    segments = ["odd" if shopper % 2 else "even" for shopper in range(40)]
    traits = [
        {"age": "young" if shopper % 2 else "old", "kids": "yes" if shopper % 4 < 2 else "no"}
        for shopper in range(40)
    ]
    interactions, shop = grocer()
    return Recommender.fit(interactions, shop, ALL_SCORERS, now=NOW, segments=segments, traits=traits)


def traits() -> st.SearchStrategy[Mapping[str, str]]:
    """What a query to the well-known grocer may know of somebody, and then some."""
    return st.fixed_dictionaries(
        {},
        optional={
            "age": st.sampled_from(["young", "old", "ageless"]),
            "kids": st.sampled_from(["yes", "no"]),
            "star sign": st.just("fish"),
        },
    )


def profile_of(weights: Mapping[int, float], **known: object) -> Profile:
    """Somebody whose items, in the latest basket, weigh this much."""
    items = np.array(sorted(weights), dtype=np.int64)
    ones = np.ones(len(items))
    bought: dict[str, object] = {
        "items": items,
        "weights": np.array([weights[item] for item in sorted(weights)], dtype=np.float64),
        "times": ones.astype(np.int64),
        "first_day": ones,
        "last_day": ones,
        "ages": np.zeros(len(items), dtype=np.int64),
    }
    return replace(NOBODY, **{**bought, **known})


def fitted(
    interactions: Interactions, shop: Catalogue | None = None, config: RecommenderConfig = UNTUNED
) -> Recommender:
    """A model of a small shop, on the day NOW."""
    return Recommender.fit(interactions, shop or catalogue(interactions.n_items), config, now=NOW)


def histories(n_items: int) -> st.SearchStrategy[History]:
    """Any history over a catalogue, unknown items included."""
    line = st.tuples(
        st.integers(0, n_items + 2), st.floats(0, NOW, allow_nan=False), st.floats(0, 1e9), st.integers(0, 5)
    )
    return st.lists(line, max_size=25).map(_history)


def _history(lines: list[tuple[int, float, float, int]]) -> History:
    items, days, quantities, baskets = ([line[at] for line in lines] for at in range(4))
    return History(items, days, quantities, baskets)


def queries(n_items: int) -> st.SearchStrategy[Query]:
    """Any query over a catalogue of items i0, i1, ..."""
    some_ids = st.lists(st.integers(0, n_items + 2).map("i{}".format), max_size=5)
    return st.builds(
        Query,
        history=histories(n_items),
        session=some_ids,
        n=st.integers(1, 30),
        allowed=st.none() | st.lists(st.booleans(), min_size=n_items, max_size=n_items).map(np.array),
        exclude=some_ids,
        seen=st.sampled_from(["auto", "any", "only", "never"]),
        reason_count=st.integers(0, 3),
        segment=st.sampled_from(["", "odd", "unheard of"]),
        traits=traits(),
    )
