"""Metrics against figures worked out on paper."""

import numpy as np
import pytest

from recommender.metrics import hit_rate, ndcg, recall

RANKED = np.array([3, 1, 4, 0])


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([3], 1.0),
        ([1], 1 / np.log2(3)),
        ([9], 0.0),
        ([], 0.0),
        ([1, 4], (1 / np.log2(3) + 1 / 2) / (1 + 1 / np.log2(3))),
        ([3, 1, 4, 0, 8, 9], 1.0),
    ],
)
def test_ndcg(taken: list[int], expected: float) -> None:
    assert ndcg(RANKED, np.array(taken), 4) == pytest.approx(expected)


def test_ndcg_looks_no_further_than_n() -> None:
    assert ndcg(RANKED, np.array([0]), 3) == 0.0


def test_recall_divides_by_what_was_taken() -> None:
    assert recall(RANKED, np.array([1, 4, 7]), 4) == pytest.approx(2 / 3)


def test_hit_rate_asks_for_one_hit() -> None:
    assert hit_rate(RANKED, np.array([0, 9]), 4) == 1.0
    assert hit_rate(RANKED, np.array([0, 9]), 3) == 0.0
