"""The source's sales lines and coupons, on lines that can be worked out by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from shop.importers.complete_journey.campaigns import observed_values, printed_values
from shop.importers.complete_journey.orders import clean_sales, order_lines, order_rows, shift_to

NOON = datetime(2017, 6, 1, 12)
LINE = {
    "household_id": 1,
    "basket_id": 10,
    "product_id": 100,
    "quantity": 1,
    "sales_value": 2.0,
    "retail_disc": 0.0,
    "coupon_disc": 0.0,
    "coupon_match_disc": 0.0,
    "transaction_timestamp": NOON,
}


def lines(*changes: dict[str, Any]) -> pl.DataFrame:
    """Source lines, each `LINE` with changes; each in a basket of its own unless it says otherwise."""
    return pl.DataFrame([{**LINE, "basket_id": 10 + place, **change} for place, change in enumerate(changes)])


def kept(*changes: dict[str, Any]) -> pl.DataFrame:
    """The shop's lines of source lines."""
    return order_lines(clean_sales(lines(*changes), pl.Series([100]), {}).frame, timedelta(0))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quantity": 0}, "no quantity"),
        ({"quantity": 101}, "more than 100 of one product"),
        ({"sales_value": -1.0}, "negative amount"),
        ({"sales_value": 0.0}, "no price"),
        ({"product_id": 999}, "unknown product"),
        ({"product_id": 7}, "product set aside: fuel"),
        ({"transaction_timestamp": datetime(2016, 1, 1)}, "outside the year"),
    ],
)
def test_lines_that_are_no_purchase_are_set_aside(change: dict[str, Any], reason: str) -> None:
    cleaning = clean_sales(lines(change), pl.Series([100]), {"fuel": pl.Series([7])})
    assert cleaning.set_aside["reason"].to_list() == [reason]


def test_the_same_product_twice_in_a_basket_is_a_duplicate() -> None:
    cleaning = clean_sales(lines({"basket_id": 1}, {"basket_id": 1}), pl.Series([100]), {})
    assert cleaning.set_aside["reason"].to_list() == ["duplicate"]


def test_the_shelf_price_and_what_was_paid() -> None:
    bought = {
        "quantity": 2,
        "sales_value": 5.0,
        "retail_disc": 1.0,
        "coupon_disc": 0.75,
        "coupon_match_disc": 0.5,
    }
    (line,) = kept(bought).iter_rows(named=True)
    assert line["unit_price_minor"] == 325  # (5.00 + 1.00 + 0.50) / 2
    assert line["price_minor"] == 275  # (5.00 + 0.50) / 2: without the maker's coupon
    assert line["paid_minor"] == 425  # 5.00 - 0.75
    assert line["discount_minor"] == 650 - 425


def test_three_for_a_dollar_adds_up_to_a_dollar() -> None:
    (line,) = kept({"quantity": 3, "sales_value": 1.0}).iter_rows(named=True)
    assert line["unit_price_minor"] == 34
    assert 3 * 34 - line["discount_minor"] == 100


def test_a_coupon_worth_more_than_the_line_makes_it_free() -> None:
    cleaning = clean_sales(lines({"coupon_disc": 3.0}), pl.Series([100]), {})
    assert cleaning.repaired == {"coupon worth more than the line": 1}
    assert order_lines(cleaning.frame, timedelta(0))["paid_minor"].to_list() == [0]


def test_an_orders_total_is_what_was_paid() -> None:
    frame = clean_sales(
        lines({"basket_id": 5}, {"basket_id": 5, "product_id": 101, "coupon_disc": 0.5}),
        pl.Series([100, 101]),
        {},
    ).frame
    (order,) = order_rows(order_lines(frame, timedelta(0))).iter_rows(named=True)
    assert order["total_minor"] == 350


@pytest.mark.parametrize("days", range(0, 30, 5))
def test_dates_move_by_whole_weeks_into_the_last_seven_days(days: int) -> None:
    now = datetime(2026, 3, 4, 15, tzinfo=UTC) + timedelta(days=days)
    moved = NOON + shift_to(now, NOON)
    assert moved.weekday() == NOON.weekday()
    assert timedelta(0) <= now.replace(tzinfo=None) - moved < timedelta(days=7)


def test_a_makers_coupon_says_its_value_in_its_bar_code() -> None:
    coupons = pl.DataFrame({"coupon_upc": [54900050076, 51600070033, 10000085477]})
    assert dict(printed_values(coupons).iter_rows()) == {54900050076: 100, 51600070033: 100}


def test_a_store_coupons_value_is_the_median_of_what_was_taken_off() -> None:
    coupons = pl.DataFrame({"coupon_upc": [10000085477], "campaign_id": [18], "product_id": [100]})
    redemptions = pl.DataFrame(
        {
            "household_id": [1, 2, 3],
            "coupon_upc": [10000085477] * 3,
            "campaign_id": [18] * 3,
            "redemption_date": [NOON] * 3,
        }
    )
    sales = lines(
        *({"household_id": who, "coupon_disc": off} for who, off in ((1, 0.75), (2, 0.75), (3, 1.5)))
    )
    assert observed_values(coupons, redemptions, sales)["observed"].to_list() == [75]
