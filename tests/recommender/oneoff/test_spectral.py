"""The spectral term: filters worked out with a dense decomposition, and its shortcuts."""

import numpy as np

from recommender.oneoff import kernels
from recommender.oneoff.config import SpectralConfig
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import as_takings
from tests.recommender.oneoff.shops import checkerboard


def directions(rank: int) -> Directions:
    return Directions.fit(as_takings(checkerboard()), rank, np.random.default_rng(0))


def test_is_the_ideal_low_pass_filter() -> None:
    table = checkerboard().toarray().astype(np.float64)
    items = table.sum(axis=0)
    normal = table / np.sqrt(table.sum(axis=1, keepdims=True)) / np.sqrt(items)
    vectors = np.linalg.svd(normal)[2][:2].T
    wanted = table @ np.diag(items**-0.5) @ vectors @ vectors.T @ np.diag(items**0.5)
    term = directions(2).term(SpectralConfig(rank=2, item_exponent=0.5, spectrum_exponent=0.0))
    np.testing.assert_allclose(table @ term.inward @ term.outward.T, wanted, atol=1e-4)


def test_spread_without_going_through_the_items() -> None:
    term = directions(6).term(SpectralConfig(rank=6, spectrum_exponent=0.7))
    towards = kernels.direction(np.array([0, 4, 6], dtype=np.int32), term.inward)
    np.testing.assert_allclose(
        kernels.spread_along(towards, term.gram, term.means), (term.outward @ towards).std(), rtol=1e-3
    )


def test_rank_is_what_the_matrix_has_room_for() -> None:
    assert directions(500).vectors.shape == (20, 19)
    one_item = Directions.fit(as_takings(np.ones((3, 1))), 8, np.random.default_rng(0))
    assert one_item.vectors.shape == (1, 0)
    assert directions(6).term(SpectralConfig(rank=4)).inward.shape == (20, 4)
