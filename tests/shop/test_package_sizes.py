"""Prices of the same amount, worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.package_sizes import UnitPrice, unit_prices


def rounded(sizes: list[str | None], prices: list[int]) -> list[tuple[str, float] | None]:
    return [price and (price.unit, round(price.minor, 2)) for price in unit_prices(sizes, prices)]


@pytest.mark.parametrize(
    ("sizes", "prices", "expected"),
    [
        (["12 oz", "1 lb"], [600, 640], [("oz", 50), ("oz", 40)]),
        (["6 x 4 oz", "12 oz"], [240, 240], [("oz", 10), ("oz", 20)]),
        (["500 g", "1 kg"], [250, 400], [("100g", 50), ("100g", 40)]),
        (["1/2 gallon", "32 oz"], [192, 128], [("fl-oz", 3), ("fl-oz", 4)]),
        (["2 liters", "500 ml"], [200, 100], [("100ml", 10), ("100ml", 20)]),
        (["30 count, 15 oz", "10 oz"], [300, 100], [("oz", 20), ("oz", 10)]),
        (["6 rolls", "12 rolls"], [600, 900], [("roll", 100), ("roll", 75)]),
        (["100", "2 dozen"], [200, 48], [("piece", 2), ("piece", 2)]),
        (["12 oz", "6 rolls", "1 lb"], [600, 900, 640], [("oz", 50), None, ("oz", 40)]),
    ],
)
def test_the_same_amount_is_priced(
    sizes: list[str | None], prices: list[int], expected: list[tuple[str, float] | None]
) -> None:
    assert rounded(sizes, prices) == expected


def test_a_case_whose_size_is_that_of_a_can_is_not_priced() -> None:
    assert unit_prices(["12 oz", "2 liters"], [469, 53]) == [None, None]


@pytest.mark.parametrize(
    "sizes", [["12 oz", None], ["12 oz", "6 rolls"], ["large", "family size"], ["0 oz", "1/0 lb"], ["", "x"]]
)
def test_what_does_not_compare_is_left_alone(sizes: list[str | None]) -> None:
    assert unit_prices(sizes, [100, 100]) == [None, None]


@given(st.lists(st.none() | st.text(max_size=12), min_size=2, max_size=4))
def test_any_size_is_survived(sizes: list[str | None]) -> None:
    found = unit_prices(sizes, [100] * len(sizes))
    assert len(found) == len(sizes)
    assert all(price is None or (isinstance(price, UnitPrice) and price.minor > 0) for price in found)
    assert all(price is None or math.isfinite(price.minor) for price in found)
