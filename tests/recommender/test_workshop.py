"""Neighbours made by other settings: counted once, and judged like any other."""

from dataclasses import replace

import numpy as np
import pytest

from recommender import RecommenderConfig
from recommender.climbing import clearly_better, with_value
from recommender.config import TransitionConfig, TuningConfig
from recommender.holdout import hold_out
from recommender.judging import Judge
from recommender.metrics import ndcg
from recommender.neighbours import Neighbours, asymmetric_cosine
from recommender.pipeline import Pipeline
from recommender.query import Query
from recommender.scorers import Transitions
from recommender.settings import KnnConfig
from recommender.takings import baskets_of, takings_of
from recommender.workshop import Workshop
from tests.recommender import shops

STATE = shops.well_known_grocer()._state
LOG = shops.grocer()[0].once_per_basket()
OTHERWISE = [
    {"row_exponent": 0.3},
    {"source_exponent": 0.9, "target_exponent": 0.6},
    {"neighbours": 3},
    {"neighbours": 3, "prune": "target"},
]


def same(found: Neighbours, wanted: Neighbours) -> bool:
    one, other = found.matrix().toarray(), wanted.matrix().toarray()
    return bool(other.any()) and np.allclose(one, other, rtol=1e-4)


@pytest.mark.parametrize("changed", OTHERWISE)
def test_neighbours_are_those_of_counting_anew(changed: dict[str, object]) -> None:
    for name, relation, table in (
        ("item_knn", "taken_with", takings_of(LOG)),
        ("basket_knn", "basket", baskets_of(LOG)),
    ):
        wanted: KnnConfig = getattr(STATE.config, name).model_copy(update=changed)
        state = Workshop(STATE, LOG).of(STATE.config.model_copy(update={name: wanted}))
        assert same(getattr(state.relations, relation), asymmetric_cosine(table, wanted))


@pytest.mark.parametrize(
    "changed",
    [{"target_exponent": 0.9}, {"shrinkage": 1.0}, {"target_exponent": 0.0}, {"basket_size_exponent": 1.0}],
)
def test_followers_are_those_of_counting_anew(changed: dict[str, object]) -> None:
    wanted = TransitionConfig().model_copy(update=changed)
    state = Workshop(STATE, LOG).of(STATE.config.model_copy(update={"transitions": wanted}))
    assert same(state.relations.followers, Transitions.fit(LOG, wanted).followers)


def test_what_is_not_changed_is_not_made_again() -> None:
    config = with_value(with_value(STATE.config, "transitions.fade", 0.9), "blend.item_knn", 2.0)
    state = Workshop(STATE, LOG).of(config)
    assert state.relations == STATE.relations
    assert state.config == config


@pytest.mark.parametrize("seen", ["any", "never"])
def test_the_judge_asks_the_neighbours_that_the_settings_make(seen: str) -> None:
    cases = hold_out(LOG, 40, np.random.default_rng(0), last_baskets=True).cases
    settings = with_value(with_value(STATE.config, "blend.content", 0.0), "blend_new.content", 0.0)
    judge = Judge(replace(STATE, config=settings), cases, seen, Workshop(STATE, LOG).of)
    for name, value in (("item_knn.neighbours", 2), ("transitions.target_exponent", 0.0)):
        config = with_value(with_value(settings, name, value), "blend.item_knn", 3.0)
        pipeline = Pipeline.of(Workshop(STATE, LOG).of(config))
        slow = [
            ndcg(pipeline.best(Query(history=case.history, n=10, now=case.now, seen=seen)), case.taken, 10)
            for case in cases
        ]
        assert judge.ndcg(config) == pytest.approx(slow)


def test_neighbours_are_fitted_to_the_shop() -> None:
    # Two tastes of twenty items; everybody takes milk again, and two new things of their taste each time.
    rng = np.random.default_rng(3)
    lines = []
    for shopper in range(80):
        shelf = 1 + 20 * (shopper % 2) + rng.permutation(20)
        for day in range(6):
            lines += [(shopper, item, float(day)) for item in (0, *shelf[3 * day : 3 * day + 3].tolist())]
    config = RecommenderConfig(
        item_knn=KnnConfig(neighbours=1), repeat_purchase=True, tuning=TuningConfig(n=5)
    )
    model = shops.fitted(shops.log(lines, 80, 41), config=config)
    report = model.facts.details["tuning_neighbours"]
    assert report["taken"]
    assert report["ndcg_after"] > report["ndcg_before"]
    assert model.config.item_knn.neighbours == report["chosen"]["item_knn.neighbours"] > 1
    assert {name for name, _, _ in report["trials"]} >= {"item_knn.target_exponent", "basket_knn.prune"}


def test_a_gain_on_one_question_must_outweigh_the_loss_on_another() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.random(200), rng.random(200)
    noise = rng.normal(0.0, 0.01, 200)
    assert clearly_better((one + 0.05 + noise, other - 0.01), (one, other), 2.5)
    assert not clearly_better((one + 0.05 + noise, other - 0.06), (one, other), 2.5)
    assert not clearly_better((one + noise - noise.mean(), other), (one, other), 2.5)
