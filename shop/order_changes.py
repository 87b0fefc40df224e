"""Cancelling an order, taking things out of it, and sending it elsewhere, while it has not left yet."""

from dataclasses import dataclass, replace

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound, Unauthorized
from shop.identifiers import new_id
from shop.order_access import visible_order
from shop.orders import Order, describe_orders
from shop.service_requests import NotPossible, ServiceRequest, describe, new_request
from shop.service_rules import service_rules
from shop.storage import addresses
from shop.storage.orders import OrderRow, hold_order, lines_of, recent_orders, set_line, set_status, set_total
from shop.storage.rights import AuditRow, add_audit
from shop.storage.rows import Connection
from shop.storage.service_requests import RequestRow, add_request
from shop.storage.stock import give_stock

CANCELLED = "cancelled"
MOST_ADDRESS, LEAST_ADDRESS = 300, 8
MOST_OPEN_ORDERS = 50


@dataclass(frozen=True)
class Changed:
    """An order after a change, and the money that goes back for it, if any does."""

    order: Order
    request: ServiceRequest | None = None


def check_cancelling(shop: Shop, audience: Audience, order_id: str) -> None:
    """Make sure that an order can still be cancelled.

    Raises:
        NotFound: the asker may not see such an order.
        NotPossible: `order_cancelled`, or `too_late_to_cancel`.
    """
    with shop.database.read() as connection:
        _check_cancelling(visible_order(connection, audience, order_id))


def check_changing(shop: Shop, audience: Audience, order_id: str) -> None:
    """Make sure that an order can still be changed.

    Raises:
        NotFound: the asker may not see such an order.
        NotPossible: `order_cancelled`, or `too_late_to_change`.
    """
    with shop.database.read() as connection:
        _check_changing(visible_order(connection, audience, order_id))


def check_redirecting(shop: Shop, audience: Audience, order_id: str) -> None:
    """Make sure that an order can still go elsewhere.

    Raises:
        NotFound: the asker may not see such an order.
        NotPossible: `order_cancelled`, or `too_late_for_address`.
    """
    with shop.database.read() as connection:
        _check_redirecting(visible_order(connection, audience, order_id))


def cancel_order(shop: Shop, audience: Audience, order_id: str) -> Changed:
    """Cancel an order: its state, the stock, and what goes back, in one transaction; of two at once one wins.

    Raises:
        NotFound: the asker may not see such an order.
        NotPossible: `order_cancelled` already, or `too_late_to_cancel`.
    """
    now = shop.now()
    with shop.database.write() as connection:
        order = _held(connection, audience, order_id)
        _check_cancelling(order)
        lines = sorted(lines_of(connection, [order.id])[order.id], key=lambda line: line.product_id)
        for line in lines:
            give_stock(connection, line.product_id, line.quantity, now)
        set_status(connection, order.id, CANCELLED)
        taken = [{"item_id": line.product_id, "quantity": line.quantity} for line in lines]
        request = new_request(connection, audience, order, "cancel", taken, order.total_minor, now)
        add_request(connection, request)
        _audit(shop, connection, audience, "cancel_order", order)
        return _changed(shop, audience, connection, replace(order, status=CANCELLED), request)


def set_quantity(shop: Shop, audience: Audience, order_id: str, item_id: str, quantity: int) -> Changed:
    """Keep fewer of an item of an order, or none; stock, total and what goes back in one transaction.

    Raises:
        InvalidInput: not fewer than there are (field `quantity`).
        NotFound: the asker may not see such an order, or it does not hold the item (field `item_id`).
        NotPossible: `order_cancelled`, `too_late_to_change`, or `last_item` when nothing would be left.
    """
    now = shop.now()
    with shop.database.write() as connection:
        order = _held(connection, audience, order_id)
        _check_changing(order)
        lines = lines_of(connection, [order.id])[order.id]
        line = next((line for line in lines if line.product_id == item_id), None)
        if line is None:
            raise NotFound(f"order {order_id!r} has no {item_id!r}", field="item_id", code="not_in_order")
        if not 0 <= quantity < line.quantity:
            raise InvalidInput(f"quantity must be 0 to {line.quantity - 1}, got {quantity}", field="quantity")
        if quantity == 0 and len(lines) == 1:
            raise NotPossible("last_item", order=order.id)
        kept = replace(
            line, quantity=quantity, discount_minor=line.discount_minor * quantity // line.quantity
        )
        back = (line.quantity - quantity) * line.unit_price_minor - (
            line.discount_minor - kept.discount_minor
        )
        set_line(connection, kept)
        set_total(connection, order.id, order.total_minor - back)
        give_stock(connection, item_id, line.quantity - quantity, now)
        taken = [{"item_id": item_id, "quantity": line.quantity - quantity}]
        request = new_request(connection, audience, order, "change", taken, back, now)
        add_request(connection, request)
        _audit(shop, connection, audience, "change_order", order)
        changed = replace(order, total_minor=order.total_minor - back)
        return _changed(shop, audience, connection, changed, request)


