"""Returns, exchanges, refunds, and things that arrived broken or not at all.

Clear cases are decided by the shop's rules, the others wait for a person. Nothing is paid here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shop.context import Audience, Shop
from shop.dates import date_label
from shop.errors import Conflict, InvalidInput, NotFound
from shop.identifiers import new_request_id
from shop.money import minor_units, price_label
from shop.order_access import visible_order
from shop.service_rules import ServiceRules, service_rules
from shop.storage import claims
from shop.storage import service_requests as queries
from shop.storage.catalogue import Product, products_by_id
from shop.storage.orders import OrderLineRow, OrderRow, hold_order, lines_of
from shop.storage.rows import Connection
from shop.storage.service_requests import RequestRow

KINDS = ("return", "exchange", "damaged", "missing", "refund")
SENDS_BACK = ("return", "exchange")
WISHES = ("refund", "replacement")
OPEN, APPROVED, REFUSED = "open", "approved", "refused"
MOST_REASON = 500


class NotPossible(Conflict):
    """What was asked for cannot be done with this order or item; `values` are for its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}", code=code)
        self.values = values


@dataclass(frozen=True)
class Draft:
    """What is asked for. `items` says how many of each; `reason` is a code or the shopper's words."""

    kind: str
    order_id: str
    items: Mapping[str, int]
    reason: str | None = None
    wish: str | None = None


@dataclass(frozen=True)
class ServiceRequest:
    """A request with its words: `sentence` says in one line what it is and how it stands."""

    row: RequestRow
    amount_label: str
    sentence: str

    @property
    def number(self) -> str:
        """What people call it by."""
        return self.row.id


def check_order(shop: Shop, audience: Audience, kind: str, order_id: str) -> None:
    """Make sure that something of an order can be asked for.

    Raises:
        NotFound: the asker may not see such an order.
        NotPossible: `not_delivered`, `order_cancelled` or `too_late_to_return`.
    """
    with shop.database.read() as connection:
        _check_order(visible_order(connection, audience, order_id), kind, shop.now(), service_rules())


def check_items(shop: Shop, audience: Audience, kind: str, order_id: str, items: Mapping[str, int]) -> None:
    """Make sure that these items can be asked for.

    Raises:
        NotFound: the asker may not see such an order, or it does not hold an item (field `item_id`).
        NotPossible: as `check_order`, or `not_returnable` or `already_requested`.
    """
    with shop.database.read() as connection:
        row = visible_order(connection, audience, order_id)
        _checked_lines(shop, audience, connection, row, kind, items)


def file_request(shop: Shop, audience: Audience, draft: Draft) -> ServiceRequest:
    """Write a request down and decide it where the rules are clear.

    Raises:
        InvalidInput: an unknown kind or wish, a reason of more than 500 characters, or a quantity of none.
        NotFound, NotPossible: as `check_items`.
    """
    _check_draft(draft)
    now, rules = shop.now(), service_rules()
    with shop.database.write() as connection:
        row = visible_order(connection, audience, draft.order_id)
        row = hold_order(connection, row.id) or row
        lines = _checked_lines(shop, audience, connection, row, draft.kind, draft.items)
        worth = sum(_paid(line, quantity) for line, quantity in lines)
        gets_money = draft.kind != "exchange" and draft.wish != "replacement"
        request = new_request(
            connection,
            audience,
            row,
            draft.kind,
            [{"item_id": line.product_id, "quantity": quantity} for line, quantity in lines],
            worth if gets_money else 0,
            now,
        )
        status = _decision(draft.kind, worth, row, now, rules)
        request = replace(request, reason=draft.reason, wish=draft.wish, status=status)
        queries.add_request(connection, request)
    return describe(shop, audience.locale, [request])[0]


def requests_of(shop: Shop, audience: Audience, n: int = 5) -> list[ServiceRequest]:
    """The asker's `n` latest requests; while nobody is logged in, those about orders proven here."""
    with shop.database.read() as connection:
        proven: list[str] = []
        if audience.shopper_id is None and audience.conversation_id:
            proven = claims.claimed_orders(connection, audience.conversation_id)
        rows = queries.recent_requests(connection, audience.shopper_id, proven, n)
    return describe(shop, audience.locale, rows)


def describe(shop: Shop, locale: str, rows: Sequence[RequestRow]) -> list[ServiceRequest]:
    """Requests with their words."""
    today, rules = shop.now().date(), service_rules()
    described = []
    for row in rows:
        label = price_label(row.amount_minor, row.currency, locale)
        kind = shop.phrases.say(f"request-kind-{row.kind}", locale)
        state = f"request-state-{row.status}" + ("-money" if row.amount_minor else "")
        days = {"days": rules.answers.refund_days, "persondays": rules.answers.person_days}
        told = shop.phrases.say(state, locale, amount=label, **days)
        day = date_label(row.created_at.date(), locale, today)
        sentence = shop.phrases.say(
            "request-sentence", locale, number=row.id, kind=kind, order=row.order_id, day=day, state=told
        )
        described.append(ServiceRequest(row, label, sentence))
    return described


