"""What is cut, from whom, and how much."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.oneoff.config import SearchConfig
from recommender.oneoff.holdout import LEAST_ITEMS, HoldOut, hold_out
from recommender.oneoff.takings import as_takings, row_counts


def cut(takings: sp.csr_array, seed: int = 0, **config: object) -> HoldOut:
    likeness = np.eye(takings.shape[1], dtype=np.float32)
    return hold_out(takings, likeness, SearchConfig(**config), np.random.default_rng(seed))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 40), st.floats(0.05, 0.9))
def test_nothing_is_lost_and_everybody_keeps_something(seed: int, shoppers: int, share: float) -> None:
    table = (np.random.default_rng(seed).random((shoppers, 15)) < 0.4).astype(np.float32)
    table[0, 0] = 1.0
    takings = as_takings(table)
    held = cut(takings, seed, item_share=share)
    assert (held.rest + held.spared != takings).nnz == 0
    given_up, kept = row_counts(held.spared), row_counts(held.rest)
    assert (given_up[held.shoppers] >= 1).all()
    assert (kept[held.shoppers] >= 1).all()
    assert given_up.sum() == given_up[held.shoppers].sum()
    assert len(set(held.shoppers.tolist())) == len(held.shoppers) <= max(1, shoppers // 2)
    assert (row_counts(takings)[held.shoppers] >= LEAST_ITEMS).all()


def test_together_takes_one_corner_of_a_taste() -> None:
    takings = as_takings(np.ones((20, 10)))
    likeness = np.repeat(np.eye(2, dtype=np.float32), 5, axis=0)
    held = hold_out(
        takings, likeness, SearchConfig(cuts=("together",), item_share=0.5), np.random.default_rng(0)
    )
    for shopper in held.groups[0]:
        spared = held.spared.indices[held.spared.indptr[shopper] : held.spared.indptr[shopper + 1]]
        assert len({item // 5 for item in spared.tolist()}) == 1


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_scattered_takes_about_the_share(share: float) -> None:
    takings = as_takings(np.ones((400, 15)))
    held = cut(takings, cuts=("scattered",), item_share=share)
    assert row_counts(held.spared)[held.groups[0]].mean() == pytest.approx(15 * share, abs=0.2)


def test_switched_off() -> None:
    held = cut(as_takings(np.ones((10, 10))), shoppers=0)
    assert len(held.shoppers) == held.spared.nnz == 0
