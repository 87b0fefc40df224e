"""Taking the last step back: the screen before comes again, as it was."""

from typing import cast

from recommender.ranking import RankedItem, Source
from shop.context import Audience, Shop
from shop.reasons import read_names, restored, say_reasons
from shop.screens import BRINGS_BACK, pile
from shop.slates import Slate, SlateItem, log_slate
from shop.storage.catalogue import products_by_id
from shop.storage.rows import Connection
from shop.storage.screens import ShownRow, take_back_dismissals
from shop.storage.slates import find_slate, slate_items


def bring_back(shop: Shop, audience: Audience) -> Slate | None:
    """Show the screen before the last one again, at the prices of this moment; None where there is none.

    What was turned down on it counts as not turned down. It is logged as a slate of its own, for it is shown
    anew, and so what is taken back next is the screen before that.
    """
    if audience.conversation_id is None:
        return None
    with shop.database.write() as connection:
        lying = pile(connection, audience)
        if len(lying) < 2:
            return None
        before = lying[-2]
        take_back_dismissals(connection, before.slate_id)
        cards = _cards(shop, audience, connection, before)
        known = find_slate(connection, before.slate_id)
    version = known.model_version if known else None
    query = before.query | {BRINGS_BACK: before.slate_id}
    return log_slate(shop, audience, before.purpose, cards, query=query, model_version=version)


def _cards(shop: Shop, audience: Audience, connection: Connection, before: ShownRow) -> list[SlateItem]:
    """The cards of a slate whose products are still sold."""
    rows = slate_items(connection, before.slate_id)
    sold = products_by_id(connection, [row.item_id for row in rows], audience.locale, shop.now().date())
    items = [
        RankedItem(row.item_id, row.score, cast(Source, row.source), tuple(map(restored, row.reasons)))
        for row in rows
        if row.item_id in sold and sold[row.item_id].active
    ]
    names = read_names(connection, [reason for item in items for reason in item.reasons], audience.locale)
    return [
        SlateItem(
            sold[item.item_id],
            position,
            item,
            say_reasons(shop.phrases, item.reasons, names, audience.locale),
            audience.locale,
            audience.shown_in,
        )
        for position, item in enumerate(items, start=1)
    ]
