"""The contract that every scorer keeps, and what each is for, on data with known answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender import Recommender
from recommender.config import FactorsConfig, FrequencyConfig, PopularityConfig, UserKnnConfig
from recommender.profile import NOBODY, Profile
from recommender.scorers import Factors, Frequency, Popularity, Scorer, UserKnn
from recommender.takings import takings_of
from tests.recommender import shops

STATE = shops.well_known_grocer()._state
TAKINGS = takings_of(shops.grocer()[0].once_per_basket())
SERVING = {scorer.source: scorer for scorer in STATE.scorers()}
COMPARED = {
    "user_knn": UserKnn(TAKINGS, UserKnnConfig(neighbours=5)),
    "user_knn_pearson": UserKnn(TAKINGS, UserKnnConfig(neighbours=5, likeness="pearson")),
    "factors": Factors.fit(TAKINGS, FactorsConfig(factors=4)),
}
SCORERS = {**SERVING, **COMPARED}
N_ITEMS = len(STATE.ids)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile over the grocer's shelves."""
    items = np.array(sorted(draw(st.sets(st.integers(0, N_ITEMS - 1)))), dtype=np.int64)
    weights = draw(st.lists(st.floats(1e-6, 1e6), min_size=len(items), max_size=len(items)))
    days = np.full(len(items), shops.NOW)
    session = np.array(sorted(draw(st.sets(st.integers(0, N_ITEMS - 1), max_size=4))), dtype=np.int64)
    times = np.ones(len(items), dtype=np.int64)
    ages = np.array(
        draw(st.lists(st.integers(0, 9), min_size=len(items), max_size=len(items))), dtype=np.int64
    )
    return Profile(
        items,
        np.array(weights, dtype=np.float64),
        times,
        days,
        days,
        session,
        np.arange(len(session))[::-1],
        ages,
        segment=draw(st.sampled_from(["", "odd", "even", "unheard of"])),
        traits=draw(shops.traits()),
    )


def dense(scorer: Scorer, profile: Profile) -> np.ndarray:
    board = np.zeros(N_ITEMS)
    scorer.add_to(board, profile, 1.0)
    return board


@pytest.mark.parametrize("scorer", SCORERS.values(), ids=SCORERS)
class TestEveryScorer:
    @given(profile=profiles())
    def test_scores_are_finite_and_not_below_zero(self, scorer: Scorer, profile: Profile) -> None:
        board = dense(scorer, profile)
        assert np.isfinite(board).all()
        assert (board >= 0).all()

    @given(profile=profiles(), weight=st.floats(0, 1e3))
    def test_scores_are_added_with_their_weight(
        self, scorer: Scorer, profile: Profile, weight: float
    ) -> None:
        board = np.ones(N_ITEMS)
        scorer.add_to(board, profile, weight)
        assert board == pytest.approx(1.0 + weight * dense(scorer, profile))

    @given(profile=profiles())
    def test_the_same_profile_gets_the_same_scores(self, scorer: Scorer, profile: Profile) -> None:
        assert (dense(scorer, profile) == dense(scorer, profile)).all()

    @given(profile=profiles())
    def test_contributions_add_up_to_the_score(self, scorer: Scorer, profile: Profile) -> None:
        board = dense(scorer, profile)
        totals = [given.total for given in scorer.contributions(profile, np.arange(N_ITEMS))]
        assert totals == pytest.approx(board.tolist())

    def test_nobody_is_answered(self, scorer: Scorer) -> None:
        assert dense(scorer, NOBODY).any() == (not scorer.personal)
        (given_by,) = scorer.contributions(NOBODY, np.array([0]))
        assert given_by.total == pytest.approx(dense(scorer, NOBODY)[0])

    def test_scores_grow_with_the_history(self, scorer: Scorer) -> None:
        single, double = (shops.profile_of({2: 2.0 * factor, 5: 3.0 * factor}) for factor in (1.0, 2.0))
        single, double = (
            replace(profile, session=np.array([7]), session_ages=np.zeros(1, np.int64))
            for profile in (single, double)
        )
        grows = scorer.personal and scorer.reason != "profile"
        assert dense(scorer, double) == pytest.approx(dense(scorer, single) * (2.0 if grows else 1.0))


