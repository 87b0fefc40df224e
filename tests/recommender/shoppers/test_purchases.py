import numpy as np
import pytest

from recommender.errors import InputError
from recommender.shoppers import Purchases, last_moment, orders_of
from tests.recommender.shoppers.logs import labels, log_of


def test_lines_of_one_order_are_summed_and_ordered_by_time() -> None:
    orders = orders_of(log_of((1, 0, 5.5), (0, 0, 9), (1, 1, 5.2), (1, 2, 2), paid=[1, 2, 3, 4]))
    assert orders.shopper.tolist() == [0, 1, 1]
    assert orders.day.tolist() == [9, 2, 5.2]
    assert orders.worth.tolist() == [2, 4, 4]
    assert orders.lines.tolist() == [1, 1, 2]


def test_chosen_shoppers_are_numbered_anew() -> None:
    chosen = log_of((0, 0, 1), (1, 1, 2), (2, 2, 3)).of_shoppers(np.array([2, 0]))
    assert chosen.shopper.tolist() == [1, 0]
    assert chosen.n_shoppers == 2


def test_a_log_that_ended_says_nothing_of_the_time_since() -> None:
    log = log_of((0, 0, 1), (0, 0, 30))
    assert last_moment(log, 365.0) == 30.0
    assert last_moment(log, 10.0) == 10.0
    assert last_moment(log.before(0.0), 10.0) == 10.0


@pytest.mark.parametrize(
    ("field", "columns"),
    [
        ("paid", {"paid": [-1.0]}),
        ("price", {"price": [float("nan")]}),
        ("discount", {"discount": [1.0, 2.0]}),
    ],
)
def test_bad_input_is_named(field: str, columns: dict[str, list[float]]) -> None:
    with pytest.raises(InputError) as caught:
        Purchases([0], [0], [0], [1.0], n_shoppers=1, category=labels("a"), brand=labels(""), **columns)
    assert caught.value.field == field


def test_returned_lines_are_left_out() -> None:
    one = labels("a")
    log = Purchases([0, 0], [0, 0], [0, 1], [1, 2], n_shoppers=1, category=one, brand=one, quantity=[0, 2])
    assert log.day.tolist() == [2.0]
