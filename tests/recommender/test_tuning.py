"""The hold-out, and what is chosen on it."""

import json
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from recommender import Query, Recommender, RecommenderConfig
from recommender.climbing import value_of, with_value
from recommender.config import DecayConfig, TuningConfig
from recommender.holdout import hold_out, visits_of
from recommender.judging import Judge
from recommender.ladders import ANY_ITEM, DECAY, DETAILS, NEIGHBOURS, NEW_ITEMS, VISITS, Value
from recommender.metrics import ndcg
from recommender.pipeline import Pipeline
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


def test_what_follows_what_is_found_out() -> None:
    # Everybody goes round the shelf item by item: what comes next is what followed before.
    lines = [
        (shopper, (shopper + day) % 20, float(day))
        for shopper in range(60)
        for day in range(45 + shopper % 7)
    ]
    config = RecommenderConfig(tuning=TuningConfig(n=1, shoppers=30))
    model = shops.fitted(shops.log(lines, 60, 20), config=config)
    tuning = model.facts.details["tuning"]
    assert tuning["chosen"]["blend.transitions"] > 0
    assert tuning["ndcg_after"] > 0.9 > 0.5 > tuning["without"]["transitions"]
    assert not model._state.relations.followers.empty


def test_what_follows_nothing_is_dropped() -> None:
    model = shops.fitted(*shops.grocer(), RecommenderConfig())
    assert model.config.blend.transitions == model.config.blend_new.transitions == 0
    assert model._state.relations.followers.empty


@pytest.mark.parametrize("kind", ["segment", "traits"])
def test_what_groups_take_is_found_out(kind: str) -> None:
    # Everybody first takes something that nobody else has, then item 0 or 1, as their group does.
    lines = [
        line for shopper in range(60) for line in ((shopper, 2 + shopper, 1.0), (shopper, shopper % 2, 2.0))
    ]
    labels = ["young" if shopper % 2 else "old" for shopper in range(60)]
    known = {"segment": {"segments": labels}, "traits": {"traits": [{"age": label} for label in labels]}}[
        kind
    ]
    config = RecommenderConfig(repeat_purchase=True, tuning=TuningConfig(n=2, shoppers=30))
    model = Recommender.fit(shops.log(lines, 60, 62), shops.catalogue(62), config, now=shops.NOW, **known)
    assert getattr(model.config.blend, kind) > 0
    young = Query(segment="young", traits={"age": "young"}, n=1)
    assert model.recommend(young).item_ids == ("i1",)


def test_visits_are_parts_of_baskets_by_strangers() -> None:
    log = shops.grocer()[0].once_per_basket()
    cases = hold_out(log, 40, np.random.default_rng(0), last_baskets=True).cases
    visits = visits_of(cases, np.random.default_rng(1))
    whole = [set(case.taken.tolist()) for case in cases if len(case.taken) > 1]
    assert [set(visit.session) | set(visit.taken.tolist()) for visit in visits] == whole
    assert all(len(visit.history) == 0 and visit.session and len(visit.taken) for visit in visits)


@pytest.mark.parametrize("seen", ["any", "never"])
def test_the_judge_judges_what_the_pipeline_would_show(seen: str) -> None:
    state = shops.well_known_grocer()._state
    log = shops.grocer()[0].once_per_basket()
    cases = hold_out(log, 40, np.random.default_rng(0), last_baskets=True).cases
    settings = with_value(with_value(state.config, "blend.content", 0.0), "blend_new.content", 0.0)
    config = with_value(with_value(settings, "decay.half_life_days", 30.0), "transitions.fade", 0.7)
    pipeline, n = Pipeline.of(replace(state, config=config)), config.tuning.n
    slow = [
        ndcg(pipeline.best(Query(history=case.history, n=n, now=case.now, seen=seen)), case.taken, n)
        for case in cases
    ]
    assert Judge(state, cases, seen).ndcg(config) == pytest.approx(slow)


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


@pytest.mark.parametrize(
    ("name", "ladder"), (DECAY | ANY_ITEM | NEW_ITEMS | DETAILS | VISITS | NEIGHBOURS).items()
)
def test_settings_are_reached_by_name(name: str, ladder: tuple[Value, ...]) -> None:
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
