"""The sequence model behind the contract of scorers, as far as it can keep it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.deep import SequenceModel
from recommender.deep.scorer import NextInSequence
from recommender.profile import NOBODY, Profile
from recommender.scorers.base import NO_CAUSE
from tests.recommender import shops
from tests.recommender.deep import small

SCORER = NextInSequence(SequenceModel.load(small.TRAINED))
N_ITEMS = small.CYCLE + 2


def dense(profile: Profile) -> np.ndarray:
    board = np.zeros(N_ITEMS)
    SCORER.add_to(board, profile, 1.0)
    return board


def in_order(*items: int) -> Profile:
    """Items of weight 1, the latest last."""
    profile = shops.profile_of(dict.fromkeys(items, 1.0))
    ages = [len(items) - 1 - items.index(item) for item in sorted(items)]
    return replace(profile, ages=np.array(ages, dtype=np.int64))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    items = draw(st.sets(st.integers(0, N_ITEMS - 1), max_size=8))
    profile = shops.profile_of({item: draw(st.floats(1e-3, 1e3)) for item in sorted(items)})
    ages = draw(st.lists(st.integers(0, 9), min_size=len(items), max_size=len(items)))
    return replace(profile, ages=np.array(ages, dtype=np.int64))


def test_it_asks_the_model_for_the_sequence() -> None:
    scores, board = SCORER.model.scores(small.history([2], [3], [4])), dense(in_order(2, 3, 4))
    assert board == pytest.approx(3.0 * np.exp(scores) / np.exp(scores).sum())
    assert board.argmax() == 5


@given(profile=profiles(), weight=st.floats(0, 1e3))
def test_scores_are_finite_and_grow_with_weight_and_history(profile: Profile, weight: float) -> None:
    board = np.ones(N_ITEMS)
    SCORER.add_to(board, replace(profile, weights=2.0 * profile.weights), weight)
    assert np.isfinite(board).all()
    assert board == pytest.approx(1.0 + 2.0 * weight * dense(profile))


@given(profile=profiles())
def test_contributions_add_up_to_the_score(profile: Profile) -> None:
    totals = [given_by.total for given_by in SCORER.contributions(profile, np.arange(N_ITEMS))]
    assert totals == pytest.approx(dense(profile).tolist())


@given(profile=profiles(), item=st.integers(0, N_ITEMS - 1))
def test_without_a_named_cause_the_score_falls(profile: Profile, item: int) -> None:
    (given_by,) = SCORER.contributions(profile, np.array([item]))
    for cause in given_by.causes.tolist():
        assert cause == NO_CAUSE or dense(profile.without(cause))[item] < dense(profile)[item]


def test_the_cause_of_what_follows_is_what_came_before() -> None:
    (given_by,) = SCORER.contributions(in_order(7, 2, 3, 4), np.array([5]))
    assert given_by.causes[given_by.weights.argmax()] == 4


def test_of_nobody_nothing_is_said() -> None:
    (given_by,) = SCORER.contributions(NOBODY, np.array([0]))
    assert given_by.total == dense(NOBODY).sum() == 0.0
