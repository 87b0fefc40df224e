"""What is on the shopper's screen: a conversation's last slate, so that "the second one" means something.

Slates lie on each other like cards: each new one covers the one before, and "take that back" lifts it off.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from shop.context import Audience, Shop
from shop.storage.catalogue import Product, products_by_id
from shop.storage.rows import Connection
from shop.storage.screens import ShownRow, latest_slates
from shop.storage.slates import slate_items
from shop.wishes import SETS, Wish

COMPARE = "compare"
# The key in a slate's query that names the slate whose items it brings back.
BRINGS_BACK = "brings_back"
MOST_REMEMBERED = 40


@dataclass(frozen=True)
class Screen:
    """A slate as the log has it: what had been asked for (`wish`, `about`), its items, and when."""

    slate_id: str
    purpose: str
    wish: Wish
    about: tuple[str, ...]
    items: tuple[Product, ...]
    shown_at: datetime


def last_screen(shop: Shop, audience: Audience, *, compared: bool = True) -> Screen | None:
    """What lies on top for this conversation on this surface, with its products as they are sold now.

    compared: count things that were put side by side as a screen too.
    """
    if audience.conversation_id is None:
        return None
    with shop.database.read() as connection:
        lying = [each for each in pile(connection, audience) if compared or each.purpose != COMPARE]
        if not lying:
            return None
        top = lying[-1]
        item_ids = [shown.item_id for shown in slate_items(connection, top.slate_id)]
        known = products_by_id(connection, item_ids, audience.locale, shop.now().date())
    items = tuple(known[item_id] for item_id in item_ids if item_id in known)
    about = tuple(top.query.get("about", ()))
    return Screen(top.slate_id, top.purpose, wish_of(top.query), about, items, top.shown_at)


def pile(connection: Connection, audience: Audience) -> list[ShownRow]:
    """The conversation's slates that lie on each other, the topmost last; what was taken back is gone."""
    shown = latest_slates(connection, audience.conversation_id or "", audience.surface, MOST_REMEMBERED)
    lying: list[ShownRow] = []
    for each in reversed(shown):
        if BRINGS_BACK in each.query:
            del lying[-2:]
        lying.append(each)
    return lying


def wish_of(query: Mapping[str, Any]) -> Wish:
    """The wish that a slate's query records."""
    given = {each.name: query[each.name] for each in fields(Wish) if each.name in query}
    return Wish(**given | {name: frozenset(query.get(name, ())) for name in SETS})
