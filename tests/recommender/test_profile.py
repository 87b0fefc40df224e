"""From lines to weights, worked out by hand."""

import numpy as np
import pytest

from recommender import History, profile
from recommender.config import DecayConfig

NOTHING = np.zeros(0, dtype=np.int64)
OFF = float("inf")


def build(history: History, decay: DecayConfig, now: float = 10.0) -> profile.Profile:
    return profile.build(history, np.asarray(history.items), NOTHING, decay, now)


def test_days_halve_a_weight() -> None:
    decay = DecayConfig(half_life_days=5, half_life_baskets=OFF, basket_size_exponent=0)
    built = build(History([3, 4], [10.0, 5.0]), decay)
    assert built.weights.tolist() == [1.0, 0.5]


def test_baskets_halve_a_weight() -> None:
    decay = DecayConfig(half_life_days=OFF, half_life_baskets=1, basket_size_exponent=0)
    built = build(History([3, 4, 5], [1.0, 2.0, 3.0]), decay)
    assert built.weights.tolist() == [0.25, 0.5, 1.0]


def test_large_baskets_speak_less_for_each_of_their_items() -> None:
    decay = DecayConfig(half_life_days=OFF, half_life_baskets=OFF, basket_size_exponent=0.5)
    built = build(History([1, 2, 3, 4, 5], [1, 1, 1, 1, 2]), decay)
    assert built.weights.tolist() == [0.5, 0.5, 0.5, 0.5, 1.0]


def test_an_item_counts_once_a_basket_and_adds_up_over_baskets() -> None:
    decay = DecayConfig(half_life_days=OFF, half_life_baskets=OFF, basket_size_exponent=0)
    built = build(History([7, 7, 7, 2], [1.0, 1.0, 4.0, 4.0]), decay)
    assert built.items.tolist() == [2, 7]
    assert built.weights.tolist() == [1.0, 2.0]
    assert built.times.tolist() == [1, 2]
    assert (built.first_day[1], built.last_day[1]) == (1.0, 4.0)


def test_lines_from_the_future_count_as_new() -> None:
    decay = DecayConfig(half_life_days=5, half_life_baskets=OFF, basket_size_exponent=0)
    assert build(History([0], [99.0]), decay, now=10.0).weights.tolist() == [1.0]


def test_a_hundred_thousand_lines_are_no_trouble() -> None:
    rng = np.random.default_rng(0)
    items = rng.integers(0, 500, 100_000)
    built = build(History(items, rng.uniform(0, 9, 100_000), rng.uniform(0, 1e12, 100_000)), DecayConfig())
    assert np.isfinite(built.weights).all()
    assert built.times.sum() <= 100_000


def test_without_leaves_every_other_weight_alone() -> None:
    built = build(History([1, 2, 3], [1.0, 2.0, 3.0]), DecayConfig())
    rest = built.without(2)
    assert rest.items.tolist() == [1, 3]
    assert rest.weights.tolist() == pytest.approx([built.weights[0], built.weights[2]])


def test_an_items_age_is_that_of_its_latest_basket() -> None:
    built = build(History([3, 4, 3, 5], [1.0, 1.0, 2.0, 3.0]), DecayConfig())
    assert built.items.tolist() == [3, 4, 5]
    assert built.ages.tolist() == [1, 2, 0]


def test_a_profile_without_a_trait_keeps_the_others() -> None:
    known = {"age": "old", "kids": "no"}
    built = profile.build(History.empty(), NOTHING, NOTHING, DecayConfig(), 10.0, "a", known)
    assert built.without_trait("age").traits == {"kids": "no"}
    assert built.without_trait("segment").segment == ""
