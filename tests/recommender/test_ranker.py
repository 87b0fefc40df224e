"""Ranking: exact for any scores, and spared of too much of one kind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender import kernels
from recommender.config import RankConfig
from recommender.ranker import Ranker
from tests.recommender.shops import catalogue

scores_and_masks = st.integers(1, 60).flatmap(
    lambda size: st.tuples(
        arrays(np.float64, size, elements=st.sampled_from([0.0, 0.5, 1.0, 2.0, 7.5])),
        arrays(np.bool_, size),
    )
)


@given(scores_and_masks, st.integers(1, 70))
def test_the_best_come_first_and_only_allowed_ones(case: tuple[np.ndarray, np.ndarray], n: int) -> None:
    board, allowed = case
    n = min(n, len(board))
    found = kernels.best_first(board, allowed, n).tolist()
    expected = [item for item in np.lexsort((np.arange(len(board)), -board)).tolist() if allowed[item]]
    assert found == expected[:n]


def ranker(categories: list[str], **shares: float) -> Ranker:
    shop = catalogue(len(categories), category=categories)
    return Ranker(shop.category, shop.department, RankConfig(**shares))


def test_a_category_fills_no_more_than_its_share() -> None:
    ranked = ranker(["milk"] * 6 + ["bread"] * 3 + ["tea"] * 3, category_share=0.5)
    best = ranked.top(np.arange(12, 0, -1.0), np.ones(12, dtype=bool), 4)
    assert best.tolist() == [0, 1, 6, 7]


def test_the_limit_is_lifted_where_nothing_else_is_left() -> None:
    ranked = ranker(["milk"] * 6, category_share=0.5)
    assert ranked.top(np.arange(6, 0, -1.0), np.ones(6, dtype=bool), 4).tolist() == [0, 1, 2, 3]


def test_items_without_a_category_are_not_limited() -> None:
    ranked = ranker([""] * 5 + ["tea"], category_share=0.2)
    assert ranked.top(np.arange(6, 0, -1.0), np.ones(6, dtype=bool), 4).tolist() == [0, 1, 2, 3]


@given(scores_and_masks, st.integers(1, 20), st.data())
def test_limits_never_cost_a_place(case: tuple[np.ndarray, np.ndarray], n: int, data: st.DataObject) -> None:
    board, allowed = case
    categories = data.draw(
        st.lists(st.sampled_from(["", "a", "b"]), min_size=len(board), max_size=len(board))
    )
    best = ranker(categories, category_share=0.3).top(board, allowed, n).tolist()
    assert len(best) == min(n, int(allowed.sum()))
    assert len(set(best)) == len(best)
    assert all(allowed[item] for item in best)


@pytest.mark.parametrize("n", [1, 2])
def test_one_place_is_always_there(n: int) -> None:
    assert len(ranker(["tea", "tea"], category_share=0.1).top(np.ones(2), np.ones(2, dtype=bool), n)) == n
