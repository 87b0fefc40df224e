"""A shop's own files: good ones, and the same ones again."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import SQLAlchemyError

from shop.importers import tabular
from shop.importers.tabular import import_files
from shop.storage import tables
from shop.storage.database import Database
from tests.conftest import BOTH
from tests.importers.own_files import NOW, ORDERS, everything, one


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_good_files_arrive_whole(empty: Database, files: dict[str, Path]) -> None:
    report = import_files(empty, **files, now=NOW)
    assert {name: table.kept for name, table in report.tables.items()} == {
        "products": 2, "customers": 2, "orders": 3, "events": 2,
    }  # fmt: skip
    assert one(empty, tables.products, id="p2")["name"] == "Rye bread, sliced"
    price = one(empty, tables.prices, product_id="p1")
    assert (price["price_minor"], price["regular_minor"], price["valid_from"]) == (349, 399, NOW.date())
    order = one(empty, tables.orders, id="o1")
    assert (order["total_minor"], order["shopper_id"], order["delivery_simulated"]) == (948, "s1", False)
    assert order["placed_at"] == datetime(2026, 2, 1, 10, tzinfo=UTC)
    assert one(empty, tables.stock, product_id="p1")["simulated"] is False
    assert one(empty, tables.product_names, product_id="p1")["name"] == "燕麦奶"
    assert one(empty, tables.events, kind="click")["created_at"] == datetime(2026, 3, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_the_same_files_again_change_nothing(empty: Database, files: dict[str, Path]) -> None:
    import_files(empty, **files, now=NOW)
    before = everything(empty)
    import_files(empty, **files, now=NOW)
    assert everything(empty) == before


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_a_later_file_renews_what_it_names_and_leaves_the_rest(
    empty: Database, files: dict[str, Path], write: Any
) -> None:
    import_files(empty, **files, now=NOW)
    later = datetime(2026, 3, 20, 12, tzinfo=UTC)
    update = write("update.csv", "item_id,name,category,price\np1,Oat drink,Milk,3.79\n")
    import_files(empty, products=update, now=later)
    product = one(empty, tables.products, id="p1")
    assert (product["name"], product["brand"]) == ("Oat drink", "Meadow")
    assert one(empty, tables.stock, product_id="p1")["quantity"] == 12
    with empty.read() as connection:
        found = connection.execute(
            select(tables.prices.c.valid_from, tables.prices.c.price_minor)
            .where(tables.prices.c.product_id == "p1")
            .order_by(tables.prices.c.valid_from)
        ).all()
    assert [tuple(row) for row in found] == [(date(2026, 3, 4), 349), (date(2026, 3, 20), 379)]


def test_an_order_that_comes_again_with_fewer_lines_loses_the_others(
    empty: Database, files: dict[str, Path], write: Any
) -> None:
    import_files(empty, **files, now=NOW)
    shorter = write("again.csv", "\n".join(ORDERS.splitlines()[:2]))
    import_files(empty, orders=shorter, now=NOW)
    with empty.read() as connection:
        lines = connection.execute(
            select(tables.order_lines).where(tables.order_lines.c.order_id == "o1")
        ).all()
    assert len(lines) == 1


def test_parquet_reads_like_csv(empty: Database, tmp_path: Path) -> None:
    path = tmp_path / "products.parquet"
    pl.DataFrame(
        {
            "item_id": [7, 8],
            "name": ["Tea", "Coffee"],
            "category": ["Drinks", "Drinks"],
            "price": [0.1 + 0.2, 4.0],
            "stock": [3.0, 4.0],
            "added_on": [date(2026, 1, 2), None],
            "active": [True, False],
        }
    ).write_parquet(path)
    import_files(empty, products=path, now=NOW)
    assert one(empty, tables.prices, product_id="7")["price_minor"] == 30
    assert one(empty, tables.products, id="7")["added_on"] == date(2026, 1, 2)
    assert one(empty, tables.products, id="8")["active"] is False


def test_without_a_customers_file_shoppers_are_made(empty: Database, files: dict[str, Path]) -> None:
    import_files(empty, products=files["products"], orders=files["orders"], now=NOW)
    assert one(empty, tables.shoppers, id="s2")["display_name"] is None


def test_yen_have_no_cents(empty: Database, write: Any) -> None:
    content = "item_id,name,category,price\na,Tea,Drinks,350\nb,Tea,Drinks,3.50\n"
    report = import_files(empty, products=write("yen.csv", content), now=NOW, currency="JPY")
    assert one(empty, tables.prices, product_id="a")["price_minor"] == 350
    assert report.tables["products"].kept == 1


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_understood(
    empty: Database, write: Any, separator: str
) -> None:
    content = "\ufeff" + "item_id,name,category,price\na,Tea,Drinks,1.50\n".replace(",", separator)
    assert import_files(empty, products=write("p.csv", content), now=NOW).tables["products"].kept == 1


def test_columns_that_nothing_reads_are_named(empty: Database, write: Any) -> None:
    content = "item_id,name,category,price,colour\na,Tea,Drinks,1.50,green\n"
    report = import_files(empty, products=write("p.csv", content), now=NOW)
    assert report.notes == ["products: columns that are not used: colour"]


def test_a_failed_import_leaves_the_database_as_it_was(
    empty: Database, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(empty, products=files["products"], now=NOW)
    before = everything(empty)
    real = tabular.upsert_frame

    def fail_late(connection: Any, table: Table, frame: pl.DataFrame, **options: Any) -> int:
        if table is tables.events:
            raise SQLAlchemyError("the disk is full")
        return real(connection, table, frame, **options)

    monkeypatch.setattr(tabular, "upsert_frame", fail_late)
    with pytest.raises(SQLAlchemyError):
        import_files(empty, **files, now=NOW)
    assert everything(empty) == before
