"""Neighbours by co-occurrence: against hand-worked cosines and against a slow, obvious computation."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.neighbours import (
    Neighbours,
    Voice,
    adjusted_cosine,
    asymmetric_cosine,
    gather,
    item_neighbours,
    spread,
)
from recommender.settings import KnnConfig

COSINE = KnnConfig(row_exponent=0, source_exponent=0.5, target_exponent=0.5, min_support=1)
# Items 0 and 1 share two of their three and two takers; item 2 stands alone.
TAKINGS = sp.csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=np.float64))


def unscaled(neighbours: Neighbours) -> np.ndarray:
    """Likenesses with the largest brought to 1."""
    dense = neighbours.matrix().toarray()
    return dense / dense.max() if dense.size and dense.max() > 0 else dense


def test_the_cosine_of_two_items() -> None:
    dense = asymmetric_cosine(TAKINGS, COSINE).matrix().toarray()
    # Both rows hold the cosine 2 / sqrt(3 * 2) alone; scaled to a mean row sum of 1 it becomes 1.
    assert dense == pytest.approx(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))


def test_asymmetric_exponents_discount_one_side_only() -> None:
    config = COSINE.model_copy(update={"source_exponent": 1.0, "target_exponent": 0.0})
    dense = asymmetric_cosine(TAKINGS, config).matrix().toarray()
    # 2 / 3 from item 0, 2 / 2 from item 1.
    assert dense[0, 1] / dense[1, 0] == pytest.approx(2 / 3)


def test_shoppers_of_many_items_count_less() -> None:
    takings = sp.csr_array(np.array([[1, 1, 0, 0], [1, 0, 1, 1]], dtype=np.float64))
    config = COSINE.model_copy(update={"row_exponent": 1.0})
    dense = asymmetric_cosine(takings, config).matrix().toarray()
    assert dense[0, 1] / dense[0, 2] == pytest.approx(3 / 2)


def test_items_with_too_few_takers_have_no_neighbours() -> None:
    dense = asymmetric_cosine(TAKINGS, COSINE.model_copy(update={"min_support": 3})).matrix().toarray()
    assert not dense.any()


def test_the_adjusted_cosine_of_two_items() -> None:
    # Means 2 and 3: centred, items 0 and 1 are (1, 1) and (1, 0); item 2 is (-2, -1), opposed to both.
    takings = sp.csr_array(np.array([[3.0, 3, 0.5, 1.5], [4, 3, 2, 3]]))
    config = COSINE.model_copy(update={"likeness": "adjusted"})
    dense = item_neighbours(takings, config).matrix().toarray()
    assert dense[0, 1] == pytest.approx(dense[1, 0])
    assert dense[0, 1] > 0
    assert dense[0, 2] == dense[1, 2] == 0


def test_takings_that_all_weigh_the_same_are_alike_in_nothing() -> None:
    assert not adjusted_cosine(TAKINGS, COSINE).matrix().toarray().any()


takings_of_six = arrays(
    np.float64, st.tuples(st.integers(1, 8), st.just(6)), elements=st.sampled_from([0, 1, 2])
)


@given(takings_of_six)
def test_neighbours_agree_with_the_formula(takings: np.ndarray) -> None:
    config = KnnConfig(neighbours=6, min_support=1)
    rows, columns = takings.sum(axis=1), takings.sum(axis=0)
    with np.errstate(divide="ignore"):
        scale = [
            np.where(sums > 0, sums**-power, 0)
            for sums, power in ((rows, 0.8), (columns, 0.5), (columns, 0.3))
        ]
    expected = np.einsum("ui,uj,u,i,j->ij", takings, takings, *scale)
    np.fill_diagonal(expected, 0)
    found = unscaled(asymmetric_cosine(sp.csr_array(takings), config))
    assert found == pytest.approx(expected / max(expected.max(), 1e-12), abs=1e-6)


@pytest.mark.parametrize(("prune", "axis"), [("source", 1), ("target", 0)])
def test_pruning_counts_on_its_side(prune: str, axis: int) -> None:
    rng = np.random.default_rng(1)
    takings = sp.csr_array((rng.random((30, 12)) < 0.5).astype(np.float64))
    config = KnnConfig(neighbours=3, min_support=1, prune=prune)
    kept = (asymmetric_cosine(takings, config).matrix().toarray() > 0).sum(axis=axis)
    assert kept.max() <= 4
    assert kept.min() >= 3


def test_spread_is_the_sparse_product_and_gather_takes_it_apart() -> None:
    rng = np.random.default_rng(2)
    neighbours = Neighbours.of(sp.random_array((20, 20), density=0.3, rng=rng, format="csr"))
    sources, weights = np.array([3, 7, 11]), np.array([0.5, 2.0, 1.0])
    board = np.ones(20)
    spread(board, [Voice(neighbours, sources, weights)])
    expected = weights @ neighbours.matrix().toarray()[sources]
    assert board == pytest.approx(1 + expected)
    (gathered,) = gather(np.arange(20), [Voice(neighbours, sources, weights)])
    assert [parts.sum() for _, parts in gathered] == pytest.approx(expected.tolist())
    assert all(set(causes.tolist()) <= {3, 7, 11} for causes, _ in gathered)


def test_rows_are_given_best_first() -> None:
    neighbours = Neighbours.of(sp.csr_array(np.array([[9.0, 0.1, 0.3], [0, 0, 0], [0, 0, 0]])))
    items, values = neighbours.row(0)
    assert items.tolist() == [2, 1]
    assert values.tolist() == pytest.approx([0.3, 0.1])
