"""What an import must know of the database, and the one thing it deletes."""

from collections.abc import Sequence
from datetime import date

import polars as pl
from sqlalchemy import Connection, Table, bindparam, delete, func, select

from shop.storage.tables import order_lines, prices

AT_ONCE = 500

_EARLIER = prices.alias("earlier")
_NEWEST = (
    select(func.max(_EARLIER.c.valid_from))
    .where(_EARLIER.c.product_id == prices.c.product_id, _EARLIER.c.valid_from <= bindparam("today"))
    .correlate(prices)
    .scalar_subquery()
)
_CURRENT = select(prices.c.product_id, prices.c.price_minor, prices.c.regular_minor).where(
    prices.c.valid_from == _NEWEST
)


def known_ids(connection: Connection, table: Table) -> pl.Series:
    """The ids that a table holds."""
    return pl.Series("id", connection.execute(select(table.c.id)).scalars().all(), dtype=pl.String)


def current_prices(connection: Connection, today: date) -> pl.DataFrame:
    """Each product's price of today: product_id, price_minor, regular_minor."""
    rows = connection.execute(_CURRENT, {"today": today})
    schema = {"product_id": pl.String, "price_minor": pl.Int64, "regular_minor": pl.Int64}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def delete_lines_of(connection: Connection, order_ids: Sequence[str]) -> None:
    """Delete the lines of orders that are about to be written again."""
    for start in range(0, len(order_ids), AT_ONCE):
        chosen = order_lines.c.order_id.in_(order_ids[start : start + AT_ONCE])
        connection.execute(delete(order_lines).where(chosen))
