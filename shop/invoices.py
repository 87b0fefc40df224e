"""The invoice of an order: what was bought, what was taken off, what was paid, and what goes back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shop.context import Audience, Shop
from shop.dates import date_label
from shop.money import price_label
from shop.order_access import visible_order
from shop.orders import Order, describe_orders
from shop.service_requests import APPROVED
from shop.storage import addresses
from shop.storage.orders import lines_of
from shop.storage.service_requests import requests_of_order
from shop.storage.shoppers import find_shopper


@dataclass(frozen=True)
class Invoice:
    """An invoice; amounts in minor units of the order's currency.

    No tax is shown: the demo shop charges none and does not know any. `refunded_minor` was promised in
    requests since; what was taken out of the order before it left is no longer on it.
    """

    order: Order
    name: str | None
    address: str | None
    issued_on: date
    listed_minor: int
    refunded_minor: int
    each_minor: dict[str, int]

    @property
    def total_minor(self) -> int:
        """What the order cost."""
        return self.order.row.total_minor

    def payload(self) -> dict[str, Any]:
        """The invoice as a page shows it."""
        locale, currency = self.order.locale, self.order.row.currency
        off = self.listed_minor - self.total_minor
        return {
            "number": self.order.order_id,
            "issued_label": date_label(self.issued_on, locale, self.issued_on),
            "name": self.name,
            "address": self.address,
            "order": self.order.payload(),
            "each": {item: price_label(each, currency, locale) for item, each in self.each_minor.items()},
            "listed_label": price_label(self.listed_minor, currency, locale),
            "discount_label": price_label(-off, currency, locale) if off else None,
            "total_label": price_label(self.total_minor, currency, locale),
            "refunded_label": price_label(self.refunded_minor, currency, locale)
            if self.refunded_minor
            else None,
        }


def invoice_of(shop: Shop, audience: Audience, order_id: str) -> Invoice:
    """The invoice of one of the asker's orders.

    Raises:
        NotFound: the asker may not see such an order (field `order_id`).
    """
    with shop.database.read() as connection:
        row = visible_order(connection, audience, order_id)
        lines = lines_of(connection, [row.id])[row.id]
        owner = find_shopper(connection, row.shopper_id) if row.shopper_id else None
        requests = [each for each in requests_of_order(connection, row.id) if each.kind != "change"]
        address = addresses.address_of_order(connection, row.id)
        if address is None and row.shopper_id:
            address = addresses.address_of_shopper(connection, row.shopper_id)
        return Invoice(
            order=describe_orders(shop, audience, connection, [row])[0],
            name=owner.display_name if owner else None,
            address=address,
            issued_on=row.placed_at.date(),
            listed_minor=sum(line.quantity * line.unit_price_minor for line in lines),
            refunded_minor=sum(each.amount_minor for each in requests if each.status in (APPROVED, "done")),
            each_minor={line.product_id: line.unit_price_minor for line in lines},
        )
