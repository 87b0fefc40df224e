"""What people do with what they are shown, joined to it by the slate."""

import base64
from datetime import datetime
from hashlib import blake2b

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.identifiers import new_id
from shop.storage.events import EventRow, add_events
from shop.storage.rows import Connection
from shop.storage.slates import ImpressionRow, SlateRow, find_impression, find_slate

KINDS = ("impression", "click", "add_to_cart", "purchase", "favourite", "dismiss", "rating")
LOWEST_RATING, HIGHEST_RATING = 1, 5


def _impression_id(slate_id: str, item_id: str) -> str:
    """The same for the same item on the same slate, so that seeing it twice is one event."""
    digest = blake2b(f"{slate_id}\n{item_id}".encode(), digest_size=16, person=b"impression").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def new_event(
    audience: Audience, kind: str, item_id: str, slate_id: str | None, value: float | None, now: datetime
) -> EventRow:
    """An event of the asker, ready to be written."""
    once = kind == "impression" and slate_id is not None
    return EventRow(
        id=_impression_id(slate_id or "", item_id) if once else new_id(),
        kind=kind,
        item_id=item_id,
        slate_id=slate_id,
        shopper_id=audience.shopper_id,
        conversation_id=audience.conversation_id,
        value=value,
        created_at=now,
    )


def own_slate(connection: Connection, audience: Audience, slate_id: str) -> SlateRow:
    """The slate, if it was shown to this shopper, or in this conversation before anybody logged in.

    Raises:
        NotFound: it was not, or does not exist; which of the two is not told.
    """
    slate = find_slate(connection, slate_id)
    if slate is not None:
        shown_to = slate.conversation_id if slate.shopper_id is None else slate.shopper_id
        asker = audience.conversation_id if slate.shopper_id is None else audience.shopper_id
        if asker is not None and shown_to == asker:
            return slate
    raise NotFound(f"no slate {slate_id!r}", field="slate_id", code="unknown_slate")


def check_on_slate(
    connection: Connection, audience: Audience, slate_id: str, item_id: str
) -> tuple[SlateRow, ImpressionRow]:
    """One of the asker's slates, and how it showed an item.

    Raises:
        NotFound: not the asker's slate (field `slate_id`), or the item is not on it (field `item_id`).
    """
    slate = own_slate(connection, audience, slate_id)
    shown = find_impression(connection, slate_id, item_id)
    if shown is None:
        raise NotFound(f"no item {item_id!r} on slate {slate_id!r}", field="item_id", code="unknown_item")
    return slate, shown


def _checked_value(kind: str, value: float | None) -> float | None:
    if kind == "rating":
        if value is None or not LOWEST_RATING <= value <= HIGHEST_RATING:
            raise InvalidInput(
                f"a rating needs a value from {LOWEST_RATING} to {HIGHEST_RATING}, got {value}", field="value"
            )
    elif value is not None and not 0 < value < float("inf"):
        raise InvalidInput(f"value must be a positive number, got {value}", field="value")
    return value


def record_event(
    shop: Shop, audience: Audience, slate_id: str, item_id: str, kind: str, value: float | None = None
) -> str:
    """Write down what the asker did with an item of a slate; answers the event's id.

    An impression is recorded once per slate and item, everything else each time.

    Raises:
        InvalidInput: unknown kind (field `kind`), or a value that does not fit (field `value`).
        NotFound: not the asker's slate (field `slate_id`), or the item is not on it (field `item_id`).
    """
    if kind not in KINDS:
        raise InvalidInput(f"unknown kind {kind!r}, use one of {', '.join(KINDS)}", field="kind")
    value = _checked_value(kind, value)
    with shop.database.write() as connection:
        check_on_slate(connection, audience, slate_id, item_id)
        event = new_event(audience, kind, item_id, slate_id, value, shop.now())
        add_events(connection, [event])
    return event.id
