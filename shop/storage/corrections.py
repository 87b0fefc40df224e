"""Queries on what shoppers corrected: gifts, and what they do not want to be shown unasked."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, select
from sqlalchemy.sql import ColumnElement

from shop.storage.rows import all_of
from shop.storage.tables import corrections, gift_lines, order_lines, orders, products
from shop.storage.upserts import insert_for


@dataclass(frozen=True)
class CorrectionRow:
    """One correction; shop.storage.tables.rights says what kinds there are."""

    id: str
    subject_id: str
    kind: str
    value: str
    created_at: datetime


_OF = (
    select(*(corrections.c[name] for name in CorrectionRow.__dataclass_fields__))
    .where(corrections.c.subject_id == bindparam("subject_id"))
    .order_by(corrections.c.created_at, corrections.c.id)
)


def corrections_of(connection: Connection, subject_id: str) -> list[CorrectionRow]:
    """Everything that a subject corrected, oldest first."""
    return all_of(CorrectionRow, connection.execute(_OF, {"subject_id": subject_id}))


def add_correction(connection: Connection, row: CorrectionRow) -> str:
    """Write it down, once for each kind and value; answers the id it has."""
    connection.execute(insert_for(connection, corrections).values(**asdict(row)).on_conflict_do_nothing())
    same = (
        (corrections.c.subject_id == row.subject_id)
        & (corrections.c.kind == row.kind)
        & (corrections.c.value == row.value)
    )
    return str(connection.scalar(select(corrections.c.id).where(same)))


def remove_correction(connection: Connection, subject_id: str, correction_id: str) -> bool:
    """Take a correction back, and let its purchases count again; False when there is none."""
    mine = (corrections.c.id == correction_id) & (corrections.c.subject_id == subject_id)
    return connection.execute(delete(corrections).where(mine)).rowcount == 1


def mark_gifts(
    connection: Connection, correction_id: str, shopper_id: str, *, item_id: str | None, order_id: str | None
) -> int:
    """Note the shopper's purchases of an item, or in an order, as gifts; how many lines that are."""
    chosen = select(order_lines.c.order_id, order_lines.c.product_id).distinct()
    chosen = chosen.join(orders, orders.c.id == order_lines.c.order_id).where(
        orders.c.shopper_id == shopper_id
    )
    if item_id is not None:
        chosen = chosen.where(order_lines.c.product_id == item_id)
    if order_id is not None:
        chosen = chosen.where(orders.c.id == order_id)
    rows = [
        {"order_id": row.order_id, "product_id": row.product_id, "correction_id": correction_id}
        for row in connection.execute(chosen)
    ]
    if rows:
        connection.execute(insert_for(connection, gift_lines).on_conflict_do_nothing(), rows)
    return len(rows)


def latest_purchase(connection: Connection, shopper_id: str, level: str, value: str) -> list[str]:
    """The items of a group (the `value` of a `level`, in any case) in the shopper's latest order with any."""
    bought = (
        select(orders.c.id, order_lines.c.product_id)
        .join(order_lines, order_lines.c.order_id == orders.c.id)
        .join(products, products.c.id == order_lines.c.product_id)
        .where(orders.c.shopper_id == shopper_id, func.lower(products.c[level]) == value.lower())
        .order_by(orders.c.placed_at.desc(), orders.c.id.desc(), order_lines.c.line)
    )
    rows = connection.execute(bought).all()
    return list(dict.fromkeys(row[1] for row in rows if row[0] == rows[0][0]))


def not_a_gift() -> ColumnElement[bool]:
    """For queries on order_lines: the line was not bought for somebody else."""
    given = (gift_lines.c.order_id == order_lines.c.order_id) & (
        gift_lines.c.product_id == order_lines.c.product_id
    )
    return ~exists().where(given)
