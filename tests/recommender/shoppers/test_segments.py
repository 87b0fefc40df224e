import numpy as np
import pytest

from recommender.shoppers import orders_of
from recommender.shoppers.config import SegmentConfig
from recommender.shoppers.features import Features, features_of, scaled, tastes_of
from recommender.shoppers.preferences import spending_of
from recommender.shoppers.price import fit_prices, measure_prices
from recommender.shoppers.rfm import measure_rfm
from recommender.shoppers.segments import find_segments
from recommender.shoppers.traits import traits_of_segments
from tests.recommender.shoppers.logs import log_of, two_kinds

TWO = SegmentConfig(fewest=2, tastes=0)


def blobs(centres: list[float], each: int = 30) -> Features:
    """Groups far apart in both columns, the first of them first."""
    rng = np.random.default_rng(3)
    place = np.repeat(centres, each)
    values = np.column_stack([place, -place]) + rng.normal(0, 0.05, (len(place), 2))
    return Features(np.arange(len(place)), ("monetary", "recency"), values)


def test_as_many_segments_as_there_are_groups_the_most_valuable_first() -> None:
    found = find_segments(blobs([1.0, 9.0, 5.0]), np.random.default_rng(0), TWO)
    assert found.k == 3
    assert found.label[[0, 30, 60]].tolist() == [3, 1, 2]
    assert found.sizes.tolist() == [30, 30, 30]
    assert max(found.silhouettes, key=lambda k: found.silhouettes[k]) == 3


def test_the_same_generator_gives_the_same_segments() -> None:
    features = blobs([1.0, 2.0, 3.0, 4.0])
    first, second = (find_segments(features, np.random.default_rng(7)) for _ in range(2))
    assert (first.label == second.label).all()
    assert first.silhouettes == second.silhouettes


def test_of_equally_good_numbers_the_larger_is_taken_within_the_tolerance() -> None:
    features = blobs([1.0, 9.0, 5.0])
    lenient = TWO.model_copy(update={"tolerance": 0.9, "most": 5, "least_share": 0.0})
    assert find_segments(features, np.random.default_rng(0), lenient).k == 5


def test_shoppers_who_are_all_alike_make_one_segment() -> None:
    same = Features(np.arange(5), ("monetary", "recency"), np.ones((5, 2)))
    found = find_segments(same, np.random.default_rng(0))
    assert (found.label.tolist(), found.sizes.tolist()) == ([1] * 5, [5])


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_handful_of_shoppers_is_grouped_too(n: int) -> None:
    config = SegmentConfig(members=1)
    few = Features(np.arange(n), ("monetary", "recency"), np.arange(2.0 * n).reshape(n, 2))
    found = find_segments(few, np.random.default_rng(0), config)
    assert sorted(set(found.label.tolist())) == list(range(1, found.k + 1))
    assert found.sizes.sum() == n


def test_small_shops_have_few_segments() -> None:
    config = SegmentConfig(members=10, least_share=0.0)
    sizes = {n: find_segments(blobs([1.0, 9.0], n), np.random.default_rng(0), config).k for n in (5, 10, 15)}
    assert sizes == {5: 1, 10: 2, 15: 2}


def test_constant_columns_do_not_count_and_outliers_count_less() -> None:
    values = np.column_stack([np.full(200, 3.0), np.append(np.arange(199.0), 1e12)])
    points = scaled(values)
    assert points.shape == (200, 1)
    assert abs(points).max() < 5


def test_tastes_tell_bakers_from_tea_drinkers() -> None:
    log = log_of(*((who, who % 2 if day else 2, float(day)) for who in range(8) for day in range(5)))
    (taste,) = tastes_of(spending_of(log, log.category), 1).T
    assert len(set(np.sign(taste[::2]))) == len(set(np.sign(taste[1::2]))) == 1
    assert np.sign(taste[0]) != np.sign(taste[1])


def test_segments_are_told_by_what_sets_them_apart() -> None:
    log = two_kinds(np.random.default_rng(1))
    spending = spending_of(log, log.category)
    rfm = measure_rfm(orders_of(log), log.n_shoppers, 200.0)
    prices = measure_prices(log, fit_prices(log))
    features = features_of(rfm, prices, tastes_of(spending, 0))
    segments = find_segments(features, np.random.default_rng(0), TWO.model_copy(update={"most": 2}))
    best, least = traits_of_segments(features, segments, spending)
    assert best | {"recency": ""} == {
        "value": "high", "recency": "", "frequency": "often", "basket": "big", "discount": "average",
        "price": "average", "favourite_category": "tea",
    }  # fmt: skip
    assert (least["value"], least["frequency"], least["favourite_category"]) == ("low", "rarely", "bread")
    quiet = traits_of_segments(features, segments, spending, unspoken={"tea"})
    assert "favourite_category" not in quiet[0]
