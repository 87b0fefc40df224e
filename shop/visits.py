"""What is known of whoever asks, at this moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from shop.context import Audience
from shop.rights import UNTIL_TOLD
from shop.storage.carts import cart_of
from shop.storage.events import recent_events
from shop.storage.interactions import Basket, baskets_of
from shop.storage.rights import latest_consent
from shop.storage.rows import Connection
from shop.storage.slates import days_shown

SESSION = timedelta(hours=6)
TIRING = timedelta(days=14)
LONGEST_SESSION = 30
LONGEST_HISTORY = 1000
NOT_LOOKED_AT = ("dismiss", "rating")
# On the scale from 1 to 5: two and less is what people give to what they would not take again.
POOR_RATING = 2.0


@dataclass(frozen=True)
class Visit:
    """The asker's orders (latest first), the items looked at lately (oldest first), what they rated, what
    must not be shown, on how many days of late each item was shown and left alone, and whether
    personalisation is allowed. Orders and days are empty without it, or where the question needs none."""

    baskets: tuple[Basket, ...] = ()
    session: tuple[str, ...] = ()
    ratings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    dismissed: frozenset[str] = frozenset()
    in_cart: tuple[str, ...] = ()
    shown: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    personal: bool = True

    @property
    def hidden(self) -> frozenset[str]:
        """Items never to recommend: turned down by the asker, or in the cart already."""
        return self.dismissed.union(self.in_cart)

    @property
    def had(self) -> frozenset[str]:
        """Items that the asker bought or rated, as far as the orders were read."""
        return frozenset(item_id for basket in self.baskets for item_id in basket.item_ids).union(
            self.ratings
        )

    @property
    def disliked(self) -> frozenset[str]:
        """Items that the asker rated poorly."""
        return frozenset(item_id for item_id, stars in self.ratings.items() if stars <= POOR_RATING)


def read_visit(
    connection: Connection, audience: Audience, now: datetime, *, orders: bool, showings: bool = False
) -> Visit:
    """Read the visit: up to six small queries, each by an index; the one for orders is the largest.

    orders, showings: whether the question needs what the asker bought, and what they were shown lately.
    """
    if audience.owner is None:
        return Visit()
    shopper_id = audience.shopper_id
    said = latest_consent(connection, audience.owner, "personalisation")
    personal = UNTIL_TOLD["personalisation"] if said is None else said.granted
    events = recent_events(connection, shopper_id, audience.conversation_id, now - SESSION)
    dismissed = frozenset(event.item_id for event in events if event.kind == "dismiss")
    ratings = {event.item_id: event.value or 0.0 for event in events if event.kind == "rating"}
    looked_at = (event.item_id for event in events if event.kind not in NOT_LOOKED_AT)
    seen = [item_id for item_id in looked_at if item_id not in dismissed]
    known = shopper_id if personal else None
    return Visit(
        baskets=tuple(baskets_of(connection, known, LONGEST_HISTORY)) if known and orders else (),
        session=tuple(seen[-LONGEST_SESSION:]),
        ratings=ratings,
        dismissed=dismissed,
        shown=days_shown(connection, known, "recommend", now - TIRING) if known and showings else {},
        in_cart=tuple(line.item_id for line in cart_of(connection, audience.owner)),
        personal=personal,
    )