def set_address(shop: Shop, audience: Audience, address: str, order_id: str | None = None) -> list[str]:
    """Send orders to this address: the shopper's open and coming ones, or just `order_id`.

    Answers the numbers of the orders that go there now.

    Raises:
        Unauthorized: nobody is logged in and no order is named.
        InvalidInput: not an address by its length (field `address`).
        NotFound: the asker may not see such an order.
        NotPossible: the order is cancelled (`order_cancelled`) or has left (`too_late_for_address`).
    """
    address = " ".join(address.split())
    if not LEAST_ADDRESS <= len(address) <= MOST_ADDRESS:
        raise InvalidInput("an address has 8 to 300 characters", field="address", code="no_address")
    if audience.shopper_id is None and order_id is None:
        raise Unauthorized("an address needs a shopper or an order", code="login_required")
    states = service_rules().address.states
    with shop.database.write() as connection:
        if order_id is not None:
            orders = [_held(connection, audience, order_id)]
            _check_redirecting(orders[0])
        else:
            shopper_id = audience.shopper_id or ""
            addresses.put_shopper_address(connection, shopper_id, address, shop.now())
            orders = recent_orders(connection, shopper_id, MOST_OPEN_ORDERS)
        open_ids = [order.id for order in orders if order.status in states]
        for each in sorted(open_ids):
            addresses.put_order_address(connection, each, address, shop.now())
    return open_ids


def address_of(shop: Shop, audience: Audience) -> str | None:
    """Where the logged-in shopper's orders go, if that is known."""
    if audience.shopper_id is None:
        return None
    with shop.database.read() as connection:
        return addresses.address_of_shopper(connection, audience.shopper_id)


def _held(connection: Connection, audience: Audience, order_id: str) -> OrderRow:
    """The asker's order as it stands once nobody else is changing it."""
    order = visible_order(connection, audience, order_id)
    return hold_order(connection, order.id) or order


def _check_cancelling(order: OrderRow) -> None:
    _check_open(order)
    if order.status not in service_rules().cancel.states:
        raise NotPossible("too_late_to_cancel", order=order.id, days=service_rules().returns.days)


def _check_changing(order: OrderRow) -> None:
    _check_open(order)
    if order.status not in service_rules().change.states:
        raise NotPossible("too_late_to_change", order=order.id)


def _check_redirecting(order: OrderRow) -> None:
    _check_open(order)
    if order.status not in service_rules().address.states:
        raise NotPossible("too_late_for_address", order=order.id)


def _check_open(order: OrderRow) -> None:
    if order.status == CANCELLED:
        raise NotPossible("order_cancelled", order=order.id)


def _audit(shop: Shop, connection: Connection, audience: Audience, action: str, order: OrderRow) -> None:
    actor, detail = audience.owner or "", {"order": order.id, "surface": audience.surface}
    add_audit(connection, AuditRow(new_id(), actor, action, order.shopper_id, detail, shop.now()))


def _changed(
    shop: Shop, audience: Audience, connection: Connection, order: OrderRow, request: RequestRow
) -> Changed:
    described = describe_orders(shop, audience, connection, [order])[0]
    return Changed(described, describe(shop, audience.locale, [request])[0])
