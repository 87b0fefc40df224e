"""Purchases with what was paid, as profiles read them: everybody's, or one shopper's.

As in shop.storage.interactions, one row an order comes back, its lines joined by the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, cast, false, func, select

from shop.storage.corrections import not_a_gift
from shop.storage.interactions import SEPARATOR, VOID
from shop.storage.rows import all_of
from shop.storage.tables import order_lines, orders, products


@dataclass(frozen=True)
class PaidColumns:
    """Orders as columns of one length; what belongs to lines is joined by `SEPARATOR`.

    Amounts are in minor units: `unit_prices` of one before discount, `discounts` off the whole line.
    Cancelled and returned orders, and gifts, are left out.
    """

    shopper_ids: Sequence[str]
    placed_at: Sequence[datetime]
    item_ids: Sequence[str]
    quantities: Sequence[str]
    unit_prices: Sequence[str]
    discounts: Sequence[str]


@dataclass(frozen=True)
class ItemGroup:
    """A product that was sold, on the shelves or not: what it belongs to, and if only adults may buy it."""

    item_id: str
    category: str
    brand: str | None
    restricted: bool


def _joined(column: Any) -> Any:
    return func.aggregate_strings(cast(column, Text), SEPARATOR)


_PAID: Select[Any] = (
    select(
        orders.c.shopper_id,
        orders.c.placed_at,
        _joined(order_lines.c.product_id),
        _joined(order_lines.c.quantity),
        _joined(order_lines.c.unit_price_minor),
        _joined(order_lines.c.discount_minor),
    )
    .join(order_lines, order_lines.c.order_id == orders.c.id)
    .where(orders.c.status.not_in(VOID), not_a_gift())
    .group_by(orders.c.id)
)
_BY_ALL = _PAID.where(orders.c.shopper_id.is_not(None))
_BY_SHOPPER = _PAID.where(orders.c.shopper_id == bindparam("shopper_id"))
_GROUPS = select(
    products.c.id,
    products.c.category,
    products.c.brand,
    func.coalesce(products.c.attributes["age_restricted"].as_boolean(), false()),
).order_by(products.c.id)
_GROUPS_BY_SHOPPER = _GROUPS.where(
    products.c.id.in_(
        select(order_lines.c.product_id)
        .join(orders, orders.c.id == order_lines.c.order_id)
        .where(orders.c.shopper_id == bindparam("shopper_id"))
    )
)
_LATEST = select(func.max(orders.c.placed_at)).where(orders.c.shopper_id.is_not(None))


def all_paid(connection: Connection) -> PaidColumns:
    """Every order of a known shopper."""
    return _columns(connection.execute(_BY_ALL).all())


def paid_by(connection: Connection, shopper_id: str) -> PaidColumns:
    """Every order of one shopper."""
    return _columns(connection.execute(_BY_SHOPPER, {"shopper_id": shopper_id}).all())


def _columns(rows: Sequence[Any]) -> PaidColumns:
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * 6
    return PaidColumns(*columns)


def item_groups(connection: Connection) -> list[ItemGroup]:
    """What every product belongs to, by id."""
    return all_of(ItemGroup, connection.execute(_GROUPS))


def item_groups_of(connection: Connection, shopper_id: str) -> list[ItemGroup]:
    """The same of every product that a shopper ever ordered."""
    return all_of(ItemGroup, connection.execute(_GROUPS_BY_SHOPPER, {"shopper_id": shopper_id}))


def latest_order(connection: Connection) -> datetime | None:
    """When anybody last ordered."""
    latest: datetime | None = connection.scalar(_LATEST)
    return latest
