import numpy as np
import pytest

from recommender.shoppers.config import PriceConfig
from recommender.shoppers.price import fit_prices, measure_prices
from tests.recommender.shoppers.logs import log_of


def test_discounts_and_levels_by_hand() -> None:
    log = log_of(
        (0, 0, 1), (0, 0, 2), (1, 1, 1), (1, 2, 1),
        category=("tea", "tea", "tea"), price=[4, 4, 2, 1], discount=[1, 0, 0, 0], paid=[3, 4, 2, 1],
    )  # fmt: skip
    norm = fit_prices(log)
    assert norm.medians == {"tea": 3.0}
    assert norm.discounted == 0.25
    sense = measure_prices(log, norm, PriceConfig(prior_lines=2.0))
    assert sense.discounted.tolist() == pytest.approx([(1 + 2 * 0.25) / 4, (0 + 2 * 0.25) / 4])
    levels = np.log(np.array([4, 4, 2, 1]) / 3)
    assert np.log(sense.level) == pytest.approx((levels.reshape(2, 2).sum(axis=1) + 2 * levels.mean()) / 4)
    assert sense.sensitivity.tolist() == [0.5, 0.5]  # most discounts, but dearest; and the other way round


def test_without_prices_nobody_is_price_sensitive() -> None:
    log = log_of((0, 0, 1), (1, 1, 1))
    sense = measure_prices(log, fit_prices(log))
    assert sense.discounted.tolist() == [0.0, 0.0]
    assert sense.level.tolist() == [1.0, 1.0]


def test_gifts_among_priced_things_are_left_out() -> None:
    log = log_of((0, 0, 1), (0, 1, 1), price=[5, 0], paid=[5, 0])
    norm = fit_prices(log)
    assert norm.medians == {"tea": 5.0}
    assert np.isfinite(measure_prices(log, norm).level).all()
