"""Large data: fewer directions, neighbours and companions in place of more time and memory."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.oneoff import affordable, companions, decomposition, fitting, ridge
from recommender.oneoff.affordable import with_fewer_directions, with_fewer_neighbours
from recommender.oneoff.companions import Companions
from recommender.oneoff.config import OneOffConfig, RidgeConfig, SearchConfig, SpectralConfig
from recommender.oneoff.decomposition import strongest
from recommender.oneoff.holdout import hold_out, share_held_out
from recommender.oneoff.model import OneOffModel
from recommender.oneoff.takings import as_takings
from tests.recommender.oneoff.shops import EVEN, ODD, checkerboard

TAKINGS = as_takings(checkerboard())


def within(seconds: float, **changes: object) -> OneOffConfig:
    return OneOffConfig(search=SearchConfig(seconds=seconds), **changes)


def test_small_data_keep_every_direction() -> None:
    assert with_fewer_directions(within(80.0), TAKINGS).spectral.rank == 512


@pytest.mark.parametrize(("share", "rank"), [(1.0, 512), (0.99, 256), (0.25, 64), (0.0, 64)])
def test_directions_as_many_as_the_time_has_room_for(share: float, rank: int) -> None:
    work = TAKINGS.nnz * (512 + decomposition.SPARE)
    seconds = share * work / affordable.A_SECOND / affordable.DIRECTIONS_SHARE
    assert with_fewer_directions(within(seconds * (1 + 1e-9)), TAKINGS).spectral.rank == rank


def test_never_more_directions_than_were_asked_for() -> None:
    asked = within(80.0, spectral=SpectralConfig(rank=8))
    assert with_fewer_directions(asked, TAKINGS).spectral.rank == 8


def test_no_time_means_the_fewest_neighbours() -> None:
    assert with_fewer_neighbours(within(0.0), TAKINGS).ridge.neighbours == affordable.FEWEST_NEIGHBOURS
    assert with_fewer_neighbours(within(600.0), TAKINGS).ridge.neighbours == 200


def test_solving_some_targets_leaves_the_others_empty() -> None:
    config = RidgeConfig(neighbours=5)
    some = ridge.nearest_items(TAKINGS, 5, np.array([3, 17]))
    assert np.flatnonzero(np.diff(some.indptr)).tolist() == [3, 17]
    (whole,) = ridge.solved(TAKINGS, config, (config.strength,))
    (part,) = ridge._Solver(TAKINGS, config).values(some, (config.strength,))
    np.testing.assert_array_equal(part[: some.indptr[4]], whole.data[whole.indptr[3] : whole.indptr[4]])


def test_fewer_companions_of_very_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Companions.fit(TAKINGS, 0.5)
    monkeypatch.setattr(companions, "MOST_IN_ALL", 4 * TAKINGS.shape[1])
    fewer = Companions.fit(TAKINGS, 0.5)
    assert np.diff(whole.indptr).max() == 10
    assert np.diff(fewer.indptr).max() == 5  # four, and the item itself


@pytest.mark.parametrize("shape", [(60, 20), (20, 60)])
def test_directions_of_a_narrow_matrix_are_the_exact_ones(shape: tuple[int, int]) -> None:
    table = sp.random_array(shape, density=0.4, rng=np.random.default_rng(5), dtype=np.float32).tocsr()
    vectors, values = strongest(table, 8, np.random.default_rng(0))
    _, wanted, rows = np.linalg.svd(table.toarray(), full_matrices=False)
    np.testing.assert_allclose(values, wanted[:8], rtol=1e-5)
    np.testing.assert_allclose(np.abs((vectors * rows[:8].T).sum(axis=0)), 1.0, rtol=1e-4)


@pytest.mark.parametrize("shape", [(60, 20), (20, 60)])
def test_directions_of_a_narrow_matrix_of_low_rank_are_finite(shape: tuple[int, int]) -> None:
    table = sp.csr_array(np.ones(shape, dtype=np.float32))
    vectors, values = strongest(table, 5, np.random.default_rng(0))
    np.testing.assert_allclose(values, [np.sqrt(1200), 0, 0, 0, 0], rtol=1e-5, atol=1e-5)
    assert np.isfinite(vectors).all()


def test_what_was_fitted_for_the_search_serves_where_it_lacks_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    takings = checkerboard(shoppers=200, items=30)
    config = within(1.0, spectral=SpectralConfig(rank=8))
    assert OneOffModel.fit(takings, config).report["fitted_on"] == "all"
    monkeypatch.setattr(fitting, "NEGLIGIBLE", 0.2)
    model = OneOffModel.fit(takings, config)
    assert model.report["fitted_on"] == "rest"
    assert set(model.recommend([0, 2, 4], n=5)[0] % 2) == {EVEN}
    assert set(model.sparse.recommend([1, 3, 5], n=5)[0] % 2) == {ODD}


def test_a_hold_out_is_as_large_as_was_told() -> None:
    takings = as_takings(checkerboard(shoppers=400))
    search = SearchConfig(shoppers=100)
    held = hold_out(takings, np.zeros((20, 1), dtype=np.float32), search, np.random.default_rng(0))
    assert share_held_out(takings, search) == pytest.approx(held.spared.nnz / takings.nnz, rel=0.15)
    assert share_held_out(takings, SearchConfig(shoppers=0)) == 0.0


def test_shoppers_of_whom_nothing_is_known_get_what_is_popular() -> None:
    table = sp.csr_array(np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=np.float32))
    model = OneOffModel.fit(table, OneOffConfig(search=SearchConfig(shoppers=0)))
    wanted = [[1, 2, 3, -1], [1, 2, 3, -1], [0, 2, 3, -1], [0, 1, 2, 3]]
    assert model.recommend_many(table, 4).tolist() == wanted
    assert model.sparse.recommend_many(table, 4).tolist() == wanted
