"""What follows what, counted by hand."""

import numpy as np
import pytest

from recommender.config import TransitionConfig
from recommender.scorers import Transitions
from recommender.scorers.transitions import consecutive
from tests.recommender import shops

PLAIN = TransitionConfig(shrinkage=0, basket_size_exponent=0, target_exponent=0, min_support=1, fade=0.5)
# Milk (0) is followed by cereal (1) twice and by tea (2) once; nothing follows on tea.
LOG = shops.log([(0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 2), (2, 0, 1), (2, 2, 2)], 3, 4).once_per_basket()


def said(scorer: Transitions, **known: object) -> np.ndarray:
    board = np.zeros(4)
    scorer.add_to(board, shops.profile_of({0: 1.0}, **known), 1.0)
    return board


def test_followers_are_as_likely_as_they_were_often() -> None:
    assert said(Transitions.fit(LOG, PLAIN)).tolist() == pytest.approx([0, 2 / 3, 1 / 3, 0])


def test_doubt_shrinks_what_was_seen_seldom() -> None:
    lines = [(0, 0, 1), (0, 1, 2)] + [(shopper, item, item) for shopper in range(1, 9) for item in (2, 3)]
    log = shops.log([(shopper, item, float(day)) for shopper, item, day in lines], 9, 4).once_per_basket()
    matrix = Transitions.fit(log, PLAIN.model_copy(update={"shrinkage": 8.0})).followers.matrix().toarray()
    # 1 / (1 + 8) against 8 / (8 + 8)
    assert matrix[0, 1] / matrix[2, 3] == pytest.approx((1 / 9) / (8 / 16))


def test_items_of_large_baskets_tell_less() -> None:
    lines = [(0, 0, 1), (0, 1, 2), (1, 2, 1), (1, 3, 1), (1, 1, 2)]
    log = shops.log([(shopper, item, float(day)) for shopper, item, day in lines], 2, 4).once_per_basket()
    matrix = Transitions.fit(log, PLAIN.model_copy(update={"basket_size_exponent": 1.0})).followers.matrix()
    assert matrix[2, 1] / matrix[0, 1] == pytest.approx(0.5)


def test_a_basket_fades_with_every_one_after_it() -> None:
    scorer = Transitions.fit(LOG, PLAIN)
    assert said(scorer, ages=np.array([2])) == pytest.approx(0.25 * said(scorer))


def test_an_item_that_comes_back_is_no_transition() -> None:
    log = shops.log([(0, 0, 1), (0, 0, 2), (0, 1, 3)], 1, 2).once_per_basket()
    assert Transitions.fit(log, PLAIN).followers.matrix().toarray()[0].tolist() == pytest.approx([0, 1])


def test_baskets_of_different_shoppers_do_not_follow() -> None:
    before, after = consecutive(shops.log([(0, 0, 1), (1, 1, 2), (1, 2, 3)], 2, 3).once_per_basket())
    assert before.toarray().tolist() == [[0, 1, 0]]
    assert after.toarray().tolist() == [[0, 0, 1]]


def test_a_basket_held_out_leaves_its_neighbours_consecutive() -> None:
    log = shops.log([(0, 0, 1), (0, 1, 2), (0, 2, 3)], 1, 3).once_per_basket()
    before, after = consecutive(log.take(log.item != 1))
    assert before.toarray().tolist() == [[1, 0, 0]]
    assert after.toarray().tolist() == [[0, 0, 1]]
