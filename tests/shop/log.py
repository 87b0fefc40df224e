"""What tests look up in a shop's database and on its slates."""

from datetime import date
from typing import Any

from sqlalchemy import Table, insert, select, update

from shop.context import Shop
from shop.slates import Slate
from shop.storage import tables


def rows(shop: Shop, table: Table, **equal: Any) -> list[dict[str, Any]]:
    """Every row of a table whose columns have these values."""
    chosen = select(table).where(*(table.c[name] == value for name, value in equal.items()))
    with shop.database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(chosen)]


def set_stock(shop: Shop, item_id: str, quantity: int) -> None:
    """Say how many of an item are left, now."""
    changed = update(tables.stock).where(tables.stock.c.product_id == item_id)
    with shop.database.write() as connection:
        connection.execute(changed.values(quantity=quantity, updated_at=shop.now()))


def stock_of(shop: Shop, item_id: str) -> int:
    """How many of an item are left."""
    quantity: int = rows(shop, tables.stock, product_id=item_id)[0]["quantity"]
    return quantity


def add_product(shop: Shop, item_id: str, *, like: str, added_on: date) -> None:
    """Another product like one that is there, at its price, with ten in stock."""
    old = rows(shop, tables.products, id=like)[0]
    price = rows(shop, tables.prices, product_id=like)[0]
    new = {"id": item_id, "name": f"{old['name']} {item_id}", "added_on": added_on}
    stock = {"quantity": 10, "updated_at": shop.now(), "simulated": True}
    with shop.database.write() as connection:
        connection.execute(insert(tables.products), old | new)
        connection.execute(insert(tables.prices), price | {"product_id": item_id})
        connection.execute(insert(tables.stock), stock | {"product_id": item_id})


def set_price(shop: Shop, item_id: str, price_minor: int) -> None:
    """A new price from today on."""
    row = {"product_id": item_id, "valid_from": shop.now().date(), "price_minor": price_minor}
    with shop.database.write() as connection:
        connection.execute(insert(tables.prices), row | {"currency": "USD"})


def ids(slate: Slate) -> list[str]:
    """What a slate shows, in order."""
    return [item.item_id for item in slate.items]
