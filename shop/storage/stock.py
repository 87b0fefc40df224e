"""Changes of stock."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from shop.storage.tables import stock

_TAKE = (
    update(stock)
    .where(stock.c.product_id == bindparam("item_id"), stock.c.quantity >= bindparam("taken"))
    .values(quantity=stock.c.quantity - bindparam("taken"), updated_at=bindparam("at"))
)


def take_stock(connection: Connection, item_id: str, quantity: int, now: datetime) -> bool:
    """Take `quantity` off an item's stock; False, and nothing taken, when there is less."""
    values = {"item_id": item_id, "taken": quantity, "at": now}
    return connection.execute(_TAKE, values).rowcount == 1


def give_stock(connection: Connection, item_id: str, quantity: int, now: datetime) -> None:
    """Put `quantity` back to an item's stock, if the shop counts it."""
    changed = update(stock).where(stock.c.product_id == item_id)
    connection.execute(changed.values(quantity=stock.c.quantity + quantity, updated_at=now))
