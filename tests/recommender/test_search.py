"""Search over a small shelf whose right answers are plain to see."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recommender import shops

TEXTS = [
    "Whole milk 1 gallon",
    "Milk chocolate bar",
    "Ripe bananas",
    "Ice cream vanilla",
    "鲜牛奶",
    "Oat milk",
]
TEXTS += ["Strawberry yogurt", "Dish soap lemon"]
CATEGORIES = ["milk", "candy", "fruit", "frozen", "milk", "milk", "yogurt", "cleaning"]
LOG = shops.log([(0, 0, 1), (1, 0, 2), (2, 0, 3), (0, 5, 4)], 3, 8)
MODEL = shops.fitted(LOG, shops.catalogue(8, text=TEXTS, category=CATEGORIES, brand=["Acme"] * 7 + ["Zest"]))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("milk", "i0"),
        ("mlik", "i0"),
        ("do you have any milk?", "i0"),
        ("oat milk", "i5"),
        ("chocolate", "i1"),
        ("chocolats", "i1"),
        ("banana", "i2"),
        ("BANANAS", "i2"),
        ("icecream", "i3"),
        ("牛奶", "i4"),
        ("奶", "i4"),
        ("strawbery yoghurt", "i6"),
        ("zest", "i7"),
        ("candy", "i1"),
    ],
)
def test_the_right_item_comes_first(typed: str, first: str) -> None:
    assert MODEL.search(typed).item_ids[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "???", "the a of", "xylophone quartz"])
def test_nothing_found_is_an_empty_answer(typed: str) -> None:
    assert len(MODEL.search(typed)) == 0


def test_only_allowed_items_are_found() -> None:
    allowed = np.ones(8, dtype=bool)
    allowed[0] = False
    assert MODEL.search("milk", allowed=allowed).item_ids[0] == "i5"


def test_more_words_matched_rank_higher() -> None:
    assert MODEL.search("milk chocolate").item_ids[0] == "i1"


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    ranking = MODEL.search(text, n=3)
    scores = [item.score for item in ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(np.isfinite(score) and score > 0 for score in scores)


def test_a_name_is_trusted_before_an_alias() -> None:
    shelf = shops.catalogue(2, text=["paper towel", "soda"], aliases=["pop soda cola", "pop"])
    model = shops.fitted(shops.log([(0, 0, 1), (1, 0, 1)], 2, 2), shelf)
    assert model.search("soda").item_ids[0] == "i1"
    assert set(model.search("pop").item_ids) == {"i0", "i1"}


def test_a_shelf_without_words_finds_nothing() -> None:
    assert len(shops.fitted(shops.checkerboard()).search("milk")) == 0
