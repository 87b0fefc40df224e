"""Queries on shoppers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from shop.storage.rows import first_of
from shop.storage.tables import orders, shoppers


@dataclass(frozen=True)
class Shopper:
    """Who buys here. `demographics` as the shop gave them; `simulated` when we made the name up."""

    shopper_id: str
    display_name: str | None
    locale: str
    currency: str | None
    demographics: dict[str, Any]
    created_at: datetime
    simulated: bool
    email: str | None = None


_COLUMNS = (
    shoppers.c.id,
    shoppers.c.display_name,
    shoppers.c.locale,
    shoppers.c.currency,
    shoppers.c.demographics,
    shoppers.c.created_at,
    shoppers.c.simulated,
    shoppers.c.email,
)
_BY_ORDERS = (
    select(orders.c.shopper_id)
    .where(orders.c.shopper_id.is_not(None))
    .group_by(orders.c.shopper_id)
    .order_by(func.count().desc(), orders.c.shopper_id)
)
_SHOPPER = select(*_COLUMNS).where(shoppers.c.id == bindparam("shopper_id"))


def find_shopper(connection: Connection, shopper_id: str) -> Shopper | None:
    """The shopper, if there is one."""
    return first_of(Shopper, connection.execute(_SHOPPER, {"shopper_id": shopper_id}))


def varied_shoppers(connection: Connection, n: int) -> list[Shopper]:
    """`n` shoppers at even steps from the one with most orders to the one with fewest."""
    ranked = connection.execute(_BY_ORDERS).scalars().all()
    chosen = ranked[:: max(1, len(ranked) // n)][:n]
    rows = connection.execute(select(*_COLUMNS).where(shoppers.c.id.in_(chosen)))
    return sorted((Shopper(*row) for row in rows), key=lambda shopper: chosen.index(shopper.shopper_id))
