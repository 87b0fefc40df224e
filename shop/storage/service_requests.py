"""Queries on service requests."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from shop.storage.rows import all_of
from shop.storage.tables import service_requests


@dataclass(frozen=True)
class RequestRow:
    """What a shopper asked for about an order; `lines` are item ids with quantities."""

    id: str
    order_id: str
    shopper_id: str | None
    conversation_id: str | None
    kind: str
    lines: list[dict[str, Any]]
    reason: str | None
    wish: str | None
    status: str
    amount_minor: int
    currency: str
    created_at: datetime
    changed_at: datetime


_REQUEST = select(*(service_requests.c[name] for name in RequestRow.__dataclass_fields__)).order_by(
    service_requests.c.created_at.desc(), service_requests.c.id.desc()
)


def add_request(connection: Connection, row: RequestRow) -> None:
    """Write a request."""
    connection.execute(insert(service_requests), asdict(row))


def request_exists(connection: Connection, request_id: str) -> bool:
    """Whether the number is taken."""
    chosen = select(service_requests.c.id).where(service_requests.c.id == request_id)
    return connection.execute(chosen).first() is not None


def requests_of_order(connection: Connection, order_id: str) -> list[RequestRow]:
    """Every request about an order, the latest first."""
    chosen = _REQUEST.where(service_requests.c.order_id == order_id)
    return all_of(RequestRow, connection.execute(chosen))


def recent_requests(
    connection: Connection, shopper_id: str | None, order_ids: Sequence[str], n: int
) -> list[RequestRow]:
    """The `n` latest requests of a shopper, or about one of these orders."""
    whose: list[ColumnElement[bool]] = [service_requests.c.order_id.in_(order_ids)]
    if shopper_id is not None:
        whose.append(service_requests.c.shopper_id == shopper_id)
    return all_of(RequestRow, connection.execute(_REQUEST.where(or_(*whose)).limit(n)))
