"""What the shop knows of one product, fact by fact."""

from dataclasses import dataclass

from shop.comparison import sides_of
from shop.comparison_rows import rows_of
from shop.context import Audience, Shop
from shop.questions import ask
from shop.storage.catalogue import Product
from shop.wishes import ANYTHING


@dataclass(frozen=True)
class Details:
    """A product, and what is known of it, a line each: "Size: 32 oz"; the asker's purchases among it."""

    item: Product
    lines: tuple[str, ...]


def details(shop: Shop, audience: Audience, item_id: str) -> Details:
    """Price, size, brand, place in the shop, stock, popularity, and when the asker last bought it.

    Raises:
        NotFound: the shop does not know the item (field `item_id`).
    """
    with shop.database.read() as connection:
        question = ask(shop, audience, ANYTHING, connection, about=[item_id], personal=True)
        item = question.about[item_id]
        rows = rows_of(sides_of(shop, question, connection, [item]))
    say = shop.phrases.say
    lines = (say(f"details-{row.key}", audience.locale, value=row.values[0]) for row in rows)
    return Details(item, tuple(lines))
