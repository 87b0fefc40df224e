"""Queries on the catalogue: products as they are sold today, and the names of departments and categories."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from shop.storage.rows import all_of
from shop.storage.tables import category_names, prices, product_names, products, stock


@dataclass(frozen=True)
class Product:
    """A product at today's price, with names in one language; amounts in minor units of `currency`."""

    item_id: str
    name: str
    department: str
    category: str
    kind: str | None
    brand: str | None
    size: str | None
    description: str | None
    image: str
    price_minor: int
    regular_minor: int | None
    currency: str
    quantity: int
    simulated: bool
    active: bool

    @property
    def in_stock(self) -> bool:
        """Whether one can be bought now."""
        return self.active and self.quantity > 0

    @property
    def was_minor(self) -> int | None:
        """The regular price, while the price is below it."""
        regular = self.regular_minor
        return regular if regular is not None and regular > self.price_minor else None


@dataclass(frozen=True)
class Group:
    """A department or category: the value that products carry, its name in one language, and its size."""

    value: str
    name: str
    product_count: int


def price_of_day() -> ColumnElement[bool]:
    """Joins each product to its newest price that is valid on the bound parameter `today`."""
    earlier = prices.alias("earlier")
    newest = (
        select(func.max(earlier.c.valid_from))
        .where(earlier.c.product_id == products.c.id, earlier.c.valid_from <= bindparam("today"))
        .correlate(products)
        .scalar_subquery()
    )
    return and_(prices.c.product_id == products.c.id, prices.c.valid_from == newest)


def _in_locale() -> ColumnElement[bool]:
    return and_(product_names.c.product_id == products.c.id, product_names.c.locale == bindparam("locale"))


_NAME = func.coalesce(product_names.c.name, products.c.name)
_PRODUCTS = (
    select(
        products.c.id,
        _NAME,
        products.c.department,
        products.c.category,
        products.c.kind,
        products.c.brand,
        products.c.size,
        products.c.description,
        products.c.image,
        prices.c.price_minor,
        prices.c.regular_minor,
        prices.c.currency,
        func.coalesce(stock.c.quantity, 0),
        func.coalesce(stock.c.simulated, False),
        products.c.active,
    )
    .select_from(products)
    .join(prices, price_of_day())
    .outerjoin(product_names, _in_locale())
    .outerjoin(stock, stock.c.product_id == products.c.id)
    .where(products.c.id.in_(bindparam("item_ids", expanding=True)))
)
_NAMES = (
    select(products.c.id, _NAME)
    .select_from(products)
    .outerjoin(product_names, _in_locale())
    .where(products.c.id.in_(bindparam("item_ids", expanding=True)))
)


def products_by_id(
    connection: Connection, item_ids: Collection[str], locale: str, today: date
) -> dict[str, Product]:
    """The products among `item_ids` that have a price on `today`, inactive ones included."""
    values = {"item_ids": list(item_ids), "locale": locale, "today": today}
    return {item.item_id: item for item in all_of(Product, connection.execute(_PRODUCTS, values))}


def names_by_id(connection: Connection, item_ids: Collection[str], locale: str) -> dict[str, str]:
    """Names of whichever products exist, sold or not."""
    rows = connection.execute(_NAMES, {"item_ids": list(item_ids), "locale": locale})
    return {row[0]: row[1] for row in rows}


def _groups(level: str, within: str | None = None) -> Select[str, str, int]:
    """Counted by an index alone before anything is named: a table of products is wide."""
    value = products.c[level].label("value")
    counted = select(value, func.count().label("size")).where(products.c.active).group_by(value)
    if within is not None:
        counted = counted.where(products.c[within] == bindparam(within))
    groups = counted.subquery()
    named = and_(
        category_names.c.level == level,
        category_names.c.value == groups.c.value,
        category_names.c.locale == bindparam("locale"),
    )
    return (
        select(groups.c.value, func.coalesce(category_names.c.name, groups.c.value), groups.c.size)
        .select_from(groups)
        .outerjoin(category_names, named)
        .order_by(groups.c.size.desc(), groups.c.value)
    )


_DEPARTMENTS = _groups("department")
_CATEGORIES = _groups("category", within="department")


def departments(connection: Connection, locale: str) -> list[Group]:
    """Departments with active products, the largest first."""
    return all_of(Group, connection.execute(_DEPARTMENTS, {"locale": locale}))


def categories(connection: Connection, department: str, locale: str) -> list[Group]:
    """Categories of a department with active products, the largest first."""
    values = {"locale": locale, "department": department}
    return all_of(Group, connection.execute(_CATEGORIES, values))


def group_names(connection: Connection, values: Collection[str], locale: str) -> dict[str, str]:
    """Names in this language of departments, categories and kinds, by the value that products carry."""
    chosen = category_names.c.value.in_(list(values)) & (category_names.c.locale == locale)
    rows = connection.execute(select(category_names.c.value, category_names.c.name).where(chosen))
    return {row[0]: row[1] for row in rows}
