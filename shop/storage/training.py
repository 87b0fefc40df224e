"""The catalogue as the recommender is trained on it: every product, and every name it is known by."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from shop.storage.catalogue import price_of_day
from shop.storage.rows import all_of
from shop.storage.tables import category_names, prices, product_names, products


@dataclass(frozen=True)
class CatalogueRow:
    """One active product; the price in minor units, None when it has none today."""

    item_id: str
    name: str
    department: str
    category: str
    kind: str | None
    brand: str | None
    size: str | None
    description: str | None
    added_on: date | None
    price_minor: int | None


_CATALOGUE = (
    select(
        products.c.id,
        products.c.name,
        products.c.department,
        products.c.category,
        products.c.kind,
        products.c.brand,
        products.c.size,
        products.c.description,
        products.c.added_on,
        prices.c.price_minor,
    )
    .select_from(products)
    .outerjoin(prices, price_of_day())
    .where(products.c.active)
    .order_by(products.c.id)
)


def catalogue_rows(connection: Connection, today: date) -> list[CatalogueRow]:
    """Every active product, by id."""
    return all_of(CatalogueRow, connection.execute(_CATALOGUE, {"today": today}))


def product_aliases(connection: Connection) -> dict[str, list[str]]:
    """Names and aliases of products in every language, by item id."""
    found: dict[str, list[str]] = {}
    query = select(product_names.c.product_id, product_names.c.name, product_names.c.aliases)
    for item_id, name, aliases in connection.execute(query):
        found.setdefault(item_id, []).extend((name, *aliases))
    return found


def group_aliases(connection: Connection) -> dict[str, list[str]]:
    """Names and aliases of departments, categories and kinds in every language, by the products' value."""
    found: dict[str, list[str]] = {}
    query = select(category_names.c.value, category_names.c.name, category_names.c.aliases)
    for value, name, aliases in connection.execute(query):
        found.setdefault(value, []).extend((name, *aliases))
    return found
