"""The merged matrix: what it adds up, and that its kernel ranks as plain NumPy would."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import InputError
from recommender.oneoff import serving
from recommender.oneoff.merged import SparseRanker, merged, typical_spreads
from recommender.oneoff.model import OneOffModel
from recommender.oneoff.parts import PartMaker
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import as_takings
from recommender.oneoff.terms import Terms
from tests.recommender.oneoff.shops import checkerboard, plain

TAKINGS = as_takings(checkerboard())
N_ITEMS = TAKINGS.shape[1]


def terms() -> Terms:
    return PartMaker(TAKINGS, Directions.fit(TAKINGS, 4, np.random.default_rng(0))).terms(plain())


def dense(table: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    return sp.csr_array((table[2], table[1], table[0]), shape=(N_ITEMS, N_ITEMS)).toarray()


def test_is_the_weighted_sum_of_the_terms_in_units_of_their_spreads() -> None:
    found, weights = terms(), np.array([0.5, 2.0, 0.7], dtype=np.float32)
    spreads = typical_spreads(found, TAKINGS)
    sparse = [dense(found.knn), dense(found.ridge)]
    spectral = found.spectral.inward @ found.spectral.outward.T
    wanted = sum(w / s * part for w, s, part in zip(weights, spreads, [*sparse, spectral], strict=True))
    known = (sparse[0] != 0) | (sparse[1] != 0)
    wanted = np.where(known & (wanted > 0), wanted, 0.0)
    np.fill_diagonal(wanted, 0.0)
    np.testing.assert_allclose(dense(merged(found, weights, TAKINGS, neighbours=N_ITEMS)), wanted, rtol=1e-3)


def test_the_best_of_each_row_are_kept() -> None:
    found, weights = terms(), np.ones(3, dtype=np.float32)
    everything = dense(merged(found, weights, TAKINGS, neighbours=N_ITEMS))
    few = dense(merged(found, weights, TAKINGS, neighbours=3))
    assert ((few > 0).sum(axis=1) <= 3).all()
    np.testing.assert_allclose(few.sum(axis=1), np.sort(everything, axis=1)[:, -3:].sum(axis=1), rtol=1e-5)


def test_even_shoppers_are_shown_even_items() -> None:
    ranker = OneOffModel.fit(TAKINGS, plain()).sparse
    items, scores = ranker.recommend([0, 2, 4], n=5)
    assert set(items % 2) == {0}
    assert not set(items) & {0, 2, 4}
    assert (np.diff(scores) <= 0).all()


tables = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 4)), max_size=40, unique_by=lambda e: e[:2]
)


@given(tables, st.sets(st.integers(0, 7)), st.lists(st.booleans(), min_size=8, max_size=8), st.integers(1, 9))
def test_the_kernel_ranks_as_a_plain_sum_would(
    entries: list[tuple[int, int, int]], past: set[int], allowed: list[bool], n: int
) -> None:
    matrix = np.zeros((8, 8), dtype=np.float32)
    for row, column, value in entries:
        matrix[row, column] = value
    table = sp.csr_array(matrix)
    board, mask = np.zeros(8, dtype=np.float32), np.array(allowed)
    items, scores = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.float32)
    history = np.array(sorted(past), dtype=np.int32)
    arrays = table.indptr.astype(np.int64), table.indices.astype(np.int32), table.data
    found = serving.best_of_table(history, *arrays, mask, board, items, scores)
    sums = matrix[history].sum(axis=0)
    wanted = [i for i in np.lexsort((np.arange(8), -sums)) if sums[i] > 0 and mask[i] and i not in past]
    assert items[:found].tolist() == wanted[:n]
    assert not board.any()


def test_where_the_matrix_reaches_no_further_the_most_popular_follow() -> None:
    nothing = np.zeros(5, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    ranker = SparseRanker(nothing, np.array([3, 1, 0, 2], dtype=np.int32))
    items, scores = ranker.recommend([1], n=3, allowed=np.array([True, True, False, True]))
    assert items.tolist() == [3, 0]
    assert scores.tolist() == [0.0, 0.0]


def test_many_at_once_are_ranked_as_one_by_one() -> None:
    ranker = OneOffModel.fit(TAKINGS, plain()).sparse
    for row, ranked in enumerate(ranker.recommend_many(TAKINGS[:10], n=4)):
        alone = ranker.recommend(TAKINGS.indices[TAKINGS.indptr[row] : TAKINGS.indptr[row + 1]], n=4)[0]
        assert ranked[ranked >= 0].tolist() == alone[: (ranked >= 0).sum()].tolist()


def test_masks_and_indices_that_do_not_fit_are_refused() -> None:
    ranker = OneOffModel.fit(TAKINGS, plain()).sparse
    with pytest.raises(InputError, match="allowed"):
        ranker.recommend([0], allowed=np.ones(3, dtype=bool))
    with pytest.raises(InputError, match="history"):
        ranker.recommend([N_ITEMS])
