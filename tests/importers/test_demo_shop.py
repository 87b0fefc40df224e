"""The demo shop of a few households, on both databases."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from shop.errors import Conflict
from shop.importers.complete_journey import load, load_demo_shop
from shop.storage import tables
from shop.storage.database import Database
from shop.storage.schema import is_empty
from tests.conftest import BOTH
from tests.importers.conftest import HOUSEHOLDS, NOW, Loaded


def rows(database: Database, query: Any) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def number(database: Database, table: Table) -> int:
    """How many rows a table has."""
    return int(rows(database, select(func.count()).select_from(table))[0][0])


def constraints_and_indexes(database: Database) -> list[int]:
    """How many there are in a PostgreSQL database."""
    query = "SELECT count(*) FROM pg_constraint UNION ALL SELECT count(*) FROM pg_indexes"
    with database.read() as connection:
        return list(connection.exec_driver_sql(query).scalars().all())


def test_every_table_has_what_the_report_says(demo: Loaded) -> None:
    for name, written in demo.report.written.items():
        assert number(demo.database, getattr(tables, name)) == written > 0, name
    for source, name in (("products", "products"), ("sales", "order_lines"), ("coupons", "coupon_products")):
        assert demo.report.tables[source].kept == demo.report.written[name]


@pytest.mark.parametrize("empty_url", BOTH[1:], indirect=True)
def test_postgresql_gets_the_same_rows(demo: Loaded, empty: Database, tmp_path: Path) -> None:
    before = constraints_and_indexes(empty)
    report = load_demo_shop(empty, state_dir=tmp_path, now=NOW, shoppers=HOUSEHOLDS)
    assert constraints_and_indexes(empty) == before
    assert report.written == demo.report.written
    for table in (
        tables.products,
        tables.orders,
        tables.order_lines,
        tables.prices,
        tables.coupons,
        tables.stock,
    ):
        query = select(table).order_by(*table.primary_key)
        assert sorted(rows(empty, query)) == sorted(rows(demo.database, query)), table.name


def test_a_shop_that_has_a_catalogue_is_left_alone(demo: Loaded) -> None:
    with pytest.raises(Conflict):
        load_demo_shop(demo.database, state_dir=demo.state_dir, now=NOW, shoppers=3)


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_a_failed_import_leaves_nothing(
    empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert: Callable[..., int] = load.insert_frame

    def fail_late(connection: Any, table: Table, frame: pl.DataFrame) -> int:
        if table is tables.coupons:
            raise SQLAlchemyError("the disk is full")
        return insert(connection, table, frame)

    monkeypatch.setattr(load, "insert_frame", fail_late)
    with pytest.raises(SQLAlchemyError):
        load_demo_shop(empty, state_dir=tmp_path, now=NOW, shoppers=3)
    assert is_empty(empty)
    assert number(empty, tables.orders) == 0


def test_only_the_shoppers_taken_are_there(demo: Loaded) -> None:
    assert number(demo.database, tables.shoppers) == HOUSEHOLDS
    buyers = rows(demo.database, select(tables.orders.c.shopper_id).distinct())
    assert len(buyers) == HOUSEHOLDS


def test_the_last_order_lies_in_the_seven_days_before_the_import(demo: Loaded) -> None:
    ((last,),) = rows(demo.database, select(func.max(tables.orders.c.placed_at)))
    assert timedelta(0) <= NOW - last < timedelta(days=14)  # these few households may have skipped a week


def test_an_orders_total_is_the_sum_of_its_lines(demo: Loaded) -> None:
    lines, orders = tables.order_lines.c, tables.orders.c
    paid = func.sum(lines.quantity * lines.unit_price_minor - lines.discount_minor)
    query = (
        select(orders.total_minor, paid)
        .join(tables.order_lines, lines.order_id == orders.id)
        .group_by(orders.id, orders.total_minor)
    )
    assert all(total == of_lines >= 0 for total, of_lines in rows(demo.database, query))


def test_every_product_can_be_priced_and_stocked_today(demo: Loaded) -> None:
    priced = rows(demo.database, select(tables.prices.c.product_id).distinct())
    stocked = rows(demo.database, select(tables.stock.c.product_id))
    assert len(priced) == len(stocked) == number(demo.database, tables.products)
    ((latest,),) = rows(demo.database, select(func.max(tables.prices.c.valid_from)))
    assert latest <= NOW.date()
    assert rows(demo.database, select(tables.prices).where(tables.prices.c.price_minor < 1)) == []


def test_names_have_no_shouting_and_brands_are_labelled(demo: Loaded) -> None:
    columns = tables.products.c
    for name, brand, attributes in rows(
        demo.database, select(columns.name, columns.brand, columns.attributes)
    ):
        assert not name.isupper(), name
        assert (brand is not None) == ("brand" in attributes.get("simulated", [])), name


def test_most_products_have_a_chinese_name(demo: Loaded) -> None:
    assert number(demo.database, tables.product_names) > 0.9 * number(demo.database, tables.products)


def test_what_is_made_up_is_labelled(demo: Loaded) -> None:
    for label in (tables.stock.c.simulated, tables.shoppers.c.simulated, tables.orders.c.delivery_simulated):
        assert rows(demo.database, select(label).distinct()) == [(True,)]
    said = " ".join(demo.report.simulated)
    assert all(
        word in said for word in ("Brands", "Varieties", "Stock", "Delivery", "Names", "Values", "Pictures")
    )


def test_delivered_orders_have_arrived_and_the_others_are_expected(demo: Loaded) -> None:
    columns = tables.orders.c
    query = select(columns.status, columns.placed_at, columns.delivered_at, columns.expected_on)
    for status, placed, delivered, expected in rows(demo.database, query):
        if status == "delivered":
            assert placed < delivered <= NOW
        else:
            assert delivered is None
            assert expected >= NOW.date()


def test_some_coupons_run_today_and_say_what_they_are_for(demo: Loaded) -> None:
    coupons, campaigns = tables.coupons.c, tables.campaigns.c
    query = (
        select(coupons.discount_kind, coupons.discount_value, coupons.scope)
        .join(tables.campaigns, campaigns.id == coupons.campaign_id)
        .where(campaigns.starts_on <= NOW.date(), campaigns.ends_on >= NOW.date())
    )
    running = rows(demo.database, query)
    assert running
    assert all(kind == "amount" and 5 <= value <= 1000 for kind, value, _ in running)
    assert sum(scope is not None for *_, scope in running) > 0.7 * len(running)


def test_fuel_and_coupon_pseudo_products_are_set_aside(demo: Loaded) -> None:
    reasons = {entry["reason"] for entry in demo.report.tables["products"].set_aside.values()}
    assert {"fuel", "coupon bookkeeping", "never bought", "missing", "deposit"} <= reasons


def test_refused_rows_stand_in_a_file(demo: Loaded) -> None:
    file = demo.report.set_aside_file
    assert file is not None
    with file.open(encoding="utf-8") as lines:
        refused = sum(1 for _ in csv.reader(lines)) - 1
    assert refused == sum(table.read - table.kept for table in demo.report.tables.values())


def test_the_report_goes_through_json_and_to_the_screen(demo: Loaded) -> None:
    report = demo.report.as_json()
    assert report["tables"]["sales"]["read"] > report["tables"]["sales"]["kept"] > 0
    assert "days" in report["notes"][0]
    assert demo.report.summary().renderables
