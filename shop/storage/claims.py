"""Queries on who proved that an order is theirs without logging in, and who failed to."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from shop.storage.tables import order_claims


def add_claim(
    connection: Connection, claim_id: str, conversation_id: str, order_id: str | None, now: datetime
) -> None:
    """Write down a try; `order_id` is the order that was proven, None where nothing was."""
    row = {"id": claim_id, "conversation_id": conversation_id, "order_id": order_id, "created_at": now}
    connection.execute(insert(order_claims), row)


def failed_claims(connection: Connection, conversation_id: str) -> int:
    """How often nothing was proven in this conversation."""
    failed = (order_claims.c.conversation_id == conversation_id, order_claims.c.order_id.is_(None))
    return int(connection.scalar(select(func.count()).where(*failed)) or 0)


def claimed_orders(connection: Connection, conversation_id: str) -> list[str]:
    """Orders that were proven in this conversation, the latest first."""
    proven = (order_claims.c.conversation_id == conversation_id, order_claims.c.order_id.is_not(None))
    chosen = select(order_claims.c.order_id).where(*proven).order_by(order_claims.c.created_at.desc())
    return list(dict.fromkeys(connection.execute(chosen).scalars()))
