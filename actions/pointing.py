"""Which item "the second one", "that", "the oat milk" or "both" means: always one that is on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.reply import AskBack, Button, Reply
from actions.turn import NAMES, Turn, said_for
from actions.words import shared, stems
from shop.catalogue import Product, product
from shop.screens import Screen, last_screen

LAST, BOTH, ALL = "last", "both", "all"
MOST_CHOICES = 5


@dataclass(frozen=True)
class Pointed:
    """An item that was meant, and the slate that showed it, if one did."""

    item: Product
    slate_id: str | None = None


def point_at_one(turn: Turn) -> Pointed:
    """The one item that is meant.

    Raises:
        AskBack: nothing was shown yet, or it could be any of several.
        NotFound: a button stands for an item that is no longer sold.
    """
    meant = point(turn)
    if len(meant) == 1:
        return meant[0]
    if not meant and last_screen(turn.shop, turn.audience) is None:
        raise AskBack(Reply("utter_nothing_shown"))
    raise AskBack(which_one(turn, "utter_which_one"))


def point(turn: Turn) -> list[Pointed]:
    """Every item that is meant; none when the words point at nothing in particular.

    Raises:
        AskBack: the list on the screen is shorter than the number that was named.
        NotFound: a button stands for an item that is no longer sold.
    """
    if item_id := turn.first("item_id"):
        item = product(turn.shop, str(item_id), turn.audience.locale)
        return [Pointed(item, turn.first("slate_id"))]
    screen = last_screen(turn.shop, turn.audience)
    if screen is None or not screen.items:
        return _in_focus(turn, None)
    items = by_number(turn, screen.items) or by_name(turn, screen.items)
    if items:
        return [Pointed(item, screen.slate_id) for item in items]
    return _in_focus(turn, screen) or (
        [Pointed(screen.items[0], screen.slate_id)] if len(screen.items) == 1 else []
    )


def by_number(turn: Turn, items: Sequence[Product]) -> list[Product]:
    """The items at the places that were named; `items` are what is counted.

    Raises:
        AskBack: there are not that many.
    """
    numbers = [str(value) for value in turn.values("ordinal")]
    if ALL in numbers or (BOTH in numbers and len(items) == 2):
        return list(items)
    places = [
        -1 if number == LAST else int(number) - 1 for number in numbers if number == LAST or number.isdigit()
    ]
    if any(place >= len(items) for place in places):
        raise AskBack(which_one(turn, "utter_not_that_many", items))
    return [items[place] for place in places]


def by_name(turn: Turn, items: Sequence[Product]) -> list[Product]:
    """The one item whose name has most of the message's words; it must have every product word of them."""
    said = stems(turn.text)
    product_words = {
        stem for entity in turn.entities if entity.name in NAMES for stem in stems(said_for(turn, entity))
    }
    names = [stems(item.name) for item in items]
    shares = [(shared(said, name), shared(product_words, name)) for name in names]
    scores = [len(said_of) if products_of == product_words else 0 for said_of, products_of in shares]
    best = max(scores, default=0)
    return [items[scores.index(best)]] if best and scores.count(best) == 1 else []


def which_one(turn: Turn, response: str, items: Sequence[Product] | None = None) -> Reply:
    """Ask which of the items is meant, with a button for each that repeats what the shopper wanted."""
    if items is None:
        screen = last_screen(turn.shop, turn.audience)
        items = screen.items if screen else ()
    kept = {name: value for name in ("quantity",) if (value := turn.first(name)) is not None}
    buttons = [
        Button(item.name, turn.intent, {"item_id": item.item_id} | kept) for item in items[:MOST_CHOICES]
    ]
    return Reply(response, {"count": len(items)}, buttons=buttons)


def _in_focus(turn: Turn, screen: Screen | None) -> list[Pointed]:
    """The item just spoken of, when the message names nothing else."""
    if turn.focus is None:
        return []
    item = product(turn.shop, turn.focus, turn.audience.locale)
    shown = screen is not None and item.item_id in {each.item_id for each in screen.items}
    return [Pointed(item, screen.slate_id if screen and shown else None)]
