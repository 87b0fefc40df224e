"""Neighbours worked out by hand, each likeness for itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.ratings import Baseline, ItemKnn, Ratings, UserKnn
from recommender.ratings.config import BaselineConfig, KnnConfig
from recommender.ratings.knn_kernels import Weighing, likeness
from tests.recommender.ratings import tables

PLAIN = Weighing(False, 40, 0.0, 0.0, 1.0, 0.0)
FLAT = BaselineConfig(shopper_prior=1e9, item_prior=1e9)
"""No biases: the baseline is the mean."""


def sums(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.array([len(x), x.sum(), y.sum(), x @ x, y @ y, x @ y])


def test_cosine_over_what_both_rated() -> None:
    both = sums(np.array([3.0, 4.0]), np.array([4.0, 3.0]))
    assert likeness(both, PLAIN) == pytest.approx(24 / 25)


def test_pearson_is_the_correlation() -> None:
    x, y = np.array([1.0, 2.0, 4.0, 5.0]), np.array([2.0, 1.0, 4.0, 3.0])
    assert likeness(sums(x, y), PLAIN._replace(centred=True)) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_few_ratings_in_common_shrink_it() -> None:
    both = sums(np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    assert likeness(both, PLAIN._replace(shrinkage=6.0)) == pytest.approx(2 / 8)
    assert likeness(both, PLAIN._replace(significance=50.0)) == pytest.approx(2 / 50)
    assert likeness(both, PLAIN._replace(significance=2.0)) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=8), st.booleans())
def test_likeness_lies_between_0_and_1_both_ways_alike(
    pairs: list[tuple[float, float]], centred: bool
) -> None:
    x, y = np.array(pairs).reshape(-1, 2).T
    weighing = PLAIN._replace(centred=centred)
    assert 0.0 <= likeness(sums(x, y), weighing) <= 1.0
    assert likeness(sums(x, y), weighing) == pytest.approx(likeness(sums(y, x), weighing))


def test_a_neighbour_adds_what_they_gave_above_the_baseline() -> None:
    # Mean 3. Shoppers 0 and 1 agree on items 0 and 1 (cosine 1); of item 2 shopper 1 thinks 2 above the mean.
    log = tables.of([(0, 0, 2.0), (0, 1, 4.0), (1, 0, 2.0), (1, 1, 4.0), (1, 2, 5.0), (2, 3, 1.0)], 3, 4)
    config = KnnConfig(likeness="cosine", baseline=FLAT, shrinkage=0.0, damping=0.0)
    assert UserKnn.fit(log, config).predict([0], [2]) == pytest.approx([5.0])
    # Damping of 1 against a likeness of 1: half of it.
    damped = config.model_copy(update={"damping": 1.0})
    assert UserKnn.fit(log, damped).predict([0], [2]) == pytest.approx([4.0])
    # Power: likeness 1 * 2 / (2 + 2) = 0.5 by shrinkage, squared 0.25; 2 * 0.25 / (0.25 + 1).
    shrunk = config.model_copy(update={"damping": 1.0, "shrinkage": 2.0, "power": 2.0})
    assert UserKnn.fit(log, shrunk).predict([0], [2]) == pytest.approx([3.4])


def test_only_the_nearest_speak() -> None:
    # Both neighbours rated item 2: shopper 1 agrees fully with shopper 0, shopper 2 in part.
    rows = [(0, 0, 1.0), (0, 1, 5.0), (1, 0, 1.0), (1, 1, 5.0), (1, 2, 5.0), (2, 0, 3.0), (2, 1, 4.0)]
    log = tables.of([*rows, (2, 2, 1.0)], 3, 3)
    config = KnnConfig(likeness="cosine", neighbours=1, baseline=FLAT, shrinkage=0.0, damping=0.0)
    assert UserKnn.fit(log, config).predict([0], [2]) == pytest.approx([5.0])
    both = UserKnn.fit(log, config.model_copy(update={"neighbours": 2})).predict([0], [2])
    assert 1.0 < both[0] < 5.0


def test_adjusted_cosine_forgives_generous_shoppers() -> None:
    # Items 0 and 1 go together once each shopper's own mean is taken off, item 2 goes the other way.
    rows = [
        (0, 0, 5.0),
        (0, 1, 5.0),
        (0, 2, 3.0),
        (1, 0, 3.0),
        (1, 1, 3.0),
        (1, 2, 1.0),
        (2, 0, 5.0),
        (2, 2, 1.0),
    ]
    log = tables.of(rows, 3, 3)
    config = KnnConfig(likeness="adjusted_cosine", baseline=FLAT, shrinkage=0.0, damping=0.0, neighbours=1)
    assert ItemKnn.fit(log, config).predict([2], [1]) == pytest.approx([5.0])


def test_items_are_shoppers_turned_round() -> None:
    train, test = tables.checkerboard(8)
    turned = Ratings(train.item, train.shopper, train.value, 8, 8)
    config = KnnConfig(
        likeness="pearson", baseline=BaselineConfig(shopper_prior=5.0, item_prior=5.0, rounds=60)
    )
    by_item = ItemKnn.fit(train, config).predict(test.shopper, test.item)
    assert UserKnn.fit(turned, config).predict(test.item, test.shopper) == pytest.approx(by_item, abs=1e-6)


def test_without_neighbours_the_baseline_stands() -> None:
    log = tables.of([(0, 0, 5.0), (1, 1, 1.0)], 2, 2)
    pairs = [0, 0, 1, 1], [0, 1, 0, 1]
    assert UserKnn.fit(log).predict(*pairs) == pytest.approx(Baseline.fit(log).predict(*pairs))


def test_where_all_cannot_be_compared_the_busiest_are() -> None:
    rows = [(shopper, item, float(item % 2)) for shopper in range(4) for item in range(4)]
    log = tables.of([*rows, (4, 0, 0.0), (4, 5, 1.0), (0, 6, 1.0)], 5, 7)
    knn = UserKnn.fit(log, KnnConfig(pairs=40, baseline=FLAT))
    assert np.unique(knn._posts.other).tolist() == [0, 1]


def test_work_is_counted_before_it_is_done() -> None:
    # Item 0 has 3 ratings, item 1 has 1: shopper 0 meets 3 + 1 of them, shopper 1 meets 3.
    log = tables.of([(0, 0, 1.0), (1, 0, 2.0), (2, 0, 3.0), (0, 1, 1.0)], 3, 2)
    knn = UserKnn.fit(log)
    assert knn.pairs(np.array([0, 1]), np.array([0, 0])) == 7
    assert knn.pairs(np.array([1, 1]), np.array([0, 1])) == 3
