"""The log of ratings: what it refuses, what it keeps, how it is cut."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.ratings import Ratings
from recommender.ratings.holdout import Cut, cuts, rmse
from tests.recommender.ratings import tables

GOOD: dict[str, Any] = {"shopper": [0, 1], "item": [1, 0], "value": [3.0, 4.0], "n_shoppers": 2, "n_items": 2}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", [3.0, float("nan")]),
        ("value", [3.0, float("inf")]),
        ("value", [3.0, -1e12]),
        ("value", ["good", "bad"]),
        ("shopper", [0, 2]),
        ("shopper", [0.5, 1.0]),
        ("item", [0, -1]),
        ("item", [0]),
        ("day", [0.0, float("nan")]),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(field: str, value: list[Any]) -> None:
    with pytest.raises(InputError) as caught:
        Ratings(**{**GOOD, field: value})
    assert caught.value.field == field


def test_no_ratings_are_too_few() -> None:
    with pytest.raises(InputError, match="at least one"):
        Ratings([], [], [], 2, 2)


def test_the_latest_of_a_pair_is_kept() -> None:
    log = Ratings([0, 0, 1, 0], [0, 0, 0, 0], [5, 1, 2, 4], 2, 1, day=[3.0, 7.0, 1.0, 5.0])
    assert log.value.tolist() == [1.0, 2.0]


def test_without_days_the_last_row_is_the_latest() -> None:
    assert Ratings([0, 0], [0, 0], [5, 1], 1, 1).value.tolist() == [1.0]


def test_facts_of_a_log() -> None:
    log = tables.of([(0, 0, 1.0), (0, 1, 3.0), (2, 1, 5.0)], 3, 2)
    assert (log.scale, log.of_shopper.tolist(), log.of_item.tolist()) == ((1.0, 5.0), [2, 0, 1], [1, 2])
    assert log.spread == pytest.approx(np.sqrt(8 / 3))


@given(n=st.integers(10, 200), count=st.integers(1, 4), seed=st.integers(0, 99))
def test_cuts_are_disjoint_and_lose_nothing(n: int, count: int, seed: int) -> None:
    log = Ratings(np.arange(n), np.zeros(n, int), np.arange(n, dtype=float), n, 1)
    parts = cuts(log, count, 0.2, np.random.default_rng(seed))
    spares = np.concatenate([part.spare.value for part in parts])
    assert len(np.unique(spares)) == len(spares) == count * (n // 5)
    assert all(sorted([*part.rest.value, *part.spare.value]) == log.value.tolist() for part in parts)


def test_too_few_ratings_make_no_cut() -> None:
    assert cuts(tables.of([(0, 0, 1.0)], 1, 1), 2, 0.1, np.random.default_rng(0)) == []


def test_a_narrowed_cut_keeps_whole_shoppers() -> None:
    log = Ratings(np.repeat(np.arange(10), 5), np.tile(np.arange(5), 10), np.ones(50), 10, 5)
    spare = Cut(log, log).narrowed(15, "shopper", np.random.default_rng(0)).spare
    assert sorted(np.unique(spare.shopper, return_counts=True)[1].tolist()) == [5, 5, 5]


def test_root_of_the_mean_square() -> None:
    assert rmse(np.array([3.0, -4.0, 0.0, 0.0])) == pytest.approx(2.5)
