"""Gradient descent on factors."""

import numpy as np
import pytest

from recommender.ratings import Factors
from recommender.ratings.config import FactorConfig
from recommender.ratings.factors import descend, estimates
from recommender.ratings.holdout import Cut
from tests.recommender.ratings import tables


def test_one_step_by_hand() -> None:
    # One factor, then the bias. Estimate 2 * 3 + 0.5 + 1 = 7.5, rating 8.5: error 1; rate 0.1, pull 0.2.
    p, q, zero = np.array([[2.0, 0.5]]), np.array([[3.0, 1.0]]), np.zeros(1, dtype=np.int64)
    assert estimates(p, q, zero, zero) == pytest.approx([7.5])
    descend(p, q, zero, zero, np.array([8.5]), zero, 0.1, 0.2)
    assert p[0] == pytest.approx([2.0 + 0.1 * (3.0 - 0.4), 0.5 + 0.1 * (1.0 - 0.1)])
    assert q[0] == pytest.approx([3.0 + 0.1 * (2.0 - 0.6), 1.0 + 0.1 * (1.0 - 0.2)])


def test_strong_pull_leaves_the_mean() -> None:
    train, test = tables.checkerboard(8)
    model = Factors.fit(train, FactorConfig(regularisation=50.0, learning_rate=0.01, epochs=100))
    assert model.predict(test.shopper, test.item) == pytest.approx(
        np.full(len(test), train.value.mean()), abs=0.1
    )


def test_descent_stops_before_it_learns_noise() -> None:
    rng = np.random.default_rng(0)
    log = tables.of([(s, i, float(rng.integers(1, 6))) for s in range(20) for i in range(20)], 20, 20)
    apart = rng.random(400) < 0.3
    choice = Factors.choose(Cut(log.take(~apart), log.take(apart)), rng, 0.1)
    assert choice.config.epochs < FactorConfig().epochs
