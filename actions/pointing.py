"""Which item "the second one", "that", "the oat milk" or "both" means: always one that is on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.critiques import content_to_compare
from actions.money import told
from actions.reply import AskBack, Button, Reply
from actions.turn import NAMES, Entity, Turn, said_for
from actions.wanted import SHELVES
from actions.words import shared, stems
from shop.catalogue import Product, product
from shop.screens import Screen, last_screen

LAST, BOTH, ALL = "last", "both", "all"
# Values of the entity `ordinal` that stand for several places, or for one that is not counted from the front.
_GROUPS: dict[str, Callable[[Sequence[Product]], Sequence[Product]]] = {
    "first_two": lambda items: items[:2],
    "last_two": lambda items: items[-2:],
}
MIDDLE = "middle"
MOST_CHOICES = 5
# Where "the cheaper one" points at something, instead of asking for something cheaper.
_POINTING = frozenset(
    {
        "add_to_cart",
        "ask_bundle",
        "ask_price",
        "ask_product_details",
        "explain_recommendation",
        "remove_from_cart",
    }
)


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
    items = by_number(turn, screen.items) or by_name(turn, screen.items) or by_degree(turn, screen.items)
    if items:
        return [Pointed(item, screen.slate_id) for item in items]
    return _in_focus(turn, screen) or (
        [Pointed(screen.items[0], screen.slate_id)] if len(screen.items) == 1 else []
    )


def by_number(turn: Turn, items: Sequence[Product]) -> list[Product]:
    """The items at the places that were named, each once; `items` are what is counted.

    Raises:
        AskBack: there are not that many, or there is no one middle.
    """
    numbers = [str(value) for value in turn.values("ordinal")]
    if ALL in numbers or (BOTH in numbers and len(items) == 2):
        return list(items)
    found: dict[str, Product] = {}
    for number in numbers:
        found |= {item.item_id: item for item in _at(turn, number, items)}
    return list(found.values())


def _at(turn: Turn, number: str, items: Sequence[Product]) -> Sequence[Product]:
    if number in _GROUPS:
        return _GROUPS[number](items)
    if number == MIDDLE:
        return _middle(turn, items)
    if number == LAST:
        return items[-1:]
    if not number.isdecimal() or int(number) < 1:
        return ()
    if int(number) > len(items):
        raise AskBack(which_one(turn, "utter_not_that_many", items))
    return items[int(number) - 1 : int(number)]


def _middle(turn: Turn, items: Sequence[Product]) -> Sequence[Product]:
    half = len(items) // 2
    if len(items) % 2 == 0:
        raise AskBack(which_one(turn, "utter_which_one", items[half - 1 : half + 1]))
    return items[half : half + 1]


def by_name(turn: Turn, items: Sequence[Product], text: str | None = None) -> list[Product]:
    """The one item that fits every product name in the message, and whose name has most of its words.

    text: a part of the message to go by instead of all of it.
    """
    part = turn.text if text is None else text
    said = stems(part)
    named = [each for each in turn.entities if each.name in NAMES and said_for(turn, each) in part]
    scores = [_likeness(turn, said, named, item) for item in items]
    best = max(scores, default=0)
    return [items[scores.index(best)]] if best and scores.count(best) == 1 else []


def _likeness(turn: Turn, said: frozenset[str], named: Sequence[Entity], item: Product) -> int:
    """Two for each word that the item's name shares, one for its shelf or brand; 0 if a name does not fit."""
    name, on_shelf = stems(item.name), False
    for each in named:
        words = stems(said_for(turn, each))
        stands = getattr(item, SHELVES.get(each.name, each.name)) or ""
        here = str(each.value).casefold() == stands.casefold()
        if not here and shared(words, name) != set(words):
            return 0
        on_shelf = on_shelf or here
    return 2 * len(shared(said, name)) + int(on_shelf)


def by_degree(turn: Turn, items: Sequence[Product]) -> list[Product]:
    """The one item that "the cheaper one", "the biggest" means, where that points and asks for no others."""
    if turn.intent not in _POINTING:
        return []
    critiques = turn.values("critique")
    if "cheapest" in critiques or "cheaper" in critiques:
        return [min(items, key=lambda item: item.price_minor)]
    if "pricier" in critiques:
        return [max(items, key=lambda item: item.price_minor)]
    sized = content_to_compare(items)
    if not sized or not {"bigger", "smaller"} & set(critiques):
        return []
    chosen = max if "bigger" in critiques else min
    return [chosen(sized, key=lambda pair: pair[1].amount)[0]]


def which_one(turn: Turn, response: str, items: Sequence[Product] | None = None) -> Reply:
    """Ask which of the items is meant, with a button for each that repeats what the shopper wanted."""
    if items is None:
        screen = last_screen(turn.shop, turn.audience)
        items = screen.items if screen else ()
    kept = {name: value for name in ("quantity",) if (value := turn.first(name)) is not None}
    names = [item.name for item in items]
    buttons = [
        Button(
            item.name if names.count(item.name) == 1 else f"{item.name} · {told(turn, item.price_minor)}",
            turn.intent,
            {"item_id": item.item_id} | kept,
        )
        for item in items[:MOST_CHOICES]
    ]
    return Reply(response, {"count": len(items)}, buttons=buttons)


def _in_focus(turn: Turn, screen: Screen | None) -> list[Pointed]:
    """The item just spoken of, when the message names nothing else."""
    if turn.focus is None:
        return []
    item = product(turn.shop, turn.focus, turn.audience.locale)
    shown = screen is not None and item.item_id in {each.item_id for each in screen.items}
    return [Pointed(item, screen.slate_id if screen and shown else None)]
