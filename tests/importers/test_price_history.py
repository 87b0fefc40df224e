"""Prices over time, on sales whose history can be told by heart."""

from datetime import date, timedelta

import polars as pl

from shop.importers.price_history import price_history, sold_by_weight

MONDAY = date(2026, 1, 5)
NONE = pl.Series([], dtype=pl.String)


def sales(*weeks: tuple[int, int, int], product: str = "milk", copies: int = 3) -> pl.DataFrame:
    """`copies` sales in each of (week number, price, regular price)."""
    rows = [
        (product, MONDAY + timedelta(weeks=week, days=day), price, regular)
        for week, price, regular in weeks
        for day in range(copies)
    ]
    schema = ["product_id", "day", "price_minor", "regular_minor"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def history(frame: pl.DataFrame) -> list[tuple[int, int, int | None]]:
    """(week number, price, regular price) of each change."""
    rows = price_history(frame, NONE).select("valid_from", "price_minor", "regular_minor").rows()
    return [((day - MONDAY).days // 7, price, regular) for day, price, regular in rows]


def test_only_changes_are_kept() -> None:
    assert history(sales((0, 250, 250), (1, 250, 250), (2, 270, 270))) == [(0, 250, None), (2, 270, None)]


def test_a_discount_shows_the_regular_price_and_ends() -> None:
    frame = sales((0, 250, 250), (1, 199, 250), (2, 250, 250))
    assert history(frame) == [(0, 250, None), (1, 199, 250), (2, 250, None)]


def test_one_slip_at_the_till_changes_nothing() -> None:
    slip = pl.DataFrame(
        {"product_id": ["milk"], "day": [MONDAY], "price_minor": [2500], "regular_minor": [2500]}
    )
    assert history(pl.concat([sales((0, 250, 250)), slip])) == [(0, 250, None)]


def test_a_free_item_is_no_price() -> None:
    assert history(pl.concat([sales((0, 250, 250)), sales((1, 0, 250))])) == [(0, 250, None)]


def test_a_cent_of_rounding_is_no_discount() -> None:
    assert history(sales((0, 333, 334))) == [(0, 334, None)]


def test_a_discount_not_seen_for_two_weeks_is_over() -> None:
    other = sales((9, 100, 100), product="bread")
    frame = pl.concat([sales((0, 199, 250)), other])
    rows = price_history(frame, NONE).filter(pl.col("product_id") == "milk")
    assert rows["valid_from"].to_list() == [MONDAY, MONDAY + timedelta(weeks=2)]
    assert rows["price_minor"].to_list() == [199, 250]
    assert rows["regular_minor"].to_list() == [250, None]


def test_a_discount_of_the_last_week_still_runs() -> None:
    assert history(sales((0, 250, 250), (1, 199, 250)))[-1] == (1, 199, 250)


def test_meat_cut_to_weight_has_one_typical_price() -> None:
    weights = [412, 530, 495, 610, 377, 455, 520]
    meat = pl.DataFrame(
        {
            "product_id": ["steak"] * 7,
            "day": [MONDAY + timedelta(weeks=week) for week in range(7)],
            "price_minor": weights,
            "regular_minor": weights,
        }
    )
    assert sold_by_weight(meat).to_list() == ["steak"]
    rows = price_history(meat, pl.Series(["steak"]))
    assert rows.select("valid_from", "price_minor", "regular_minor").rows() == [(MONDAY, 495, None)]


def test_fruit_that_is_weighed_is_told_by_its_many_prices_however_often_it_sells() -> None:
    prices = [40 + (37 * sale) % 90 for sale in range(600)]
    fruit = pl.DataFrame({"product_id": ["bananas"] * 600, "regular_minor": prices})
    assert sold_by_weight(fruit).to_list() == ["bananas"]


def test_packed_goods_are_not_sold_by_weight() -> None:
    assert sold_by_weight(sales(*((week, 250, 250) for week in range(7)))).is_empty()
