"""A shop's own files: good ones, bad ones, and the same ones again."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import SQLAlchemyError

from shop.errors import InvalidInput
from shop.importers import tabular
from shop.importers.report import ImportReport
from shop.importers.tabular import import_files
from shop.storage import tables
from shop.storage.database import Database
from tests.conftest import BOTH

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)

PRODUCTS = """item_id,name,category,price,regular_price,stock,brand,name_zh,image
p1,Oat milk,Milk,3.49,3.99,12,Meadow,燕麦奶,/pictures/oat.png
p2,"Rye bread, sliced",Bread,2.50,,0,,,
"""
CUSTOMERS = "shopper_id,display_name,email,locale\ns1,Robin,robin@example.org,en\ns2,小明,,zh\n"
ORDERS = """order_id,placed_at,shopper_id,item_id,quantity,unit_price,discount,status
o1,2026-02-01T10:00:00Z,s1,p1,2,3.99,1.00,delivered
o1,2026-02-01T10:00:00Z,s1,p2,1,2.50,,delivered
o2,2026-03-03 09:30,s2,p2,3,2.50,0,on_the_way
"""
EVENTS = """kind,item_id,created_at,shopper_id,value
rating,p1,2026-02-02,s1,5
click,p2,2026-03-01T08:00:00+01:00,,
"""


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """`write(name, content)` puts a file into the test's directory."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


