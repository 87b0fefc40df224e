"""What the catalogue's words are: groups of products with their names per language, brands and colours."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from shop.storage.tables import category_names, products

LEVELS = ("department", "category", "kind")
COLOUR_ATTRIBUTES = ("colour", "color")  # a shop's own columns may be spelled either way


@dataclass(frozen=True)
class NamedGroup:
    """A department, category or kind, how many products it has, and what people call it in one language."""

    level: str
    value: str
    locale: str
    name: str
    aliases: tuple[str, ...]
    product_count: int


def named_groups(connection: Connection) -> list[NamedGroup]:
    """Every group that has active products, the largest first; each language is a row of its own."""
    columns = category_names.c
    query = select(columns.level, columns.value, columns.locale, columns.name, columns.aliases)
    sizes = {level: _sizes(connection, level) for level in LEVELS}
    groups = [
        NamedGroup(level, value, locale, name, tuple(aliases), sizes[level][value])
        for level, value, locale, name, aliases in connection.execute(query)
        if value in sizes[level]
    ]
    return sorted(groups, key=lambda group: (-group.product_count, group.level, group.value, group.locale))


def _sizes(connection: Connection, level: str) -> dict[str, int]:
    value = products.c[level]
    query = select(value, func.count()).where(products.c.active, value.is_not(None)).group_by(value)
    return {name: size for name, size in connection.execute(query)}  # noqa: C416 - rows are no plain pairs


def brands(connection: Connection) -> list[str]:
    """Every brand that is sold."""
    query = select(products.c.brand).where(products.c.brand.is_not(None), products.c.active).distinct()
    return list(connection.scalars(query.order_by(func.lower(products.c.brand), products.c.brand)))


def colours(connection: Connection) -> list[str]:
    """Every colour that products have among their attributes, each once; none where a shop names none."""
    found: set[str] = set()
    for attribute in COLOUR_ATTRIBUTES:
        value = products.c.attributes[attribute].as_string()
        query = select(value).where(value.is_not(None), products.c.active).distinct()
        found.update(text for text in connection.scalars(query) if text.strip())
    return sorted(found)
