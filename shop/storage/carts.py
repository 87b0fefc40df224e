"""Queries on carts. A cart is its lines; its id is the shopper's, or the visit's while nobody logged in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from shop.storage.rows import all_of, first_of
from shop.storage.tables import cart_lines
from shop.storage.upserts import insert_for


@dataclass(frozen=True)
class CartLineRow:
    """So many of an item, and the slate that led to it."""

    item_id: str
    quantity: int
    slate_id: str | None
    added_at: datetime


_COLUMNS = (cart_lines.c.product_id, cart_lines.c.quantity, cart_lines.c.slate_id, cart_lines.c.added_at)
_THIS = cart_lines.c.cart_id == bindparam("the_cart")
_LINES = select(*_COLUMNS).where(_THIS).order_by(cart_lines.c.added_at, cart_lines.c.product_id)
_TAKE = delete(cart_lines).where(_THIS).returning(*_COLUMNS)
_ITEM = cart_lines.c.product_id == bindparam("item_id")
_TAKE_LINE = delete(cart_lines).where(_THIS, _ITEM).returning(*_COLUMNS)


def cart_of(connection: Connection, cart_id: str) -> list[CartLineRow]:
    """Lines in the order in which they were added."""
    return all_of(CartLineRow, connection.execute(_LINES, {"the_cart": cart_id}))


def put_line(connection: Connection, cart_id: str, line: CartLineRow) -> int:
    """Add the line's quantity to what the cart holds of the item; answers how many it holds now."""
    row = {"cart_id": cart_id, "product_id": line.item_id} | {
        "quantity": line.quantity,
        "slate_id": line.slate_id,
        "added_at": line.added_at,
    }
    statement = insert_for(connection, cart_lines).values(row)
    new = statement.excluded
    more = statement.on_conflict_do_update(
        index_elements=["cart_id", "product_id"],
        set_={"quantity": cart_lines.c.quantity + new.quantity, "slate_id": new.slate_id},
    )
    return int(connection.execute(more.returning(cart_lines.c.quantity)).scalar_one())


def take_line(connection: Connection, cart_id: str, item_id: str) -> CartLineRow | None:
    """Remove an item; answers the line that was there."""
    return first_of(CartLineRow, connection.execute(_TAKE_LINE, {"the_cart": cart_id, "item_id": item_id}))


def take_cart(connection: Connection, cart_id: str) -> list[CartLineRow]:
    """Empty the cart; of two transactions at once only one gets the lines."""
    rows = connection.execute(_TAKE, {"the_cart": cart_id}).all()
    return sorted((CartLineRow(*row) for row in rows), key=lambda line: (line.added_at, line.item_id))
