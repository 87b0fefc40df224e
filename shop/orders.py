"""A shopper's orders, and what has become of them, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from shop.catalogue import product_url
from shop.context import Audience, Shop
from shop.dates import date_label
from shop.errors import InvalidInput
from shop.money import amount, price_label
from shop.order_access import visible_order
from shop.storage.catalogue import names_by_id
from shop.storage.orders import OrderLineRow, OrderRow, lines_of
from shop.storage.orders import recent_orders as recent_rows
from shop.storage.rows import Connection

MOST_ORDERS = 50


@dataclass(frozen=True)
class OrderLine:
    """So many of an item; `paid_minor` for the whole line, after discounts."""

    item_id: str
    name: str
    quantity: int
    paid_minor: int


@dataclass(frozen=True)
class Order:
    """An order with its words: `status_label` in a word or two, `sentence` for the chat."""

    row: OrderRow
    lines: tuple[OrderLine, ...]
    locale: str
    placed_label: str
    expected_label: str | None
    status_label: str
    sentence: str

    @property
    def order_id(self) -> str:
        """The order's number."""
        return self.row.id

    @property
    def status(self) -> str:
        """placed, packing, on_the_way, delivered, cancelled or returned."""
        return self.row.status

    def payload(self) -> dict[str, Any]:
        """The order as one message of the chat or one JSON answer."""
        row = self.row
        expected = {
            "expected_on": row.expected_on.isoformat() if row.expected_on else None,
            "expected_label": self.expected_label,
        }
        return {
            "kind": "order",
            "order_id": row.id,
            "placed_at": row.placed_at.isoformat(),
            "placed_label": self.placed_label,
            "status": row.status,
            "status_label": self.status_label,
            "sentence": self.sentence,
            **(expected if row.expected_on else {}),
            "delivery_simulated": row.delivery_simulated,
            "total": amount(row.total_minor, row.currency),
            "total_label": price_label(row.total_minor, row.currency, self.locale),
            "currency": row.currency,
            "lines": [self._line(line) for line in self.lines],
            "invoice_url": invoice_url(row.id),
        }

    def _line(self, line: OrderLine) -> dict[str, Any]:
        return {
            "item_id": line.item_id,
            "name": line.name,
            "url": product_url(line.item_id),
            "quantity": line.quantity,
            "line_total": amount(line.paid_minor, self.row.currency),
            "line_total_label": price_label(line.paid_minor, self.row.currency, self.locale),
        }


def describe_orders(
    shop: Shop, audience: Audience, connection: Connection, rows: Sequence[OrderRow]
) -> list[Order]:
    """Orders with their lines and words, in the asker's language."""
    lines = lines_of(connection, [row.id for row in rows])
    item_ids = {line.product_id for of_order in lines.values() for line in of_order}
    names = names_by_id(connection, item_ids, audience.locale)
    return [_describe(shop, audience.locale, row, lines[row.id], names) for row in rows]


def _describe(
    shop: Shop, locale: str, row: OrderRow, lines: Sequence[OrderLineRow], names: dict[str, str]
) -> Order:
    today = shop.now().date()
    expected = date_label(row.expected_on, locale, today) if row.expected_on else None
    delivered = date_label(row.delivered_at.date(), locale, today) if row.delivered_at else None
    day = {"delivered": delivered, "cancelled": None, "returned": None}.get(row.status, expected)
    status = row.status.replace("_", "-")
    key = f"order-sentence-{status}" if day else f"order-sentence-{status}-undated"
    return Order(
        row=row,
        lines=tuple(
            OrderLine(
                line.product_id,
                names.get(line.product_id, line.product_id),
                line.quantity,
                line.quantity * line.unit_price_minor - line.discount_minor,
            )
            for line in lines
        ),
        locale=locale,
        placed_label=date_label(row.placed_at.date(), locale, today),
        expected_label=expected,
        status_label=shop.phrases.say(f"order-status-{status}", locale),
        sentence=shop.phrases.say(key, locale, order=row.id, **({"day": day} if day else {})),
    )


def recent_orders(shop: Shop, audience: Audience, n: int = 5) -> list[Order]:
    """The logged-in shopper's `n` latest orders, the latest first; none while nobody is logged in.

    Raises:
        InvalidInput: `n` is not between 1 and 50.
    """
    if not 1 <= n <= MOST_ORDERS:
        raise InvalidInput(f"n must be 1 to {MOST_ORDERS}, got {n}", field="n")
    if audience.shopper_id is None:
        return []
    with shop.database.read() as connection:
        rows = recent_rows(connection, audience.shopper_id, n)
        return describe_orders(shop, audience, connection, rows)


def find_order(shop: Shop, audience: Audience, order_id: str) -> Order:
    """One order of the asker's, who is logged in or proved in this conversation that it is theirs.

    Raises:
        NotFound: no such order, or another's; which of the two is not told (field `order_id`).
    """
    with shop.database.read() as connection:
        row = visible_order(connection, audience, order_id)
        return describe_orders(shop, audience, connection, [row])[0]


def invoice_url(order_id: str) -> str:
    """Where an order's invoice stands, as a path of the shop."""
    return f"/orders/{quote(order_id, safe='')}/invoice"