@pytest.fixture
def files(write: Any) -> dict[str, Path]:
    """The four good files."""
    contents = {"products": PRODUCTS, "customers": CUSTOMERS, "orders": ORDERS, "events": EVENTS}
    return {name: write(f"{name}.csv", content) for name, content in contents.items()}


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an import could have written."""
    written = (
        tables.products, tables.product_names, tables.category_names, tables.prices, tables.stock,
        tables.shoppers, tables.orders, tables.order_lines, tables.events,
    )  # fmt: skip
    with database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in written
        }


def one(database: Database, table: Table, **key: Any) -> dict[str, Any]:
    """The row with this key."""
    with database.read() as connection:
        query = select(table).where(*(table.c[column] == value for column, value in key.items()))
        return dict(connection.execute(query).mappings().one())


def refused(report: ImportReport, table: str) -> dict[str, int]:
    """Rows set aside, by field and reason."""
    return {reason: entry["rows"] for reason, entry in report.tables[table].set_aside.items()}


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


BAD_PRODUCTS = """item_id,name,category,price
a,Good,Things,1.00
,No id,Things,1.00
b,,Things,1.00
c,Letters,Things,abc
d,Comma,Things,"1,50"
e,Negative,Things,-1.00
f,Thirds,Things,1.005
a,Again,Things,2.00
=1+1,Formula,Things,1.00
g,Too many,Things,1.00,surplus
h,Too few,Things
"""


def test_bad_rows_are_set_aside_and_the_rest_goes_on(empty: Database, write: Any, tmp_path: Path) -> None:
    report = import_files(empty, products=write("bad.csv", BAD_PRODUCTS), now=NOW, state_dir=tmp_path)
    assert report.tables["products"].kept == 1
    reasons = refused(report, "products")
    assert reasons["item_id: missing"] == 1
    assert reasons["name: missing"] == 1
    assert reasons["price: not an amount such as 3.99, with a point and no currency sign"] == 4
    assert reasons["item_id: duplicate"] == 1
    assert reasons["surplus_fields: another number of fields than the header"] == 2
    assert report.set_aside_file is not None
    assert pl.read_csv(report.set_aside_file)["row"].sort().to_list() == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]


BAD_ORDERS = """order_id,placed_at,shopper_id,item_id,quantity,unit_price,discount
o1,2026-02-01,s1,p1,1,3.99,0
o1,2026-02-02,s1,p2,1,2.50,0
o2,31/12/2025,s1,p1,1,3.99,0
o3,2026-02-01,s1,nothing,1,3.99,0
o4,2026-02-01,nobody,p1,1,3.99,0
o5,2026-02-01,s1,p1,0,3.99,0
o6,2026-02-01,s1,p1,1001,3.99,0
o7,2026-02-01,s1,p1,1.5,3.99,0
o8,2027-02-01,s1,p1,1,3.99,0
o9,2026-02-01,s1,p1,1,3.99,5
"""


def test_bad_order_lines_are_named(empty: Database, files: dict[str, Path], write: Any) -> None:
    bad = {**files, "orders": write("bad.csv", BAD_ORDERS)}
    report = import_files(empty, **bad, now=NOW)
    assert report.tables["orders"].kept == 1
    assert set(refused(report, "orders")) == {
        "placed_at: differs from the order's first line",
        "placed_at: not a date and time such as 2026-03-31T18:05:00Z; without an offset it is UTC",
        "item_id: unknown item",
        "shopper_id: unknown shopper",
        "quantity: no quantity",
        "quantity: more than 1000 of one item",
        "quantity: not a whole number, at most 9,999,999",
        "placed_at: in the future",
        "discount: more than the line costs",
    }


def test_bad_events_are_set_aside(empty: Database, files: dict[str, Path], write: Any) -> None:
    content = (
        "kind,item_id,created_at,value\nrating,p1,2026-02-02,9\nstare,p1,2026-02-02,\nclick,p1,2026-02-02,\n"
    )
    report = import_files(empty, products=files["products"], events=write("events2.csv", content), now=NOW)
    assert report.tables["events"].kept == 1
    assert refused(report, "events")["value: not a rating from 1 to 5"] == 1


def test_without_a_customers_file_shoppers_are_made(empty: Database, files: dict[str, Path]) -> None:
    import_files(empty, products=files["products"], orders=files["orders"], now=NOW)
    assert one(empty, tables.shoppers, id="s2")["display_name"] is None


def test_texts_lose_formula_signs_and_control_characters(empty: Database, write: Any) -> None:
    content = 'item_id,name,category,price\na,"=cmd|\'/C calc\'!A0",Things,1\nb,"@Tea\x00\tbag",+Things,1\n'
    report = import_files(empty, products=write("formulas.csv", content), now=NOW)
    assert one(empty, tables.products, id="a")["name"] == "cmd|'/C calc'!A0"
    assert one(empty, tables.products, id="b")["name"] == "Tea bag"
    assert one(empty, tables.products, id="b")["category"] == "Things"
    assert report.tables["products"].repaired["name: formula signs removed"] == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "https://localhost/a.png",
        "https://10.0.0.1/a.png",
        "https://[::1]/a.png",
        "https://169.254.169.254/latest",
        "https://printer.local/a.png",
        "https://intranet/a.png",
        "https://user@example.org/a.png",
        "javascript:alert(1)",
        "//evil.example/a.png",
        "/a b.png",
    ],
)
def test_pictures_from_unsafe_addresses_are_replaced(empty: Database, write: Any, address: str) -> None:
    content = f"item_id,name,category,price,image\na,A,Things,1,{address}\n"
    report = import_files(empty, products=write("images.csv", content), now=NOW)
    assert one(empty, tables.products, id="a")["image"] == "/static/tiles/other.svg"
    assert report.tables["products"].repaired == {"image from an unsafe address replaced": 1}


@pytest.mark.parametrize("address", ["/pictures/a.png", "https://images.example.org/a.png"])
def test_pictures_from_safe_addresses_stay(empty: Database, write: Any, address: str) -> None:
    content = f"item_id,name,category,price,image\na,A,Things,1,{address}\n"
    import_files(empty, products=write("images.csv", content), now=NOW)
    assert one(empty, tables.products, id="a")["image"] == address


def test_yen_have_no_cents(empty: Database, write: Any) -> None:
    content = "item_id,name,category,price\na,Tea,Drinks,350\nb,Tea,Drinks,3.50\n"
    report = import_files(empty, products=write("yen.csv", content), now=NOW, currency="JPY")
    assert one(empty, tables.prices, product_id="a")["price_minor"] == 350
    assert report.tables["products"].kept == 1


@pytest.mark.parametrize(
    ("name", "content", "field", "said"),
    [
        ("p.csv", "item id,name,category,price\n", "item_id", "did you mean 'item id'"),
        ("p.csv", "item_id,name,price\n", "category", "found: item_id, name, price"),
        ("p.csv", "", "--products", "empty"),
        ("p.csv", "item_id,item_id,name,category,price\n", "--products", "two columns are called 'item_id'"),
        ("p.csv", b"item_id,name,category,price\na,caf\xe9,Things,1\n", "--products", "line 2: not UTF-8"),
        ("p.csv", "item_id,name,category,price\n".encode("utf-16"), "--products", "UTF-16"),
        ("p.xlsx", "PK", "--products", "neither .csv nor .parquet"),
        ("p.parquet", "PAR1", "--products", "not a Parquet file"),
    ],
)
def test_unusable_files_are_refused_with_a_reason(
    empty: Database, write: Any, name: str, content: str | bytes, field: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        import_files(empty, products=write(name, content), now=NOW)
    assert refusal.value.field == field
    assert said in refusal.value.message


def test_a_missing_file_is_named(empty: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such file"):
        import_files(empty, orders=tmp_path / "nowhere.csv", now=NOW)


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
