"""What somebody told us: consents, corrections, favourites, the account; and what one visit knows."""

from collections.abc import Iterator
from datetime import datetime

from shop.avoiding import AVOID, GIFT, GIFT_ORDER
from shop.corrections import Correction, label
from shop.profile_facts import Fact
from shop.rights import UNTIL_TOLD
from shop.storage.carts import cart_of
from shop.storage.corrections import corrections_of
from shop.storage.events import recent_events
from shop.storage.rights import latest_consent
from shop.storage.rows import Connection
from shop.storage.shoppers import Shopper

MOST_TOLD = 5
_LOOKED_AT = ("click", "add_to_cart")
_TOPICS = {GIFT: "gift", GIFT_ORDER: "gift_order", AVOID: "avoid"}


def said_facts(connection: Connection, owner: str, locale: str, now: datetime) -> Iterator[Fact]:
    """What a shopper, or an anonymous visit, said: consents, corrections, favourites and dismissals."""
    for purpose in UNTIL_TOLD:
        consent = latest_consent(connection, owner, purpose)
        if consent is not None:
            yield Fact("consent", "told", {"purpose": purpose, "granted": consent.granted})
    for correction in label(connection, corrections_of(connection, owner), locale):
        yield _corrected(correction)
    yield from _noticed(connection, owner, None, ("favourite", "dismiss"), now)


def visit_facts(connection: Connection, visit: str, now: datetime) -> Iterator[Fact]:
    """What is known of somebody who is not logged in: what they looked at, and their cart."""
    yield from _noticed(connection, None, visit, ("favourite", "dismiss"), now)
    events = recent_events(connection, None, visit, _long_ago(now))
    looked_at = dict.fromkeys(event.item_id for event in reversed(events) if event.kind in _LOOKED_AT)
    yield from (Fact("viewed", "visit", {"item_id": item_id}) for item_id in list(looked_at)[:MOST_TOLD])
    held = [line.item_id for line in cart_of(connection, visit)]
    yield from (Fact("in_cart", "visit", {"item_id": item_id}) for item_id in held[:MOST_TOLD])


def account_facts(shopper: Shopper) -> Iterator[Fact]:
    """Name and e-mail address, where the shop has them and did not make them up."""
    if shopper.simulated:
        return
    for topic, value in (("name", shopper.display_name), ("email", shopper.email)):
        if value:
            yield Fact(topic, "told", {"value": value})


def _corrected(correction: Correction) -> Fact:
    detail = {"label": correction.label, "correction_id": correction.id}
    return Fact(_TOPICS.get(correction.kind, "avoid_group"), "told", detail)


def _noticed(
    connection: Connection, shopper_id: str | None, visit: str | None, kinds: tuple[str, ...], now: datetime
) -> Iterator[Fact]:
    events = recent_events(connection, shopper_id, visit, _long_ago(now))
    for kind in kinds:
        items = dict.fromkeys(event.item_id for event in reversed(events) if event.kind == kind)
        yield from (Fact(kind, "told", {"item_id": item_id}) for item_id in list(items)[:MOST_TOLD])


def _long_ago(now: datetime) -> datetime:
    return datetime.min.replace(tzinfo=now.tzinfo)
