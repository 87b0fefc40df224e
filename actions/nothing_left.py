"""What to say when nothing keeps all the limits: the best there is, or which limit could go."""

from collections.abc import Sequence

from actions.changes import Change, compared_with
from actions.critiques import content_to_compare
from actions.money import told
from actions.refinements import refine_button
from actions.reply import Button, Reply
from actions.turn import Turn
from shop.catalogue import Product
from shop.relaxing import Relaxation, relaxations
from shop.screens import Screen
from shop.wish_words import name_limit, say_limits, say_ways

MOST_WAYS = 3
# What is said where nothing is left of one critique alone, with the product that has most of it.
_ALONE = {
    "cheaper": "utter_nothing_cheaper",
    "pricier": "utter_nothing_dearer",
    "bigger": "utter_nothing_bigger",
    "smaller": "utter_nothing_smaller",
    "other_brand": "utter_no_other_brand",
    "more": "utter_nothing_more",
}


def nothing_left(turn: Turn, screen: Screen, change: Change) -> Reply:
    """Say what is in the way: the screen's best of the one thing asked for, or the limits that could go."""
    alone = _ALONE.get(change.critiques[0]) if len(change.critiques) == 1 and not _asks_more(change) else None
    wish = change.wishes[-1]
    ways = relaxations(turn.shop, turn.audience, wish, screen.purpose, screen.about)
    if alone:
        earlier = set(screen.wish.limits)
        return _best_there(turn, screen, alone, change, [way for way in ways if way.limit in earlier])
    if not ways:
        return Reply("utter_nothing_left")
    values = {
        "limits": say_limits(turn.shop, turn.audience, wish),
        "ways": say_ways(turn.shop, turn.audience, ways),
    }
    return Reply("utter_nothing_fits", values, buttons=_drops(turn, change, ways))


def _asks_more(change: Change) -> bool:
    limits = (change.words, change.without, change.brand, change.price_max, change.price_min)
    return any(limit not in (None, frozenset()) for limit in limits)


def _best_there(
    turn: Turn, screen: Screen, response: str, change: Change, ways: Sequence[Relaxation]
) -> Reply:
    critique, items = change.critiques[0], compared_with(turn, screen)
    item = _best(critique, items)
    values = {"item": item.name, "item_id": item.item_id, "price": told(turn, item.price_minor)}
    return Reply(response, values, buttons=_drops(turn, change, ways))


def _best(critique: str, items: Sequence[Product]) -> Product:
    sized = content_to_compare(items)
    if critique in ("bigger", "smaller") and sized:
        chosen = max if critique == "bigger" else min
        return chosen(sized, key=lambda pair: pair[1].amount)[0]
    chosen_by_price = max if critique == "pricier" else min
    return chosen_by_price(items, key=lambda item: item.price_minor)


def _drops(turn: Turn, change: Change, ways: Sequence[Relaxation]) -> list[Button]:
    """A button for each limit that could go; it asks for everything else again."""
    shop, audience = turn.shop, turn.audience
    return [
        refine_button(
            turn,
            "drop",
            dict(change.entities_without(way.limit, shop.settings.currency)),
            limit=name_limit(shop, audience, way.limit),
        )
        for way in ways[:MOST_WAYS]
    ]
