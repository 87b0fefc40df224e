"""Local ridge regression against the formula solved with NumPy."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.oneoff.config import RidgeConfig
from recommender.oneoff.ridge import local_ridge, nearest_items
from recommender.oneoff.takings import as_takings
from tests.recommender.oneoff.shops import checkerboard


def ease(table: np.ndarray, config: RidgeConfig) -> np.ndarray:
    """Every target regressed on all other items."""
    gram = table.T @ (table * (table.sum(axis=1, keepdims=True) ** -config.row_exponent))
    items = table.shape[1]
    weights = np.zeros((items, items))
    for target in range(items):
        others = np.delete(np.arange(items), target)
        system = gram[np.ix_(others, others)]
        system = system + np.diag(np.diag(system) * config.share + config.strength)
        weights[others, target] = np.linalg.solve(system, gram[others, target])
    return weights * table.sum(axis=0) ** -config.target_exponent


@pytest.mark.parametrize(
    "config",
    [
        RidgeConfig(neighbours=30),
        RidgeConfig(neighbours=30, row_exponent=0.0, strength=1.0, share=0.0),
        RidgeConfig(neighbours=30, target_exponent=0.2),
    ],
)
def test_is_ease_where_everything_is_a_neighbour(config: RidgeConfig) -> None:
    rng = np.random.default_rng(1)
    table = (rng.random((40, 12)) < 0.5).astype(np.float64)
    found = local_ridge(as_takings(table), config).toarray()
    np.testing.assert_allclose(found, ease(table, config), atol=1e-5)


def test_two_items_worked_by_hand() -> None:
    # Taken together by two, alone by one each: (G + 0.5 G + 1) b = G_01, so (3 + 1.5 + 1) b = 2.
    table = sp.csr_array(np.array([[1, 1], [1, 1], [1, 0], [0, 1]]))
    config = RidgeConfig(row_exponent=0.0, strength=1.0, share=0.5)
    weights = local_ridge(as_takings(table), config).toarray()
    np.testing.assert_allclose(weights, [[0, 2 / 5.5], [2 / 5.5, 0]], rtol=1e-6)


def test_confined_to_the_nearest() -> None:
    takings = as_takings(checkerboard())
    nearest = nearest_items(takings, 3)
    assert np.diff(nearest.indptr).max() == 3
    weights = sp.csc_array(local_ridge(takings, RidgeConfig(neighbours=3)))
    for target in range(20):
        column = weights.indices[weights.indptr[target] : weights.indptr[target + 1]]
        assert target not in column
        assert set(column % 2) <= {target % 2}


def test_an_item_nobody_took_gets_nothing() -> None:
    weights = local_ridge(as_takings(np.array([[1, 1, 0], [1, 1, 0]])), RidgeConfig())
    assert weights[:, [2]].nnz == weights[[2], :].nnz == 0
