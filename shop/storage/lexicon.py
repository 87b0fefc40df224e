"""What the catalogue's words are: groups of products with their names per language, and brands."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from shop.storage.tables import category_names, products


@dataclass(frozen=True)
class NamedGroup:
    """A department, category or kind, and what people call it in one language."""

    level: str
    value: str
    locale: str
    forms: tuple[str, ...]


def named_groups(connection: Connection) -> list[NamedGroup]:
    """Every group of products, in a fixed order; each language is a row of its own."""
    columns = category_names.c
    query = select(columns.level, columns.value, columns.locale, columns.name, columns.aliases).order_by(
        columns.level, columns.value, columns.locale
    )
    return [
        NamedGroup(level, value, locale, (name, *aliases))
        for level, value, locale, name, aliases in connection.execute(query)
    ]


def brands(connection: Connection) -> list[str]:
    """Every brand that is sold."""
    query = select(products.c.brand).where(products.c.brand.is_not(None), products.c.active).distinct()
    return list(connection.scalars(query.order_by(func.lower(products.c.brand), products.c.brand)))
