"""What a message asks for: the limits it names, and its telling words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from actions.money import price_limit
from actions.turn import Entity, Turn, said_for
from actions.words import is_slip, is_unwanted, stems, telling_words
from shop.wishes import BY_PRICE, Wish

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
    shelves, brands = wanted_shelves(turn), wanted_brands(turn)
    text, label = _words(turn, shelves), _words(turn, [*shelves, *brands])
    in_words = replace(_limits(turn), text=text or None)
    if not shelves or not _is_one_name(turn.text, shelves):
        return Wanted((in_words,), label, stems(text))
    within = replace(in_words, **_limit(shelves))
    whole = replace(within, text=None)
    telling = stems(_words(turn, shelves[:-1]))
    if stems(text) <= stems(str(shelves[-1].value)):
        return Wanted((whole, in_words), label, telling)
    return Wanted((within, in_words) if telling else (within, whole), label, telling)


def wanted_shelves(turn: Turn) -> list[Entity]:
    """The places of the shop that are named, and not as something to leave out."""
    return [each for each in turn.entities if each.name in SHELVES and not _unwanted(turn, each)]


def wanted_brands(turn: Turn) -> list[Entity]:
    """The brands that are named, and not as ones to leave out."""
    return [each for each in turn.entities if each.name == "brand" and not _unwanted(turn, each)]


def unwanted_brands(turn: Turn) -> frozenset[str]:
    """The brands that are named as ones to leave out."""
    return frozenset(
        str(each.value) for each in turn.entities if each.name == "brand" and _unwanted(turn, each)
    )


def unwanted_words(turn: Turn) -> frozenset[str]:
    """The words that are named as what to leave out: "without nuts"."""
    shelves = {
        said_for(turn, each) for each in turn.entities if each.name in SHELVES and _unwanted(turn, each)
    }
    beside = {
        word.text for word in telling_words(turn.text, _places(turn)) if is_unwanted(turn.text, word.start)
    }
    return frozenset(word.lower() for word in shelves | beside)


def telling(turn: Turn) -> tuple[str, ...]:
    """The telling words beside the entities, without those to leave out."""
    words = [
        word for word in telling_words(turn.text, _places(turn)) if not is_unwanted(turn.text, word.start)
    ]
    return tuple(
        word.text.lower() for word in words if not (word.text.isnumeric() or is_slip(word.text.lower()))
    )


def _unwanted(turn: Turn, entity: Entity) -> bool:
    return entity.start is not None and is_unwanted(turn.text, entity.start)


def _places(turn: Turn) -> list[tuple[int, int]]:
    """Where the entities stand; sizes and colours are words to search by as well."""
    named = [each for each in turn.entities if each.name not in ("size", "colour")]
    return [(each.start, each.end) for each in named if each.start is not None and each.end]


def _words(turn: Turn, named: Sequence[Entity]) -> str:
    """The telling words that are no entities, and the names in `named`, as they were typed."""
    words = telling_words(turn.text, _places(turn))
    beside = [(word.start, word.text) for word in words if not is_unwanted(turn.text, word.start)]
    return _in_order(beside + [(each.start or 0, said_for(turn, each)) for each in named])


def _in_order(words: Iterable[tuple[int, str]]) -> str:
    return " ".join(text for _, text in sorted(words))


def _is_one_name(text: str, shelves: Sequence[Entity]) -> bool:
    """Whether nothing but spaces stands between the names."""
    return all(not text[one.end : two.start].strip() for one, two in pairwise(shelves))


def _limit(shelves: Sequence[Entity]) -> dict[str, Any]:
    return {SHELVES[shelf.name]: str(shelf.value) for shelf in shelves[-1:]}


def _limits(turn: Turn) -> Wish:
    """What is asked for beside the thing itself: brand, price, what to leave out, the cheapest, on sale."""
    critiques = turn.values("critique")
    return Wish(
        brand=next((str(each.value) for each in wanted_brands(turn)), None),
        exclude_brands=unwanted_brands(turn),
        without=unwanted_words(turn),
        price_max_minor=price_limit(turn),
        price_min_minor=price_limit(turn, "price_min"),
        order=BY_PRICE if "cheapest" in critiques else None,
        reduced=True if "sale" in critiques else None,
    )


def named_only(turn: Turn) -> Wish:
    """The limits by the last of the catalogue's names, brand and price; whatever else was said is chat."""
    return replace(_limits(turn), **_limit(wanted_shelves(turn)))