def new_request(
    connection: Connection,
    audience: Audience,
    order: OrderRow,
    kind: str,
    lines: list[dict[str, object]],
    amount_minor: int,
    now: datetime,
) -> RequestRow:
    """An approved request under a number that is free, ready to be written."""
    number = new_request_id()
    while queries.request_exists(connection, number):
        number = new_request_id()
    return RequestRow(
        id=number,
        order_id=order.id,
        shopper_id=order.shopper_id,
        conversation_id=audience.conversation_id,
        kind=kind,
        lines=lines,
        reason=None,
        wish=None,
        status=APPROVED,
        amount_minor=amount_minor,
        currency=order.currency,
        created_at=now,
        changed_at=now,
    )


def _check_draft(draft: Draft) -> None:
    if draft.kind not in KINDS:
        raise InvalidInput(f"unknown kind {draft.kind!r}, use one of {', '.join(KINDS)}", field="kind")
    if draft.wish is not None and draft.wish not in WISHES:
        raise InvalidInput(f"unknown wish {draft.wish!r}, use one of {', '.join(WISHES)}", field="wish")
    if draft.reason is not None and len(draft.reason) > MOST_REASON:
        raise InvalidInput(f"a reason of more than {MOST_REASON} characters", field="reason")
    if not draft.items:
        raise InvalidInput("a request needs an item", field="items")


def _check_order(order: OrderRow, kind: str, now: datetime, rules: ServiceRules) -> None:
    if order.status in ("cancelled", "returned"):
        raise NotPossible("order_cancelled", order=order.id)
    if order.status != "delivered":
        raise NotPossible("not_delivered", order=order.id)
    if kind in SENDS_BACK and _days_since(order, now) > rules.returns.days:
        raise NotPossible("too_late_to_return", order=order.id, days=rules.returns.days)


def _days_since(order: OrderRow, now: datetime) -> int:
    return (now.date() - (order.delivered_at or order.placed_at).date()).days


def _checked_lines(
    shop: Shop,
    audience: Audience,
    connection: Connection,
    order: OrderRow,
    kind: str,
    items: Mapping[str, int],
) -> list[tuple[OrderLineRow, int]]:
    now, rules = shop.now(), service_rules()
    _check_order(order, kind, now, rules)
    held = {line.product_id: line for line in lines_of(connection, [order.id])[order.id]}
    products = products_by_id(connection, list(items), audience.locale, now.date())
    requests = [
        each
        for each in queries.requests_of_order(connection, order.id)
        if each.kind in KINDS and each.status != REFUSED
    ]
    chosen = []
    for item_id, quantity in items.items():
        line = held.get(item_id)
        if line is None:
            raise NotFound(f"order {order.id!r} has no {item_id!r}", field="item_id", code="not_in_order")
        if not 1 <= quantity <= line.quantity:
            raise InvalidInput(f"quantity must be 1 to {line.quantity}, got {quantity}", field="quantity")
        _check_item(products.get(item_id), kind, rules)
        if _asked_before(requests, item_id) + quantity > line.quantity:
            number = next(each.id for each in requests if _is_about(each, item_id))
            raise NotPossible("already_requested", order=order.id, number=number)
        chosen.append((line, quantity))
    return chosen


def _check_item(item: Product | None, kind: str, rules: ServiceRules) -> None:
    if item is not None and kind in SENDS_BACK and item.department in rules.returns.not_returned:
        raise NotPossible("not_returnable", item=item.name, days=rules.damaged.days)


def _is_about(request: RequestRow, item_id: str) -> bool:
    return any(line["item_id"] == item_id for line in request.lines)


def _asked_before(requests: Sequence[RequestRow], item_id: str) -> int:
    """How many of an item requests were made for already."""
    lines = [line for request in requests for line in request.lines if line["item_id"] == item_id]
    return sum(int(line["quantity"]) for line in lines)


def _paid(line: OrderLineRow, quantity: int) -> int:
    """What was paid for so many of a line, rounded down to whole minor units."""
    return (line.quantity * line.unit_price_minor - line.discount_minor) * quantity // line.quantity


def _decision(kind: str, worth: int, order: OrderRow, now: datetime, rules: ServiceRules) -> str:
    if kind in SENDS_BACK:
        return APPROVED
    if kind == "refund":
        return OPEN
    claims_of_kind = rules.damaged if kind == "damaged" else rules.missing
    in_time = _days_since(order, now) <= claims_of_kind.days
    small = worth <= minor_units(claims_of_kind.approve_up_to, order.currency)
    return APPROVED if in_time and small else OPEN