@pytest.mark.parametrize("scorer", SERVING.values(), ids=SERVING)
class TestEveryServingScorer:
    @given(profile=profiles(), item=st.integers(0, N_ITEMS - 1))
    def test_without_a_cause_the_score_falls(self, scorer: Scorer, profile: Profile, item: int) -> None:
        score = dense(scorer, profile)[item]
        (given_by,) = scorer.contributions(profile, np.array([item]))
        for cause, weight in zip(given_by.causes.tolist(), given_by.weights.tolist(), strict=True):
            if cause >= 0 and weight > 1e-9 * score:
                assert dense(scorer, profile.without(cause))[item] < score

    @given(profile=profiles(), item=st.integers(0, N_ITEMS - 1))
    def test_without_a_trait_that_spoke_the_score_falls(
        self, scorer: Scorer, profile: Profile, item: int
    ) -> None:
        score = dense(scorer, profile)[item]
        (given_by,) = scorer.contributions(profile, np.array([item]))
        for (trait, _), weight in zip(
            given_by.traits, given_by.weights.tolist(), strict=bool(given_by.traits)
        ):
            if weight > 1e-9 * score:
                assert dense(scorer, profile.without_trait(trait))[item] < score

    @given(profile=profiles(), cause=st.integers(0, N_ITEMS - 1))
    def test_without_an_item_no_score_rises(self, scorer: Scorer, profile: Profile, cause: int) -> None:
        assert (dense(scorer, profile.without(cause)) <= dense(scorer, profile) * (1 + 1e-12)).all()


@given(past=st.sets(st.integers(0, N_ITEMS - 1)), item=st.integers(0, N_ITEMS - 1))
def test_without_what_spoke_for_an_item_its_factors_say_less(past: set[int], item: int) -> None:
    scorer, profile = COMPARED["factors"], shops.profile_of(dict.fromkeys(past, 1.0))
    score = dense(scorer, profile)[item]
    (given_by,) = scorer.contributions(profile, np.array([item]))
    for cause, weight in zip(given_by.causes.tolist(), given_by.weights.tolist(), strict=True):
        if weight > 1e-6 * score:
            assert dense(scorer, profile.without(cause))[item] < score


def test_popularity_is_the_share_of_baskets() -> None:
    log = shops.log(
        [(0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 3), (2, 1, 3), (2, 2, 3)], 3, 4
    ).once_per_basket()
    values = Popularity.fit(log, PopularityConfig(recent_share=0), shops.NOW).values
    assert values.tolist() == pytest.approx([1, 2 / 3, 1 / 3, 0])


def test_recent_popularity_forgets() -> None:
    log = shops.log([(0, 0, 90), (1, 0, 90), (2, 1, 100)], 3, 2).once_per_basket()
    values = Popularity.fit(log, PopularityConfig(recent_share=1, half_life_days=5), shops.NOW).values
    assert values.tolist() == pytest.approx([0.5, 1.0])


def test_the_tendency_to_be_bought_again() -> None:
    # Item 0: both buyers came back for it; item 1: neither did. Average: 2 of 4.
    log = shops.log(
        [(0, 0, 1), (0, 0, 2), (1, 0, 1), (1, 0, 2), (0, 1, 1), (1, 1, 1)], 2, 3
    ).once_per_basket()
    tendency = Frequency.fit(log, FrequencyConfig(repeat_prior=2)).tendency
    assert tendency.tolist() == pytest.approx([(2 + 1) / 4 / 0.5, (0 + 1) / 4 / 0.5, 1.0])


def test_neighbours_speak_for_the_item_that_is_missing(board_model: Recommender) -> None:
    for shopper in range(12):
        others = [item for item in range(12) if item % 2 == shopper % 2 and item != shopper]
        profile = shops.profile_of(dict.fromkeys(others, 1.0))
        board = np.zeros(12)
        board_model._pipeline.blend.scorers[1].add_to(board, profile, 1.0)
        board[others] = 0
        assert board.argmax() == shopper


@settings(max_examples=20)
@given(st.integers(0, 11))
def test_content_speaks_for_cold_items_only(item: int) -> None:
    profile = shops.profile_of({item: 1.0})
    assert set(np.flatnonzero(dense(SCORERS["content"], profile)).tolist()) <= {12, 13}
