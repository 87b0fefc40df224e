"""What a message asks for: the limits it names, and its telling words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from actions.turn import Entity, Turn, said_for
from actions.words import stems, telling_words
from shop.money import minor_units
from shop.wishes import Wish

HIGHEST_PRICE = 1e6
# Where a product stands: the extractor's names for it, and those of a wish.
SHELVES = {"product": "kind", "category": "category", "department": "department"}


@dataclass(frozen=True)
class Wanted:
    """`wishes` to try in turn, the strictest first; `label` for saying it back.

    `telling` are the words that tell the thing apart from others of its shelf.
    """

    wishes: tuple[Wish, ...]
    label: str
    telling: frozenset[str]

    @property
    def is_something(self) -> bool:
        """Whether anything was named at all."""
        return bool(self.label) or self.wishes[0] != Wish()

    @property
    def price_max_minor(self) -> int | None:
        """The highest price, which holds for every wish."""
        return self.wishes[0].price_max_minor

    def at_any_price(self) -> "Wanted":
        """The same without the highest price."""
        return replace(self, wishes=tuple(replace(wish, price_max_minor=None) for wish in self.wishes))


def wanted(turn: Turn) -> Wanted:
    """What the shopper asks for.

    A name of the catalogue becomes a limit: the last one, for in English that is the thing itself ("tomato
    soup" is a soup). The text is searched for within it, unless it is just that name. Names that stand apart
    ("chips and dip") cannot hold at once, so they are only searched for.
    """
    shelves = [each for each in turn.entities if each.name in SHELVES]
    text, label = _words(turn, shelves), _words(turn, [*shelves, *_brands(turn)])
    in_words = Wish(text=text or None, brand=_value(turn, "brand"), price_max_minor=price_limit(turn))
    if not shelves or not _is_one_name(turn.text, shelves):
        return Wanted((in_words,), label, stems(text))
    within = replace(in_words, **_limit(shelves))
    whole = replace(within, text=None)
    telling = stems(_words(turn, shelves[:-1]))
    if stems(text) <= stems(str(shelves[-1].value)):
        return Wanted((whole, in_words), label, telling)
    return Wanted((within, in_words) if telling else (within, whole), label, telling)


def _brands(turn: Turn) -> list[Entity]:
    return [each for each in turn.entities if each.name == "brand"]


def _words(turn: Turn, named: Sequence[Entity]) -> str:
    """The telling words that are no entities, and the names in `named`, as they were typed."""
    places = [(each.start, each.end) for each in turn.entities if each.start is not None and each.end]
    beside = [(word.start, word.text) for word in telling_words(turn.text, places)]
    return _in_order(beside + [(each.start or 0, said_for(turn, each)) for each in named])


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
