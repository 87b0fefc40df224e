"""Whose orders one may see: one's own, and those whose number and e-mail were given in this conversation."""

from shop.context import Audience, Shop
from shop.errors import NotFound, TooMany, Unauthorized
from shop.identifiers import new_id
from shop.service_rules import service_rules
from shop.storage import claims
from shop.storage.orders import OrderRow, is_ordered_with, order_by_id, order_of
from shop.storage.rows import Connection


class TooManyTries(TooMany):
    """Order numbers and e-mail addresses were tried too often in this conversation."""

    code = "too_many_tries"


def unknown_order(order_id: str) -> NotFound:
    """The one answer for orders that do not exist and for those of others."""
    return NotFound(f"no order {order_id!r} of this shopper", field="order_id", code="unknown_order")


def visible_order(connection: Connection, audience: Audience, order_id: str) -> OrderRow:
    """The order, if the asker may see it.

    A proof holds for one conversation and one order, and only while nobody is logged in.

    Raises:
        NotFound: no such order, or another's; which of the two is not told (field `order_id`).
    """
    found: OrderRow | None = None
    if audience.shopper_id is not None:
        found = order_of(connection, audience.shopper_id, order_id)
    elif audience.conversation_id and order_id in claims.claimed_orders(connection, audience.conversation_id):
        found = order_by_id(connection, order_id)
    if found is None:
        raise unknown_order(order_id)
    return found


def claim_order(shop: Shop, audience: Audience, order_id: str, email: str) -> None:
    """Prove that an order is the asker's by its number and the e-mail address it was ordered with.

    Every failure is written down and answered alike, whatever was wrong; the address itself is not kept.

    Raises:
        Unauthorized: there is no conversation that the proof could hold for.
        NotFound: the two do not belong together (code `unknown_order`).
        TooManyTries: that was wrong too often in this conversation; right answers count no more.
    """
    if audience.conversation_id is None:
        raise Unauthorized("a proof needs a conversation")
    most = service_rules().answers.tries
    with shop.database.write() as connection:
        failed = claims.failed_claims(connection, audience.conversation_id)
        right = failed < most and is_ordered_with(connection, order_id, email)
        proven = order_id if right else None
        claims.add_claim(connection, new_id(), audience.conversation_id, proven, shop.now())
    if failed + (not right) >= most:
        raise TooManyTries("too many wrong pairs of order number and e-mail in this conversation")
    if not right:
        raise unknown_order(order_id)


def claimed_orders(shop: Shop, audience: Audience) -> list[str]:
    """Orders that were proven in this conversation, the latest first; none once somebody is logged in."""
    if audience.shopper_id is not None or audience.conversation_id is None:
        return []
    with shop.database.read() as connection:
        return claims.claimed_orders(connection, audience.conversation_id)
