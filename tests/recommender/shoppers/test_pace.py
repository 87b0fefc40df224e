import numpy as np
import pytest

from recommender.shoppers import orders_of
from recommender.shoppers.config import PaceConfig
from recommender.shoppers.pace import PaceNorm, fit_pace, gaps_between, measure_pace
from tests.recommender.shoppers.logs import log_of


def visits(*days_of: list[int]) -> object:
    return orders_of(log_of(*((who, 0, float(day)) for who, days in enumerate(days_of) for day in days)))


def test_gaps_lie_between_days_of_one_shopper() -> None:
    owner, gap = gaps_between(np.array([0, 0, 0, 1, 1]), np.array([1.0, 1.5, 4.0, 2.0, 9.0]))
    assert owner.tolist() == [0, 1]
    assert gap.tolist() == [3.0, 7.0]


def test_the_own_mean_is_mixed_with_the_shops() -> None:
    norm = PaceNorm(10.0, (0.5, 1.0, 1.5))
    pace = measure_pace(visits([0, 4, 8, 12]), 1, 13.0, norm, PaceConfig(prior_gaps=2.0))
    assert pace.every_days.tolist() == [pytest.approx((12 + 2 * 10) / (3 + 2))]
    assert pace.silence.tolist() == [1.0]


def test_the_same_silence_is_long_for_one_and_short_for_another() -> None:
    daily, monthly = list(range(0, 90)), list(range(0, 90, 30))
    orders = visits(daily, [*monthly, 89], *([list(range(0, 90, 9))] * 20))
    norm = fit_pace(orders, 22)
    pace = measure_pace(orders, 22, 89.0 + 12, norm)
    assert pace.overdue[0] < pace.overdue[1]
    assert pace.lapsing()[:2].tolist() == [True, False]


def test_overdue_falls_as_the_silence_grows() -> None:
    orders = visits([0, 3, 9, 12, 20], [1, 8, 9, 15])
    norm = fit_pace(orders, 2)
    overdue = [measure_pace(orders, 2, now, norm).overdue[0] for now in (20.0, 24.0, 30.0, 90.0)]
    assert overdue[0] == 1.0
    assert overdue == sorted(overdue, reverse=True)
    assert overdue[-1] == 0.0


def test_nobody_lapses_without_a_rhythm() -> None:
    orders = visits([0], [5], [0, 3])
    assert not measure_pace(orders, 3, 500.0, fit_pace(orders, 3)).lapsing().any()
    never_twice = visits([0], [5])
    pace = measure_pace(never_twice, 2, 500.0, fit_pace(never_twice, 2))
    assert pace.every_days.tolist() == [0.0, 0.0]
    assert pace.overdue.tolist() == [1.0, 1.0]
