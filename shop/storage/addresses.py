"""Queries on where orders go: a shopper's own address, and that of one order."""

from datetime import datetime

from sqlalchemy import Connection, select

from shop.storage.tables import order_addresses, shopper_addresses
from shop.storage.upserts import insert_for


def put_shopper_address(connection: Connection, shopper_id: str, address: str, now: datetime) -> None:
    """Where a shopper's orders go from now on."""
    row = {"shopper_id": shopper_id, "address": address, "changed_at": now}
    statement = insert_for(connection, shopper_addresses).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["shopper_id"], set_=row))


def put_order_address(connection: Connection, order_id: str, address: str, now: datetime) -> None:
    """Where one order goes."""
    row = {"order_id": order_id, "address": address, "changed_at": now}
    statement = insert_for(connection, order_addresses).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["order_id"], set_=row))


def address_of_shopper(connection: Connection, shopper_id: str) -> str | None:
    """Where a shopper's orders go, if that was ever said."""
    chosen = select(shopper_addresses.c.address).where(shopper_addresses.c.shopper_id == shopper_id)
    return connection.scalar(chosen)


def address_of_order(connection: Connection, order_id: str) -> str | None:
    """Where an order goes, if that was said for it."""
    chosen = select(order_addresses.c.address).where(order_addresses.c.order_id == order_id)
    return connection.scalar(chosen)
