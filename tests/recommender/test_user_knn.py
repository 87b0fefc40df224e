"""Shoppers most alike, with cosines and correlations worked out by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.config import UserKnnConfig
from recommender.scorers import UserKnn
from tests.recommender import shops

TAKINGS = sp.csr_array(np.array([[1, 1, 0, 0], [1, 0, 1, 1], [0, 0, 1, 1]], dtype=np.float64))


def said(weights: dict[int, float], takings: sp.csr_array = TAKINGS, **config: object) -> np.ndarray:
    board = np.zeros(takings.shape[1])
    UserKnn(takings, UserKnnConfig(**config)).add_to(board, shops.profile_of(weights), 1.0)
    return board


def test_the_cosine_of_two_shoppers() -> None:
    # Item 0 alone: 1 / sqrt(2) with the first shopper, 1 / sqrt(3) with the second, 0 with the third.
    first, second = 2**-0.5, 3**-0.5
    assert said({0: 1.0}) == pytest.approx([first + second, first, second, second])


def test_only_the_nearest_count() -> None:
    assert said({0: 1.0}, neighbours=1) == pytest.approx([2**-0.5, 2**-0.5, 0, 0])


def test_pearson_subtracts_what_everybody_takes() -> None:
    # Of four items the second shopper takes three: own 1 - mean 3/4, over the spread sqrt(3 - 4 * 9/16).
    second = (1 - 3 / 4) / np.sqrt(3 - 4 * (3 / 4) ** 2)
    first = (1 - 1 / 2) / np.sqrt(2 - 4 * (1 / 2) ** 2)
    board = said({0: 1.0}, likeness="pearson")
    assert board == pytest.approx([first + second, first, second, second])


def test_unlike_shoppers_are_not_asked() -> None:
    # Items 0 and 1 correlate with the third shopper's at -1.
    assert said({0: 1.0, 1: 1.0}, likeness="pearson", neighbours=3)[3] == 0.0


def test_even_shoppers_find_what_even_shoppers_take() -> None:
    takings = sp.csr_array((np.indices((12, 12)).sum(axis=0) % 2 == 0).astype(np.float64) - np.eye(12))
    takings.eliminate_zeros()
    for shopper in range(12):
        own = {int(item): 1.0 for item in takings[[shopper]].indices}
        board = said(own, takings, neighbours=6)
        board[list(own)] = 0.0
        assert board.argmax() == shopper


def test_unpruned_it_is_an_item_to_item_matrix() -> None:
    scale = sp.diags_array(1.0 / np.sqrt(TAKINGS.sum(axis=1)))
    matrix = (TAKINGS.T @ scale @ TAKINGS).toarray()
    assert said({0: 2.0, 3: 1.0}, neighbours=3) == pytest.approx(2.0 * matrix[0] + matrix[3])
