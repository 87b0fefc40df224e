"""What a message asks for: the limits it names, and its telling words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from actions.turn import Entity, Turn, said_for
from actions.words import telling_words
from shop.money import minor_units
from shop.wishes import Wish

HIGHEST_PRICE = 1e6
# Where a product stands: the extractor's names for it, and those of a wish.
SHELVES = {"product": "kind", "category": "category", "department": "department"}


@dataclass(frozen=True)
class Wanted:
    """`wish` by the catalogue's own names, `in_words` by what was typed, `label` for saying it back."""

    wish: Wish
    in_words: Wish
    label: str

    @property
    def is_something(self) -> bool:
        """Whether anything was named at all."""
        return bool(self.label) or self.wish != Wish()


def wanted(turn: Turn) -> Wanted:
    """What the shopper asks for.

    Names of the catalogue become limits. With words beside them ("vegan" cheese) the text is searched for,
    within the last name: in English that is the thing itself ("tomato soup" is a soup). Names that stand
    apart ("chips and dip") cannot hold at once, so they are only searched for.
    """
    places = [(each.start, each.end) for each in turn.entities if each.start is not None and each.end]
    beside = list(telling_words(turn.text, places))
    shelves = [each for each in turn.entities if each.name in SHELVES]
    brands = [each for each in turn.entities if each.name == "brand"]
    words = [(word.start, word.text) for word in beside]
    text = _in_order(words + [(each.start or 0, said_for(turn, each)) for each in shelves])
    label = _in_order(words + [(each.start or 0, said_for(turn, each)) for each in (*shelves, *brands)])
    in_words = Wish(text=text or None, brand=_value(turn, "brand"), price_max_minor=price_limit(turn))
    if not shelves or not _is_one_name(turn.text, shelves):
        return Wanted(in_words, in_words, label)
    within = replace(in_words, **_limit(shelves))
    return Wanted(within if beside or len(shelves) > 1 else replace(within, text=None), in_words, label)


def _in_order(words: Iterable[tuple[int, str]]) -> str:
    return " ".join(text for _, text in sorted(words))


def _is_one_name(text: str, shelves: Sequence[Entity]) -> bool:
    """Whether nothing but spaces stands between the names."""
    return all(not text[one.end : two.start].strip() for one, two in pairwise(shelves))


def _limit(shelves: Sequence[Entity]) -> dict[str, Any]:
    return {SHELVES[shelf.name]: str(shelf.value) for shelf in shelves[-1:]}


def named_only(turn: Turn) -> Wish:
    """The limits by the last of the catalogue's names, brand and price; whatever else was said is chat."""
    shelves = [each for each in turn.entities if each.name in SHELVES]
    return Wish(brand=_value(turn, "brand"), price_max_minor=price_limit(turn), **_limit(shelves))


def price_limit(turn: Turn) -> int | None:
    """The highest price that was named, in minor units."""
    value = turn.first("price_max")
    if value is None:
        return None
    return minor_units(min(float(value), HIGHEST_PRICE), turn.shop.settings.currency)


def _value(turn: Turn, name: str) -> str | None:
    value = turn.first(name)
    return None if value is None else str(value)
