"""Purchases as the recommender reads them: one shopper's for a query, everybody's for training."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from shop.storage.rows import all_of
from shop.storage.tables import order_lines, orders

VOID = ("cancelled", "returned")


@dataclass(frozen=True)
class PurchaseRow:
    """An item bought; orders that were cancelled or returned are no purchases."""

    item_id: str
    quantity: int
    order_id: str
    placed_at: datetime


_HISTORY = (
    select(order_lines.c.product_id, order_lines.c.quantity, orders.c.id, orders.c.placed_at)
    .join(orders, orders.c.id == order_lines.c.order_id)
    .where(orders.c.shopper_id == bindparam("shopper_id"), orders.c.status.not_in(VOID))
    .order_by(orders.c.placed_at.desc(), orders.c.id, order_lines.c.line)
    .limit(bindparam("limit"))
)


def purchases_of(connection: Connection, shopper_id: str, limit: int) -> list[PurchaseRow]:
    """The shopper's latest `limit` purchases, the latest first."""
    values = {"shopper_id": shopper_id, "limit": limit}
    return all_of(PurchaseRow, connection.execute(_HISTORY, values))
