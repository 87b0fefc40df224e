"""A small shop's own files, and what tests look up once they are in."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select

from shop.importers.report import ImportReport
from shop.storage import tables
from shop.storage.database import Database

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
