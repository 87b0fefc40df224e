"""Purchases as the recommender reads them: one shopper's for a query, everybody's for training.

Both come as one row per order, its items joined into one string by the database: a tenth of the rows, and
the million lines of a year are split again by a library instead of one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, cast, func, select

from shop.storage.corrections import not_a_gift
from shop.storage.tables import order_lines, orders

VOID = ("cancelled", "returned")
# Unit separator: made for this, and in no id that an importer lets through.
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Basket:
    """What one order bought; `quantities[i]` of `item_ids[i]`."""

    placed_at: datetime
    item_ids: Sequence[str]
    quantities: Sequence[int]


@dataclass(frozen=True)
class BasketColumns:
    """Everybody's orders as columns of one length; items and quantities joined by `SEPARATOR`.

    Cancelled and returned orders, those of shoppers who were deleted, and gifts are left out.
    """

    shopper_ids: Sequence[str]
    placed_at: Sequence[datetime]
    item_ids: Sequence[str]
    quantities: Sequence[str]


_ITEMS = func.aggregate_strings(order_lines.c.product_id, SEPARATOR)
_QUANTITIES = func.aggregate_strings(cast(order_lines.c.quantity, Text), SEPARATOR)
_BASKETS: Select[str, datetime, str, str] = (
    select(orders.c.shopper_id, orders.c.placed_at, _ITEMS, _QUANTITIES)
    .join(order_lines, order_lines.c.order_id == orders.c.id)
    .where(orders.c.status.not_in(VOID), not_a_gift())
    .group_by(orders.c.id)
)
_OF_SHOPPER = (
    _BASKETS.where(orders.c.shopper_id == bindparam("shopper_id"))
    .order_by(orders.c.placed_at.desc(), orders.c.id.desc())
    .limit(bindparam("orders"))
)
_OF_ALL = _BASKETS.where(orders.c.shopper_id.is_not(None))


def baskets_of(connection: Connection, shopper_id: str, orders: int) -> list[Basket]:
    """The shopper's latest orders, the latest first; cancelled and returned ones are no purchases."""
    rows = connection.execute(_OF_SHOPPER, {"shopper_id": shopper_id, "orders": orders})
    return [
        Basket(placed_at, items.split(SEPARATOR), [int(quantity) for quantity in quantities.split(SEPARATOR)])
        for _, placed_at, items, quantities in rows
    ]


def all_baskets(connection: Connection) -> BasketColumns:
    """Every order that counts for training."""
    rows = connection.execute(_OF_ALL).all()
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * 4
    return BasketColumns(*columns)
