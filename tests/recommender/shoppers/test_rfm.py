import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.shoppers import orders_of
from recommender.shoppers.config import ValueConfig
from recommender.shoppers.rfm import high_value, measure_rfm, percentiles, quintiles
from tests.recommender.shoppers.logs import log_of


def test_recency_frequency_and_monetary_value() -> None:
    log = log_of((0, 0, 1), (0, 1, 1), (0, 0, 5), (1, 2, 3), paid=[2, 3, 4, 10], n_shoppers=3)
    rfm = measure_rfm(orders_of(log), 3, now=9.0)
    assert rfm.recency.tolist() == [4, 6, 8]  # who never bought: as long ago as the shop's first order
    assert rfm.frequency.tolist() == [2, 1, 0]
    assert rfm.monetary.tolist() == [9, 10, 0]
    assert rfm.monetary_score[2] == rfm.recency_score[2] == 0


def test_without_prices_every_line_counts_for_one() -> None:
    rfm = measure_rfm(orders_of(log_of((0, 0, 1), (0, 1, 1), (1, 2, 3))), 2, now=3.0)
    assert rfm.monetary.tolist() == [2, 1]


def test_five_values_get_five_scores_and_equals_one() -> None:
    assert quintiles(np.array([10.0, 50.0, 30.0, 20.0, 40.0])).tolist() == [1, 5, 3, 2, 4]
    assert quintiles(np.array([1.0, 1.0, 1.0, 1.0, 9.0])).tolist() == [3, 3, 3, 3, 5]


def test_a_constant_column_is_in_the_middle() -> None:
    assert quintiles(np.full(7, 3.0)).tolist() == [3] * 7
    assert percentiles(np.zeros(4)).tolist() == [0.5] * 4


@given(arrays(np.float64, st.integers(1, 50), elements=st.floats(-1e9, 1e9)))
def test_scores_follow_the_values(values: np.ndarray) -> None:
    scores = quintiles(values)
    assert ((scores >= 1) & (scores <= 5)).all()
    order = np.argsort(values)
    assert (np.diff(scores[order]) >= 0).all()


def test_high_value_needs_both_money_and_visits() -> None:
    lines = [(shopper, 0, float(day)) for shopper in range(10) for day in range(shopper + 1)]
    paid = [1.0] * len(lines)
    paid[0] = 1000.0  # shopper 0 came once and spent most
    rfm = measure_rfm(orders_of(log_of(*lines, paid=paid)), 10, now=20.0)
    assert rfm.monetary_score[0] == 5
    assert np.flatnonzero(high_value(rfm)).tolist() == [9]
    assert np.flatnonzero(high_value(rfm, ValueConfig(frequency_score=1))).tolist() == [0, 9]
