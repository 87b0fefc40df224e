"""Small shops whose right answers can be worked out by hand."""

import numpy as np
from hypothesis import strategies as st

from recommender import Catalogue, History, Interactions, Query, Recommender, RecommenderConfig
from recommender.config import TuningConfig

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
    )
