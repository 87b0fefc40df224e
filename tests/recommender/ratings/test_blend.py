"""How settings are searched for, weights are learned, and the blend is made of both."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.ratings import RatingBlend
from recommender.ratings.blend import KINDS
from recommender.ratings.config import KnnConfig
from recommender.ratings.holdout import errors, rmse
from recommender.ratings.stacking import equal, stack
from recommender.ratings.tuning import Ladders, climb
from tests.recommender.ratings import tables

LADDERS: Ladders = {"likeness": ("cosine", "pearson"), "neighbours": (10, 20, 40, 80, 160)}


def far_from_best(config: KnnConfig) -> float:
    return 1.0 + abs(np.log2(config.neighbours / 80)) + (config.likeness != "pearson")


def test_each_ladder_is_climbed_to_where_the_error_is_lowest() -> None:
    choice = climb(KnnConfig(), LADDERS, far_from_best, 99)
    assert (choice.config.neighbours, choice.config.likeness, choice.rmse) == (80, "pearson", 1.0)


def test_no_more_is_tried_than_allowed_nor_anything_twice() -> None:
    tried: list[KnnConfig] = []

    def judge(config: KnnConfig) -> float:
        tried.append(config)
        return far_from_best(config)

    assert climb(KnnConfig(), LADDERS, judge, 2).trials == 2
    climb(KnnConfig(), LADDERS, judge, 99)
    assert len(tried) - 2 == len(set(tried))


def test_gains_that_are_noise_change_nothing() -> None:
    start = KnnConfig()
    assert climb(start, LADDERS, lambda config: 1.0 - 1e-9 * config.neighbours, 99).config == start


def test_the_better_of_two_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    truth = rng.normal(size=2000)
    told = truth[:, None] + rng.normal(size=(2000, 2)) * [0.1, 1.0]
    weights = stack(told, truth)
    # Independent errors: the best weights go by the inverse of their variances.
    assert weights.weights == pytest.approx([1 / 1.01, 0.01 / 1.01], abs=0.01)
    assert weights.rmse is not None
    assert weights.rmse < 0.102


def test_a_constant_error_is_taken_off() -> None:
    truth = np.arange(100.0)
    told = np.column_stack([truth + 2.0, truth + 2.0])
    assert stack(told, truth).blend(told) == pytest.approx(truth + 2.0)  # equal columns: nothing to learn
    wavy = np.column_stack([truth + 2.0 + np.sin(truth), truth + 2.0 - np.sin(truth)])
    assert stack(wavy, truth).blend(wavy) == pytest.approx(truth)


@given(st.integers(0, 1000), st.integers(2, 60), st.integers(1, 5))
def test_weights_add_up_to_1_and_the_blend_is_finite(seed: int, rows: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    told = rng.integers(1, 4, size=(rows, count)).astype(float)
    weights = stack(told, rng.integers(1, 4, size=rows).astype(float))
    assert weights.weights.sum() == pytest.approx(1.0)
    assert np.isfinite(weights.blend(told)).all()


def test_equal_weights_are_the_mean() -> None:
    assert equal(3).blend(np.array([[1.0, 2.0, 6.0]])) == pytest.approx([3.0])


@pytest.fixture(scope="module")
def blend() -> RatingBlend:
    train, _ = tables.checkerboard()
    stages: list[float] = []
    model = RatingBlend.fit(train, tables.QUICK, progress=lambda _stage, share: stages.append(share))
    assert (max(stages), len(stages)) == (1.0, 3 * len(KINDS) - 1)
    return model


def test_the_blend_reports_what_was_chosen(blend: RatingBlend) -> None:
    assert set(blend.chosen) == {*KINDS, "weights", "strength", "holdout_rmse", "held_out"}
    assert set(blend.chosen["weights"]) == set(blend.parts) == set(KINDS)
    assert all(part.seconds > 0 for part in blend.parts.values())


def test_the_blend_is_no_worse_than_its_parts(blend: RatingBlend) -> None:
    _, test = tables.checkerboard()
    apart = {name: rmse(errors(part.predictor, test)) for name, part in blend.parts.items()}
    assert rmse(errors(blend, test)) <= min(apart.values()) + 0.01
