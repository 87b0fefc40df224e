"""Skill: two to four things side by side."""

import re
from collections.abc import Iterable, Sequence

from actions.pointing import by_name, by_number
from actions.refine import refine
from actions.reply import AskBack, Button, Reply
from actions.turn import Turn
from shop import comparison
from shop.catalogue import Product
from shop.comparison_words import telling_difference
from shop.screens import Screen, last_screen

# What stands between the names of things that are to be compared.
_BETWEEN = re.compile(
    r"\b(?:and|or|vs\.?|versus|with|to|than|against)\b|[,&/、，]|和|跟|与|與|还是|還是|或者?|比", re.I
)


def compare(turn: Turn) -> Reply:
    """Put the things that are meant side by side, and say the difference that tells."""
    screen = last_screen(turn.shop, turn.audience)
    if screen is None or not screen.items:
        raise AskBack(Reply("utter_nothing_shown"))
    items = _meant(turn, screen)
    if len(items) < comparison.FEWEST and turn.has("critique"):
        return refine(turn)  # "cheaper than the first one"
    if len(items) < comparison.FEWEST:
        raise AskBack(_compare_which(turn, screen))
    found = comparison.compare(turn.shop, turn.audience, [item.item_id for item in items])
    difference = telling_difference(found, turn.shop.phrases, turn.audience.locale)
    values = {"difference": difference}
    if found.suits is None:
        return Reply("utter_compared", values, card=found.payload())
    return Reply("utter_compared_suits", values | {"suits": found.suits.sentence}, card=found.payload())


def _meant(turn: Turn, screen: Screen) -> Sequence[Product]:
    """By places, names, or what was just spoken of; all there is where the screen holds but a few.

    Raises:
        AskBack: there are fewer places than were named.
    """
    items = screen.items
    named = [item for part in _BETWEEN.split(turn.text) for item in by_name(turn, items, part)]
    meant = _each_once([*by_number(turn, items), *named])
    if len(meant) == 1:
        return _each_once([*(item for item in items if item.item_id == turn.focus), *meant])
    return meant or (items if len(items) <= comparison.MOST else ())


def _each_once(items: Iterable[Product]) -> list[Product]:
    return list({item.item_id: item for item in items}.values())


def _compare_which(turn: Turn, screen: Screen) -> Reply:
    title = turn.shop.phrases.say("wish-first-two", turn.audience.locale)
    buttons = [Button(title, "compare_products", {"ordinal": "first_two"})] if len(screen.items) > 1 else []
    return Reply("utter_compare_which", buttons=buttons)
