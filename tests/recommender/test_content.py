"""Likeness by content, on shelves where it can be seen at a glance."""

import numpy as np

from recommender.config import ContentConfig
from recommender.content import content_neighbours
from tests.recommender.shops import catalogue

EVEN = np.ones(4, dtype=np.float32)


def nearest(
    shop_columns: dict[str, object], known: list[bool], popularity: np.ndarray = EVEN
) -> list[list[int]]:
    shop = catalogue(4, **shop_columns)
    alike = content_neighbours(shop, np.array(known), popularity, ContentConfig()).alike
    return [alike.row(item)[0].tolist() for item in range(4)]


def test_shared_words_make_items_alike() -> None:
    found = nearest({"text": ["green tea", "black tea", "dish soap", "hand soap"]}, [True] * 4)
    assert [row[0] for row in found] == [1, 0, 3, 2]


def test_a_shared_category_is_enough() -> None:
    found = nearest(
        {"category": ["tea", "tea", "soap", "soap"], "text": ["a1", "b2", "c3", "d4"]}, [True] * 4
    )
    assert [row[0] for row in found] == [1, 0, 3, 2]


def test_only_known_items_are_pointed_to() -> None:
    found = nearest({"text": ["green tea", "black tea", "mint tea", "soap"]}, [True, False, False, True])
    assert found[:3] == [[], [0], [0]]


def test_among_equals_the_more_popular_comes_first() -> None:
    popularity = np.array([0.1, 0.2, 1.0, 0.1], dtype=np.float32)
    found = nearest({"text": ["tea"] * 3 + ["soap"]}, [True] * 4, popularity)
    assert found[0] == [2, 1]


def test_cold_items_are_pointed_to_from_known_ones() -> None:
    shop = catalogue(4, text=["green tea", "black tea", "dish soap", "hand soap"])
    cold = content_neighbours(shop, np.array([True, False, True, False]), EVEN, ContentConfig()).cold
    assert [cold.row(item)[0].tolist() for item in range(4)] == [[1], [], [3], []]


def test_a_catalogue_that_says_nothing_has_no_likeness() -> None:
    shop = catalogue(4, price=np.zeros(4))
    found = content_neighbours(shop, np.ones(4, dtype=bool), EVEN, ContentConfig())
    assert len(found.alike.values) == len(found.cold.values) == 0
