"""A shop's own files with rows, texts and addresses that must not come in, and files that cannot be read."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from shop.errors import InvalidInput
from shop.importers.tabular import import_files
from shop.storage import tables
from shop.storage.database import Database
from tests.importers.own_files import NOW, one, refused

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
