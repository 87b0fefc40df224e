"""The query for what a conversation was shown last."""

from sqlalchemy import Connection, bindparam, select

from shop.storage.tables import slates

_LATEST = (
    select(slates.c.id)
    .where(slates.c.conversation_id == bindparam("conversation_id"), slates.c.surface == bindparam("surface"))
    .order_by(slates.c.created_at.desc())
    .limit(1)
)


def latest_slate_id(connection: Connection, conversation_id: str, surface: str) -> str | None:
    """Id of the newest slate of a conversation on one surface."""
    found = connection.execute(_LATEST, {"conversation_id": conversation_id, "surface": surface}).scalar()
    return None if found is None else str(found)
