"""The forward pass: the same numbers as PyTorch's, and what can be worked out by hand."""

import math

import numpy as np
import pytest

from recommender.deep import NetworkConfig, SequenceModel, network
from recommender.deep.sequences import Past
from tests.recommender.deep import small

MODEL = SequenceModel.load(small.TRAINED)
PARAMETERS, ROWS, NETWORK = MODEL._fitted.parameters, MODEL._fitted.rows, MODEL.config.network
PLAIN = NetworkConfig(dimensions=2, blocks=0, heads=1, window=4)


def past(*baskets: list[int]) -> Past:
    return Past.of(small.history(*baskets), small.CYCLE + 2, NETWORK.window)


def test_the_numbers_are_those_of_pytorch() -> None:
    batch, histories = small.whole_batch(small.cycle(), MODEL.config)
    with np.load(small.ANSWERS) as file:
        expected = file["scores"]
    ours = np.array([MODEL.scores(history) for history in histories])
    assert ours.shape == expected.shape == (len(batch.asked), small.CYCLE + 2)
    assert ours == pytest.approx(expected, abs=1e-4)


def test_a_state_knows_nothing_of_later_baskets() -> None:
    short = network.states(PARAMETERS, NETWORK, past([3], [4], [5, 7]), ROWS)
    long = network.states(PARAMETERS, NETWORK, past([3], [4], [5, 7], [1]), ROWS)
    assert long[:3] == pytest.approx(short, abs=1e-5)
    assert not np.allclose(long[3], short[2], atol=1e-2)


def test_the_order_of_baskets_counts_and_that_within_a_basket_does_not() -> None:
    scores = MODEL.scores(small.history([1, 4], [2, 5]))
    assert (scores == MODEL.scores(small.history([4, 1], [5, 2]))).all()
    assert not np.allclose(scores, MODEL.scores(small.history([2, 5], [1, 4])), atol=1e-2)


def test_only_the_window_is_read() -> None:
    baskets = [[at % small.CYCLE] for at in range(9)]
    assert (MODEL.scores(small.history(*baskets)) == MODEL.scores(small.history(*baskets[-6:]))).all()


def test_returns_by_hand() -> None:
    """p = ln(1 + e^f1) = 1 and q = ln 2: item 7 lies two baskets back and in the latest, item 4 one back."""
    fading = np.array([math.log(3.0), math.log(math.e - 1.0), 0.0], dtype=np.float32)
    items, sums = network.returns(fading, past([7], [4], [7]))
    assert items.tolist() == [4, 7]
    assert sums == pytest.approx([3 / 2 / 2, 3 + 3 / 3 / 4])


def test_scores_by_hand() -> None:
    """Without blocks the state is the latest basket's mean vector, normalised: here (1, -1)."""
    parameters = {
        "items": np.array([[3, 1], [5, 1], [0, 2]], dtype=np.float32),
        "bias": np.array([0.5, 0, 0], dtype=np.float32),
        "again": np.array([2, 0, 0], dtype=np.float32),
        "fading": np.array([0, -99, -99], dtype=np.float32),
        "last_norm": np.array([[1, 1], [0, 0]], dtype=np.float32),
    }
    board = network.scores(parameters, PLAIN, past([0], [0, 1]), np.array([0, 1, 2, 2]))
    assert board == pytest.approx([2 + 0.5 + 2 * math.log(3), 4, -2, -2], abs=1e-4)


def test_attention_mixes_by_nearness() -> None:
    """Queries of 0 leave the weights to nearness: here the place before counts three times the own one."""
    zero, one = np.zeros((2, 2), dtype=np.float32), np.eye(2, dtype=np.float32)
    nearness = np.array([[0.0, math.log(3.0), -np.inf]], dtype=np.float32)
    own = {"query": zero, "key": zero, "value": one, "mixed": one, "nearness": nearness}
    flow = np.array([[4, 0], [0, 8], [0, 0]], dtype=np.float32)
    assert network.attended(own, 1, flow) == pytest.approx(np.array([[4, 0], [3, 2], [0, 6]]), abs=1e-5)
