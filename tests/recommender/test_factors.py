"""Matrix factorisation: the fold-in against a slow computation, and the checkerboard."""

import numpy as np
import pytest

from recommender.config import FactorsConfig
from recommender.scorers import Factors
from recommender.takings import takings_of
from tests.recommender import shops

CONFIG = FactorsConfig(factors=2, alpha=3.0, regularisation=0.5)
ITEMS = np.array([[1.0, 0.0], [0.8, 0.2], [0.0, 1.0], [-0.5, 0.4]], dtype=np.float32)


def said(scorer: Factors, weights: dict[int, float]) -> np.ndarray:
    board = np.zeros(len(scorer.items))
    scorer.add_to(board, shops.profile_of(weights), 1.0)
    return board


def test_the_shopper_solves_the_least_squares_of_the_paper() -> None:
    # Confidence 1 + 3 * weight / mean weight in items 0 and 2 (weights 1 and 3, mean 2), 1 in the others.
    confidence, wanted = np.diag([2.5, 1.0, 5.5, 1.0]), np.array([1.0, 0.0, 1.0, 0.0])
    left = ITEMS.T @ confidence @ ITEMS + 0.5 * np.eye(2)
    shopper = np.linalg.solve(left, ITEMS.T @ confidence @ wanted)
    expected = 4.0 * np.maximum(ITEMS @ shopper, 0.0)
    assert said(Factors(ITEMS, CONFIG), {0: 1.0, 2: 3.0}) == pytest.approx(expected)


def test_what_speaks_against_an_item_is_no_reason_for_it() -> None:
    (given,) = Factors(ITEMS, CONFIG).contributions(shops.profile_of({0: 1.0, 2: 1.0}), np.array([3]))
    assert 0 not in given.causes.tolist()


def test_even_shoppers_are_led_to_even_items() -> None:
    takings = takings_of(shops.checkerboard(24, 24).once_per_basket())
    scorer = Factors.fit(takings, FactorsConfig(factors=2, regularisation=0.1, rounds=10))
    board = said(scorer, {0: 1.0, 2: 1.0})
    assert board[4::2].min() > 2.0 * board[1::2].max()


def test_the_same_seed_gives_the_same_factors() -> None:
    takings = takings_of(shops.checkerboard().once_per_basket())
    first, second = (Factors.fit(takings, CONFIG, seed=3).items for _ in range(2))
    assert first == pytest.approx(second, rel=1e-3, abs=1e-5)
