"""What a message asks for: the limits it names, and its telling words."""

from dataclasses import dataclass

from actions.turn import NAMES, Turn, said_for
from actions.words import telling_words
from shop.money import minor_units
from shop.wishes import Wish

HIGHEST_PRICE = 1e6


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

    Names of the catalogue become limits. Words beside them ("vegan" cheese) are none, nor can two names of a
    kind hold at once ("chips and dip"): then the text is searched for, within brand and price.
    """
    places = [(each.start, each.end) for each in turn.entities if each.start is not None and each.end]
    beside = list(telling_words(turn.text, places))
    named = [(each.start or 0, said_for(turn, each)) for each in turn.entities if each.name in NAMES]
    spans = sorted(named + [(word.start, word.text) for word in beside])
    label = " ".join(text for _, text in spans)
    in_words = Wish(text=label or None, brand=_value(turn, "brand"), price_max_minor=price_limit(turn))
    too_many = any(len(turn.values(name)) > 1 for name in NAMES)
    return Wanted(in_words if beside or too_many else named_only(turn), in_words, label)


def named_only(turn: Turn) -> Wish:
    """The limits by the catalogue's names and the price; whatever else was said is chat."""
    return Wish(
        department=_value(turn, "department"),
        category=_value(turn, "category"),
        kind=_value(turn, "product"),  # the extractor calls a product what the catalogue calls a kind of it
        brand=_value(turn, "brand"),
        price_max_minor=price_limit(turn),
    )


def price_limit(turn: Turn) -> int | None:
    """The highest price that was named, in minor units."""
    value = turn.first("price_max")
    if value is None:
        return None
    return minor_units(min(float(value), HIGHEST_PRICE), turn.shop.settings.currency)


def _value(turn: Turn, name: str) -> str | None:
    value = turn.first(name)
    return None if value is None else str(value)
