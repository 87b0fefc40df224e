"""The cart, and the simulated checkout that turns it into an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shop.catalogue import price_fields, product_url, unknown_item
from shop.context import Audience, Shop
from shop.errors import Conflict, InvalidInput, NotFound, Unauthorized
from shop.events import check_on_slate, new_event
from shop.identifiers import new_order_id
from shop.money import Exchange, amount, price_label
from shop.orders import Order, describe_orders
from shop.storage.carts import CartLineRow, cart_of, put_line, take_cart, take_line
from shop.storage.catalogue import Product, products_by_id
from shop.storage.events import add_events
from shop.storage.orders import OrderLineRow, OrderRow, add_order, order_exists
from shop.storage.rows import Connection
from shop.storage.slates import known_slates
from shop.storage.stock import take_stock

MOST_OF_ONE_ITEM = 99
DELIVERY_DAYS = 2


class OutOfStock(Conflict):
    """The shop has fewer of an item than are wanted; `left` says how many."""

    code = "out_of_stock"

    def __init__(self, item: Product, wanted: int) -> None:
        super().__init__(
            f"{item.quantity} of {item.name!r} ({item.item_id}) left, {wanted} wanted", field="item_id"
        )
        self.item_id = item.item_id
        self.values: dict[str, object] = {"item": item.name, "left": item.quantity, "wanted": wanted}


@dataclass(frozen=True)
class CartLine:
    """So many of a product, at today's price."""

    product: Product
    quantity: int
    slate_id: str | None

    @property
    def total_minor(self) -> int:
        """What the line costs, in minor units."""
        return self.quantity * self.product.price_minor

    def payload(self, locale: str, shown_in: Exchange | None = None) -> dict[str, Any]:
        """The line as JSON."""
        item = self.product
        return {
            "item_id": item.item_id,
            "name": item.name,
            "image": item.image,
            "url": product_url(item.item_id),
            "quantity": self.quantity,
            "in_stock": item.active and item.quantity >= self.quantity,
            **price_fields(item, locale, shown_in),
            "line_total": amount(self.total_minor, item.currency),
            "line_total_label": price_label(self.total_minor, item.currency, locale, shown_in),
        }


@dataclass(frozen=True)
class Cart:
    """What the asker is about to buy."""

    lines: tuple[CartLine, ...]
    currency: str
    locale: str
    shown_in: Exchange | None = None

    @property
    def total_minor(self) -> int:
        """What all of it costs, in minor units."""
        return sum(line.total_minor for line in self.lines)

    @property
    def item_count(self) -> int:
        """How many pieces."""
        return sum(line.quantity for line in self.lines)

    def payload(self) -> dict[str, Any]:
        """The cart as one message of the chat or one JSON answer."""
        return {
            "kind": "cart",
            "lines": [line.payload(self.locale, self.shown_in) for line in self.lines],
            "item_count": self.item_count,
            "total": amount(self.total_minor, self.currency),
            "total_label": price_label(self.total_minor, self.currency, self.locale, self.shown_in),
            "currency": self.currency,
        }


def _owner(audience: Audience) -> str:
    if audience.owner is None:
        raise Unauthorized("a cart needs a shopper or a conversation")
    return audience.owner


def _read(shop: Shop, audience: Audience, connection: Connection) -> Cart:
    rows = cart_of(connection, _owner(audience))
    today = shop.now().date()
    sold = products_by_id(connection, [row.item_id for row in rows], audience.locale, today)
    lines = [CartLine(sold[row.item_id], row.quantity, row.slate_id) for row in rows if row.item_id in sold]
    currency = lines[0].product.currency if lines else shop.settings.currency
    return Cart(tuple(lines), currency, audience.locale, audience.shown_in)


def view_cart(shop: Shop, audience: Audience) -> Cart:
    """The asker's cart, at today's prices."""
    with shop.database.read() as connection:
        return _read(shop, audience, connection)


