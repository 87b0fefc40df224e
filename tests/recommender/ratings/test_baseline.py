"""Biases worked out by hand."""

import numpy as np
import pytest

from recommender.ratings import Baseline
from recommender.ratings.config import BaselineConfig
from recommender.ratings.holdout import Cut
from tests.recommender.ratings import tables


def test_one_round_by_hand() -> None:
    # Mean 3. Item 0: (2 + 0) / (2 + 2) = 0.5, item 1: -2 / (2 + 1) = -2/3.
    # Shopper 0: (2 - 0.5 - 2 + 2/3) / (2 + 1) = 1/18; shopper 1: -0.5 / (1 + 1) = -0.25.
    log = tables.of([(0, 0, 5.0), (0, 1, 1.0), (1, 0, 3.0)], 2, 2)
    model = Baseline.fit(log, BaselineConfig(shopper_prior=1.0, item_prior=2.0, rounds=1))
    assert model.item_bias == pytest.approx([0.5, -2 / 3])
    assert model.shopper_bias == pytest.approx([1 / 18, -0.25])
    assert model.predict([1], [1]) == pytest.approx([3 - 0.25 - 2 / 3])


def test_without_priors_exact_sums_are_found() -> None:
    rows = [(shopper, item, 1.0 + shopper + 2.0 * item) for shopper in range(3) for item in range(3)]
    kept = [row for row in rows if row[:2] != (2, 2)]
    model = Baseline.fit(
        tables.of([*kept, (3, 2, 9.0)], 4, 3), BaselineConfig(shopper_prior=0.0, item_prior=0.0, rounds=200)
    )
    assert model.predict([2], [2]) == pytest.approx([7.0], abs=1e-3)


def test_answers_keep_to_the_scale() -> None:
    # Shopper 0 gives 4 more than shopper 1, item 0 gets 4 more than item 1: 9 for the pair of both.
    log = tables.of([(0, 1, 5.0), (1, 1, 1.0), (1, 0, 5.0)], 2, 2)
    model = Baseline.fit(log, BaselineConfig(shopper_prior=0.0, item_prior=0.0, rounds=100))
    assert model.raw(np.array([0]), np.array([0])) == pytest.approx([9.0], abs=0.01)
    assert model.predict([0], [0]) == [5.0]


def test_priors_are_low_where_biases_are_all_there_is() -> None:
    rows = [(shopper, item, 1.0 + shopper % 5 + item % 4) for shopper in range(30) for item in range(30)]
    log = tables.of(rows, 30, 30)
    apart = (log.shopper * 7 + log.item) % 10 == 0
    choice = Baseline.choose(Cut(log.take(~apart), log.take(apart)), tables.seeded(0), 1.0)
    assert choice.config.item_prior == choice.config.shopper_prior == 0.5
