"""The hold-out, and what is chosen on it."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from recommender import RecommenderConfig
from recommender.config import DecayConfig, TuningConfig
from recommender.holdout import hold_out
from recommender.tuning import ANY_ITEM, DECAY, NEW_ITEMS, value_of, with_value
from tests.recommender import shops


def test_the_last_basket_is_held_out() -> None:
    log = shops.log([(0, 0, 1), (0, 1, 5), (0, 2, 5), (1, 0, 3)], 2, 3).once_per_basket()
    held = hold_out(log, 10, np.random.default_rng(0), last_baskets=True)
    (case,) = held.cases
    assert case.taken.tolist() == [1, 2]
    assert case.history.items.tolist() == [0]
    assert case.now == 5.0
    assert len(held.rest) == 2


def test_without_time_a_part_of_the_items_is_held_out() -> None:
    log = shops.checkerboard(20, 40).once_per_basket()
    held = hold_out(log, 8, np.random.default_rng(0), last_baskets=False)
    assert len(held.cases) == 8
    spared = sum(len(case.taken) for case in held.cases)
    assert len(held.rest) + spared == len(log)
    for case in held.cases:
        assert not set(case.taken.tolist()) & set(case.history.items.tolist())


def test_the_same_seed_holds_out_the_same() -> None:
    log = shops.grocer()[0].once_per_basket()
    drawn = [hold_out(log, 5, np.random.default_rng(4), last_baskets=True).cases for _ in range(2)]
    assert [case.taken.tolist() for case in drawn[0]] == [case.taken.tolist() for case in drawn[1]]


def test_tuning_finds_how_fast_to_forget() -> None:
    # Everybody repeats a basket ten times, then moves on for good; of the last one, eight times are known.
    # With slow forgetting the ten old lines outweigh the eight new ones, with faster forgetting they do not.
    lines = []
    rng = np.random.default_rng(5)
    for shopper in range(60):
        for season in range(4):
            basket = rng.choice(30, 3, replace=False)
            lines += [
                (shopper, int(item), season * 10.0 + day)
                for day in range(10 if season < 3 else 9)
                for item in basket
            ]
    decay = DecayConfig(half_life_days=240, half_life_baskets=40)
    slow = RecommenderConfig(decay=decay, tuning=TuningConfig(n=3))
    model = shops.fitted(shops.log(lines, 60, 30), config=slow)
    tuning = model.facts.details["tuning"]
    assert tuning["ndcg_after"] > tuning["ndcg_before"]
    assert model.config.decay.half_life_baskets < 40 or model.config.decay.half_life_days < 240
    assert tuning["chosen"]["decay.half_life_baskets"] == model.config.decay.half_life_baskets
    json.dumps(model.facts.details, allow_nan=False)


def test_too_few_shoppers_leave_the_settings_alone() -> None:
    model = shops.fitted(shops.checkerboard(4, 12, again=2), config=RecommenderConfig())
    assert model.config == RecommenderConfig()
    assert model.facts.details["tuning"]["trials"] == []


def test_no_time_leaves_the_settings_alone() -> None:
    config = RecommenderConfig(tuning=TuningConfig(seconds=0))
    model = shops.fitted(*shops.grocer(), config)
    assert model.config == config
    assert model.facts.details["tuning"]["out_of_time"]


def test_whether_things_are_bought_again_is_seen_from_the_data() -> None:
    assert shops.fitted(shops.grocer()[0]).facts.repeat_purchase
    assert not shops.fitted(shops.checkerboard()).facts.repeat_purchase
    assert shops.fitted(shops.checkerboard(again=2)).facts.repeat_purchase


@pytest.mark.parametrize(("name", "ladder"), (DECAY | ANY_ITEM | NEW_ITEMS).items())
def test_settings_are_reached_by_name(name: str, ladder: tuple[float, ...]) -> None:
    for value in ladder:
        assert value_of(with_value(RecommenderConfig(), name, value), name) == value
    assert value_of(RecommenderConfig(), name) in ladder


@pytest.mark.parametrize(
    "settings",
    [
        {"decay": {"half_life_days": 0}},
        {"decay": {"half_life": 5}},
        {"blend": {"item_knn": -1}},
        {"rank": {"category_share": 1.5}},
        {"tuning": {"shoppers": "many"}},
    ],
)
def test_settings_out_of_bounds_or_unknown_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RecommenderConfig.model_validate(settings)
