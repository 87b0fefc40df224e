"""Queries behind the recommender's filters: price, stock and place of every product, and what changed."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, false, func, select, union_all

from shop.storage.catalogue import price_of_day
from shop.storage.rows import all_of
from shop.storage.tables import prices, product_names, products, stock


class OfferRow(NamedTuple):
    """One product as filters see it; `price_minor` is None when it has no price today."""

    item_id: str
    department: str
    category: str
    kind: str | None
    brand: str | None
    price_minor: int | None
    quantity: int
    age_restricted: bool = False
    added_on: date | None = None
    regular_minor: int | None = None
    size: str | None = None


_OFFERS = (
    select(
        products.c.id,
        products.c.department,
        products.c.category,
        products.c.kind,
        products.c.brand,
        prices.c.price_minor,
        func.coalesce(stock.c.quantity, 0),
        func.coalesce(products.c.attributes["age_restricted"].as_boolean(), false()),
        products.c.added_on,
        prices.c.regular_minor,
        products.c.size,
    )
    .select_from(products)
    .outerjoin(prices, price_of_day())
    .outerjoin(stock, stock.c.product_id == products.c.id)
    .where(products.c.active)
)
_NAMES = union_all(
    select(products.c.id, products.c.name).where(products.c.active),
    select(product_names.c.product_id, product_names.c.name)
    .join(products, products.c.id == product_names.c.product_id)
    .where(products.c.active),
)
_CHANGED = select(stock.c.product_id, stock.c.quantity).where(stock.c.updated_at > bindparam("since"))


def offers(connection: Connection, today: date) -> list[OfferRow]:
    """Every active product."""
    return all_of(OfferRow, connection.execute(_OFFERS, {"today": today}))


def names(connection: Connection) -> list[tuple[str, str]]:
    """(item id, name) of every active product, in each language."""
    return [(row[0], row[1]) for row in connection.execute(_NAMES)]


def stock_changes(connection: Connection, since: datetime) -> list[tuple[str, int]]:
    """(item id, quantity) of whatever changed after `since`."""
    return [(row[0], row[1]) for row in connection.execute(_CHANGED, {"since": since})]
