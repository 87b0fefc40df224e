"""What is on the shopper's screen: a conversation's last slate, so that "the second one" means something."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from shop.context import Audience, Shop
from shop.storage.catalogue import Product, products_by_id
from shop.storage.screens import latest_slate_id
from shop.storage.slates import find_slate, slate_items
from shop.wishes import SETS, Wish


@dataclass(frozen=True)
class Screen:
    """A slate as the log has it: what had been asked for (`wish`, `about`), and its items in their places."""

    slate_id: str
    purpose: str
    wish: Wish
    about: tuple[str, ...]
    items: tuple[Product, ...]


def last_screen(shop: Shop, audience: Audience) -> Screen | None:
    """The newest slate of this conversation on this surface, with its products as they are sold now."""
    if audience.conversation_id is None:
        return None
    with shop.database.read() as connection:
        slate_id = latest_slate_id(connection, audience.conversation_id, audience.surface)
        slate = find_slate(connection, slate_id) if slate_id else None
        if slate is None:
            return None
        item_ids = [shown.item_id for shown in slate_items(connection, slate.id)]
        known = products_by_id(connection, item_ids, audience.locale, shop.now().date())
    items = tuple(known[item_id] for item_id in item_ids if item_id in known)
    return Screen(slate.id, slate.purpose, _wish(slate.query), tuple(slate.query.get("about", ())), items)


def _wish(query: Mapping[str, Any]) -> Wish:
    """The wish that a slate's query records."""
    given = {each.name: query[each.name] for each in fields(Wish) if each.name in query}
    return Wish(**given | {name: frozenset(query.get(name, ())) for name in SETS})
