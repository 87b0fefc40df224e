"""The catalogue as people and programs see it."""

from collections.abc import Collection
from typing import Any

from shop.context import Shop
from shop.errors import NotFound
from shop.money import Exchange, amount, price_label
from shop.storage import catalogue as queries
from shop.storage.catalogue import Group, Product

__all__ = [
    "Group",
    "Product",
    "categories",
    "departments",
    "group_names",
    "price_fields",
    "product",
    "product_url",
    "products",
    "unknown_item",
]


def product_url(item_id: str) -> str:
    """Where the storefront shows an item."""
    return f"/product/{item_id}"


def price_fields(item: Product, locale: str, shown_in: Exchange | None = None) -> dict[str, Any]:
    """The price of an item as every payload carries it; `was_*` only while it is reduced.

    shown_in: converts what people read, the labels; the amounts are what is charged.
    """
    fields = {
        "price": amount(item.price_minor, item.currency),
        "price_label": price_label(item.price_minor, item.currency, locale, shown_in),
        "currency": item.currency,
    }
    if item.was_minor is None:
        return fields
    was = {
        "was_price": amount(item.was_minor, item.currency),
        "was_price_label": price_label(item.was_minor, item.currency, locale, shown_in),
    }
    return fields | was


def products(shop: Shop, item_ids: Collection[str], locale: str) -> dict[str, Product]:
    """Whichever of the items the shop sells today, by id."""
    with shop.database.read() as connection:
        found = queries.products_by_id(connection, item_ids, locale, shop.now().date())
    return {item_id: item for item_id, item in found.items() if item.active}


def unknown_item(item_id: str) -> NotFound:
    """What to raise where the shop does not sell an item."""
    return NotFound(f"no product {item_id!r}", field="item_id", code="unknown_item")


def product(shop: Shop, item_id: str, locale: str) -> Product:
    """One product.

    Raises:
        NotFound: the shop does not sell it (field `item_id`).
    """
    found = products(shop, [item_id], locale)
    if item_id not in found:
        raise unknown_item(item_id)
    return found[item_id]


def departments(shop: Shop, locale: str) -> list[Group]:
    """Every department that has products, the largest first."""
    with shop.database.read() as connection:
        return queries.departments(connection, locale)


def categories(shop: Shop, department: str, locale: str) -> list[Group]:
    """The categories of a department, the largest first.

    Raises:
        NotFound: no such department (field `department`).
    """
    with shop.database.read() as connection:
        found = queries.categories(connection, department, locale)
    if not found:
        raise NotFound(f"no department {department!r}", field="department", code="unknown_department")
    return found


def group_names(shop: Shop, item: Product, locale: str) -> dict[str, str]:
    """What a product's department, category and kind are called in this language, by level."""
    levels = {"department": item.department, "category": item.category, "kind": item.kind}
    given = {level: value for level, value in levels.items() if value}
    with shop.database.read() as connection:
        names = queries.group_names(connection, set(given.values()), locale)
    return {level: names.get(value, value) for level, value in given.items()}
