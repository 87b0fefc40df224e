"""Queries on orders and their lines."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from shop.storage.rows import all_of, first_of
from shop.storage.tables import order_lines, orders, shoppers


@dataclass(frozen=True)
class OrderRow:
    """An order; amounts in minor units of its currency."""

    id: str
    shopper_id: str | None
    placed_at: datetime
    status: str
    expected_on: date | None
    delivered_at: datetime | None
    total_minor: int
    currency: str
    slate_id: str | None
    delivery_simulated: bool


@dataclass(frozen=True)
class OrderLineRow:
    """So many of a product at a price each; `discount_minor` is off the whole line."""

    order_id: str
    line: int
    product_id: str
    quantity: int
    unit_price_minor: int
    discount_minor: int


_ORDER = select(*(orders.c[name] for name in OrderRow.__dataclass_fields__))
_RECENT = (
    _ORDER.where(orders.c.shopper_id == bindparam("shopper_id"))
    .order_by(orders.c.placed_at.desc(), orders.c.id.desc())
    .limit(bindparam("n"))
)
_BY_ID = _ORDER.where(orders.c.id == bindparam("order_id"))
_HELD = _BY_ID.with_for_update()  # SQLite's writers queue anyway
_OWN = _ORDER.where(orders.c.id == bindparam("order_id"), orders.c.shopper_id == bindparam("shopper_id"))
_LINES = (
    select(*(order_lines.c[name] for name in OrderLineRow.__dataclass_fields__))
    .where(order_lines.c.order_id.in_(bindparam("order_ids", expanding=True)))
    .order_by(order_lines.c.order_id, order_lines.c.line)
)


def add_order(connection: Connection, order: OrderRow, lines: Sequence[OrderLineRow]) -> None:
    """Write an order and its lines."""
    connection.execute(insert(orders), asdict(order))
    connection.execute(insert(order_lines), [asdict(line) for line in lines])


def order_exists(connection: Connection, order_id: str) -> bool:
    """Whether the number is taken."""
    return connection.execute(select(orders.c.id).where(orders.c.id == order_id)).first() is not None


def recent_orders(connection: Connection, shopper_id: str, n: int) -> list[OrderRow]:
    """A shopper's `n` latest orders, the latest first."""
    return all_of(OrderRow, connection.execute(_RECENT, {"shopper_id": shopper_id, "n": n}))


def order_of(connection: Connection, shopper_id: str, order_id: str) -> OrderRow | None:
    """The order, if it is this shopper's."""
    return first_of(OrderRow, connection.execute(_OWN, {"order_id": order_id, "shopper_id": shopper_id}))


def order_by_id(connection: Connection, order_id: str) -> OrderRow | None:
    """The order, whoever's it is."""
    return first_of(OrderRow, connection.execute(_BY_ID, {"order_id": order_id}))


def hold_order(connection: Connection, order_id: str) -> OrderRow | None:
    """The order as it stands, which nobody else changes before this transaction ends."""
    return first_of(OrderRow, connection.execute(_HELD, {"order_id": order_id}))


def is_ordered_with(connection: Connection, order_id: str, email: str) -> bool:
    """Whether the order's shopper has this e-mail address, upper or lower case."""
    same = func.lower(shoppers.c.email) == email.lower()
    chosen = select(orders.c.id).join(shoppers).where(orders.c.id == order_id, same)
    return connection.execute(chosen).first() is not None


def set_status(connection: Connection, order_id: str, status: str) -> None:
    """Say how an order stands."""
    connection.execute(update(orders).where(orders.c.id == order_id).values(status=status))


def set_total(connection: Connection, order_id: str, total_minor: int) -> None:
    """Say what an order costs."""
    connection.execute(update(orders).where(orders.c.id == order_id).values(total_minor=total_minor))


def set_line(connection: Connection, line: OrderLineRow) -> None:
    """Write a line of an order anew; one of quantity 0 goes."""
    this = (order_lines.c.order_id == line.order_id, order_lines.c.line == line.line)
    if line.quantity == 0:
        connection.execute(delete(order_lines).where(*this))
        return
    changed = {"quantity": line.quantity, "discount_minor": line.discount_minor}
    connection.execute(update(order_lines).where(*this).values(changed))


def lines_of(connection: Connection, order_ids: Collection[str]) -> dict[str, list[OrderLineRow]]:
    """Each order's lines in their order."""
    found: dict[str, list[OrderLineRow]] = {order_id: [] for order_id in order_ids}
    for row in connection.execute(_LINES, {"order_ids": list(order_ids)}):
        line = OrderLineRow(*row)
        found[line.order_id].append(line)
    return found
