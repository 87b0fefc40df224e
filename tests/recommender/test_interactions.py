"""The log: what is refused, what is set aside, and how baskets are put in order."""

import numpy as np
import pytest

from recommender import InputError, Interactions

GOOD = {"shopper": [0, 1], "item": [0, 1], "day": [1.0, 2.0], "quantity": [1, 1], "basket": [0, 1]}


def interactions(**changed: object) -> Interactions:
    return Interactions(**{**GOOD, **changed}, n_shoppers=2, n_items=2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("shopper", [0, 2]),
        ("shopper", [0, -1]),
        ("item", [0, 2]),
        ("item", [0.0, 1.0]),
        ("item", [0]),
        ("day", [1.0, np.nan]),
        ("day", [1.0, np.inf]),
        ("day", [[1.0, 2.0]]),
        ("quantity", [1, -1]),
        ("quantity", ["one", "two"]),
        ("basket", [0, -1]),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_field(field: str, value: object) -> None:
    with pytest.raises(InputError) as error:
        interactions(**{field: value})
    assert error.value.field == field


def test_a_shop_without_items_is_refused() -> None:
    with pytest.raises(InputError, match="n_items"):
        Interactions([], [], [], [], [], n_shoppers=0, n_items=0)


def test_returns_are_left_out() -> None:
    assert interactions(quantity=[0, 3]).item.tolist() == [1]


def test_duplicates_within_a_basket_count_once() -> None:
    lines = Interactions([0, 0, 0], [1, 1, 1], [5, 5, 9], [1, 1, 1], [7, 7, 8], n_shoppers=1, n_items=2)
    once = lines.once_per_basket()
    assert once.item.tolist() == [1, 1]
    assert once.basket.tolist() == [0, 1]


def test_baskets_are_ordered_by_shopper_then_day_then_number() -> None:
    lines = Interactions(
        [1, 0, 0, 0], [0, 1, 2, 3], [1, 9, 3, 3], [1] * 4, [4, 1, 9, 8], n_shoppers=2, n_items=4
    )
    once = lines.once_per_basket()
    assert once.item.tolist() == [3, 2, 1, 0]
    assert once.basket.tolist() == [0, 1, 2, 3]


def test_a_basket_rung_up_past_midnight_stays_one() -> None:
    lines = Interactions([0, 0], [0, 0], [1.9, 2.1], [1, 1], [5, 5], n_shoppers=1, n_items=1)
    assert len(lines.once_per_basket()) == 1
