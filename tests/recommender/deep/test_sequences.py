"""Logs and histories as baskets in order, and the batches cut from them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import History, InputError
from recommender.deep import DeepConfig
from recommender.deep.batches import batch_of, batches, spans
from recommender.deep.sequences import Past, Sequences, pieces
from tests.recommender import shops
from tests.recommender.deep import small

LOG = shops.log([(0, 5, 1), (0, 3, 1), (0, 5, 2), (2, 1, 9), (2, 2, 8), (2, 1, 7)], 3, 6)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_a_log_becomes_baskets_in_order() -> None:
    sequences = Sequences.of(LOG)
    assert sequences.lengths.tolist() == [2, 0, 3]
    assert [sequences.taken(basket).tolist() for basket in range(5)] == [[3, 5], [5], [1], [2], [1]]
    assert sequences.past(2, 4).items.tolist() == [1, 2]


def test_a_history_becomes_the_same() -> None:
    history = History([1, 99, 1, 2, 2], [9, 3, 7, 8, 8])
    past = Past.of(history, 6, window=2)
    assert (past.items.tolist(), past.places.tolist(), past.length) == ([2, 1], [0, 1], 2)


def test_nothing_known_is_nothing() -> None:
    assert Past.of(History([99], [1.0]), 6, 3).length == Past.of(History.empty(), 6, 3).length == 0


def test_names_are_not_indices() -> None:
    with pytest.raises(InputError, match=r"history\.items"):
        Past.of(History(["milk"], [1.0]), 6, 3)


@given(lengths=st.lists(st.integers(0, 30), min_size=1, max_size=5), window=st.integers(1, 7))
def test_every_basket_but_the_first_follows_once(lengths: list[int], window: int) -> None:
    lines = [(shopper, 0, day) for shopper, length in enumerate(lengths) for day in range(length)]
    sequences = Sequences.of(shops.log([*lines, (len(lengths), 0, 0)], len(lengths) + 1, 1))
    runs = pieces(sequences, sequences.shoppers[1:], window, rng())
    assert all(2 <= end - first <= window + 1 for first, end in runs)
    followed = sorted(basket for first, end in runs for basket in range(first + 1, end))
    bounds = pairwise(sequences.shoppers.tolist())
    assert followed == [basket for first, end in bounds for basket in range(first + 1, end)]


def test_spans() -> None:
    place, number = spans(np.array([3, 9, 5]), np.array([5, 9, 6]))
    assert (place.tolist(), number.tolist()) == ([0, 0, 2], [3, 4, 5])


def test_a_batch_by_hand() -> None:
    """Of shopper 0 one basket is asked for, of shopper 2 two; item 1 comes back after two baskets."""
    batch = batch_of(Sequences.of(LOG), np.array([[0, 2], [2, 5]]), 6, DeepConfig(), rng())
    assert (batch.length, batch.asked.tolist()) == (2, [0, 2, 3])
    assert batch.items.tolist() == [3, 5, 1, 2]
    assert batch.cell.tolist() == [0, 0, 2, 3]
    assert (batch.target_of.tolist(), batch.target_place.tolist()) == ([0, 1, 2], [5, 2, 1])
    assert batch.target_weight == pytest.approx([1 / 3] * 3)
    cells = [divmod(cell, 6) for cell in batch.return_cell.tolist()]
    assert cells == [(0, 3), (0, 5), (1, 1), (2, 1), (2, 2)]
    assert batch.return_age.tolist() == [0, 0, 0, 1, 0]


def test_candidates_drawn_stand_for_the_others() -> None:
    config = DeepConfig.model_validate({"training": {"candidates": 4, "positions": 1}})
    for batch in batches(Sequences.of(small.cycle(1)), np.array([9]), 12, config, rng()):
        targets = np.unique(batch.target_place)
        assert len(np.unique(batch.candidates)) == len(batch.candidates) == max(4, len(targets) + 1)
        assert (batch.corrections[targets] == 0).all()
        assert np.exp(batch.corrections).sum() == pytest.approx(12, rel=1e-5)


def test_no_more_is_asked_than_wanted() -> None:
    config = DeepConfig.model_validate({"training": {"positions": 2}})
    (batch,) = batches(Sequences.of(small.cycle(2)), np.array([9, 18]), 12, config, rng())
    assert np.bincount(batch.asked // batch.length).tolist() == [2, 2]