def add_to_cart(
    shop: Shop, audience: Audience, item_id: str, quantity: int = 1, slate_id: str | None = None
) -> Cart:
    """Put an item into the cart; the event is written with it.

    Raises:
        InvalidInput: the quantity is not between 1 and 99 (field `quantity`).
        NotFound: no such product, or the slate is not the asker's or does not show it.
        OutOfStock: fewer are left than the cart would hold.
    """
    if not 1 <= quantity <= MOST_OF_ONE_ITEM:
        raise InvalidInput(f"quantity must be 1 to {MOST_OF_ONE_ITEM}, got {quantity}", field="quantity")
    now, owner = shop.now(), _owner(audience)
    with shop.database.write() as connection:
        item = products_by_id(connection, [item_id], audience.locale, now.date()).get(item_id)
        if item is None or not item.active:
            raise unknown_item(item_id)
        if slate_id is not None:
            check_on_slate(connection, audience, slate_id, item_id)
        held = put_line(connection, owner, CartLineRow(item_id, quantity, slate_id, now))
        if held > item.quantity:
            raise OutOfStock(item, held)
        add_events(connection, [new_event(audience, "add_to_cart", item_id, slate_id, quantity, now)])
        return _read(shop, audience, connection)


def remove_from_cart(shop: Shop, audience: Audience, item_id: str) -> Cart:
    """Take an item out of the cart.

    Raises:
        NotFound: the cart does not hold it (field `item_id`).
    """
    with shop.database.write() as connection:
        if take_line(connection, _owner(audience), item_id) is None:
            raise NotFound(f"{item_id!r} is not in the cart", field="item_id", code="not_in_cart")
        return _read(shop, audience, connection)


def adopt_cart(shop: Shop, audience: Audience) -> Cart:
    """After a log-in: move what the visit had in its cart into the shopper's."""
    with shop.database.write() as connection:
        if audience.shopper_id and audience.conversation_id:
            for line in take_cart(connection, audience.conversation_id):
                put_line(connection, audience.shopper_id, line)
        return _read(shop, audience, connection)


def place_order(shop: Shop, audience: Audience) -> Order:
    """Buy what is in the cart: order, stock, purchase events and the empty cart in one transaction.

    The checkout is simulated: nothing is paid, and the delivery date is a guess that says so.

    Raises:
        Unauthorized: nobody is logged in (code `login_required`).
        Conflict: the cart is empty (code `cart_empty`), or an item is no longer sold (code `not_sold`).
        OutOfStock: there is less of an item than the cart holds; nothing was bought.
    """
    if audience.shopper_id is None:
        raise Unauthorized("an order needs a shopper who is logged in", code="login_required")
    with shop.database.write() as connection:
        lines = _take_lines(shop, audience, connection, take_cart(connection, audience.shopper_id))
        order = _write_order(shop, audience.shopper_id, connection, lines)
        known = known_slates(connection, {line.slate_id for line in lines if line.slate_id})
        events = [
            new_event(
                audience,
                "purchase",
                line.product.item_id,
                line.slate_id if line.slate_id in known else None,
                line.quantity,
                order.placed_at,
            )
            for line in lines
        ]
        add_events(connection, events)
        return describe_orders(shop, audience, connection, [order])[0]


def _take_lines(
    shop: Shop, audience: Audience, connection: Connection, rows: Sequence[CartLineRow]
) -> list[CartLine]:
    """Lines at today's price, their stock taken; by id, so that no two orders lock crosswise."""
    if not rows:
        raise Conflict("the cart is empty", code="cart_empty")
    now = shop.now()
    sold = products_by_id(connection, [row.item_id for row in rows], audience.locale, now.date())
    for row in sorted(rows, key=lambda row: row.item_id):
        item = sold.get(row.item_id)
        if item is None or not item.active:
            raise Conflict(f"{row.item_id!r} is no longer sold", field="item_id", code="not_sold")
        if not take_stock(connection, row.item_id, row.quantity, now):
            left = products_by_id(connection, [row.item_id], audience.locale, now.date())
            raise OutOfStock(left.get(row.item_id, item), row.quantity)
    return [CartLine(sold[row.item_id], row.quantity, row.slate_id) for row in rows]


def _write_order(shop: Shop, shopper_id: str, connection: Connection, lines: Sequence[CartLine]) -> OrderRow:
    now, order_id = shop.now(), new_order_id()
    while order_exists(connection, order_id):
        order_id = new_order_id()
    order = OrderRow(
        id=order_id,
        shopper_id=shopper_id,
        placed_at=now,
        status="placed",
        expected_on=now.date() + timedelta(days=DELIVERY_DAYS),
        delivered_at=None,
        total_minor=sum(line.total_minor for line in lines),
        currency=lines[0].product.currency,
        slate_id=next((line.slate_id for line in reversed(lines) if line.slate_id), None),
        delivery_simulated=True,
    )
    rows = [
        OrderLineRow(order.id, place, line.product.item_id, line.quantity, line.product.price_minor, 0)
        for place, line in enumerate(lines, start=1)
    ]
    add_order(connection, order, rows)
    return order
