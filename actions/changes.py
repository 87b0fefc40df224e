"""What a message changes in the wish for what is on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.critiques import DROP, apply
from actions.letting_go import is_about_letting_go, let_go
from actions.money import price_limit
from actions.pointing import by_number
from actions.reply import AskBack, Reply
from actions.turn import Entity, Turn, said_for
from actions.wanted import SHELVES, telling, unwanted_brands, unwanted_words, wanted_brands, wanted_shelves
from shop.catalogue import Product
from shop.money import amount
from shop.screens import Screen
from shop.wishes import Wish

# A button's way to name a word to leave out, among its attributes.
WITHOUT = "without:"
# What a critique limits: both go when the limit goes.
_LIMITED_BY = {
    "cheaper": "price_max",
    "pricier": "price_min",
    "bigger": "size",
    "smaller": "size",
    "other_brand": "other_brand",
    "sale": "reduced",
}


@dataclass(frozen=True)
class Change:
    """`wishes` to try in turn, the strictest first; the parts that the message asked for."""

    wishes: tuple[Wish, ...]
    critiques: tuple[str, ...]
    words: frozenset[str]
    without: frozenset[str]
    brand: str | None
    price_max: int | None
    price_min: int | None

    def entities_without(self, limit: str, currency: str) -> Mapping[str, Any]:
        """What a button carries to ask for the same without one limit."""
        critiques = [each for each in self.critiques if _LIMITED_BY.get(each) != limit]
        kept = [word for word in sorted(self.words) if limit != f"words:{word}"]
        kept += [f"{WITHOUT}{word}" for word in sorted(self.without) if limit != f"without:{word}"]
        entities: dict[str, Any] = {"critique": [f"{DROP}{limit}", *critiques]}
        if kept:
            entities["attribute"] = kept
        if self.brand and limit != "brand":
            entities["brand"] = self.brand
        for name, value in (("price_max", self.price_max), ("price_min", self.price_min)):
            if value is not None and limit != name:
                entities |= {name: amount(value, currency), "currency": currency}
        return entities


def read_change(turn: Turn, screen: Screen) -> Change:
    """The screen's wish with everything that the message adds.

    Raises:
        AskBack: it adds nothing that products can be narrowed by; or it names more places than there are.
    """
    shelves = [] if is_same_thing(turn, screen.items) else wanted_shelves(turn)
    change = _asked(turn, shelves)
    if not (change.critiques or change.words or change.without or change.brand or _has_limits(turn, change)):
        raise AskBack(Reply("utter_cannot_refine"))
    wish = apply(change.critiques, screen.wish, compared_with(turn, screen), screen.items)
    if change.price_max is not None:
        wish = replace(wish, price_max_minor=change.price_max, price_min_minor=None)
    if change.price_min is not None:
        wish = replace(wish, price_min_minor=change.price_min)
    wish = replace(wish, exclude_brands=wish.exclude_brands | unwanted_brands(turn))
    wish = replace(wish, brand=change.brand or wish.brand, without=wish.without | change.without)
    return replace(change, wishes=tuple(_with_words(turn, wish, change.words, shelves)))


def compared_with(turn: Turn, screen: Screen) -> Sequence[Product]:
    """What "cheaper" is cheaper than: what is pointed at or was just spoken of, else the whole screen."""
    pointed = by_number(turn, screen.items)
    return pointed or [item for item in screen.items if item.item_id == turn.focus] or screen.items


def is_same_thing(turn: Turn, items: Sequence[Product]) -> bool:
    """Whether the names in the message just say again what all the items on the screen are."""
    return all(
        str(getattr(item, SHELVES[shelf.name]) or "").casefold() == str(shelf.value).casefold()
        for shelf in wanted_shelves(turn)
        for item in items
    )


def _asked(turn: Turn, shelves: Sequence[Entity]) -> Change:
    given = [str(value) for value in turn.values("attribute")]
    words = {word for word in given if not word.startswith(WITHOUT)}
    words |= {word for word in telling(turn) if not is_about_letting_go(turn.text, word)}
    left_out = {word.removeprefix(WITHOUT) for word in given if word.startswith(WITHOUT)}
    return Change(
        wishes=(),
        critiques=_critiques(turn),
        words=frozenset(words.union(said_for(turn, shelf).lower() for shelf in shelves)),
        without=unwanted_words(turn) | left_out,
        brand=next((str(each.value) for each in wanted_brands(turn)), None),
        price_max=price_limit(turn),
        price_min=price_limit(turn, "price_min"),
    )


def _critiques(turn: Turn) -> tuple[str, ...]:
    """Those that were named; but what lets go of a limit is none: "any brand" is not another brand."""
    gone = let_go(turn.text)
    said = [str(value) for value in turn.values("critique")]
    kept = [each for each in said if _LIMITED_BY.get(each) not in gone]
    return (*(f"{DROP}{limit}" for limit in gone), *kept)


def _has_limits(turn: Turn, change: Change) -> bool:
    return change.price_max is not None or change.price_min is not None or bool(unwanted_brands(turn))


def _with_words(turn: Turn, wish: Wish, words: frozenset[str], shelves: Sequence[Entity]) -> list[Wish]:
    """The wish with the words; then with a named shelf as such; then with the words anywhere in the shop.

    Organic milk need not stand on the shelf of the milk: what was looked for there is searched for instead.
    """
    within = replace(wish, words=wish.words | words)
    found = [within]
    if shelves and shelves[-1].name == "department":
        beside = wish.words | frozenset(telling(turn))
        found.insert(0, replace(wish, department=str(shelves[-1].value), words=beside))
    shelf = wish.kind or wish.category
    if words and shelf:
        found.append(replace(within, text=wish.text or shelf, department=None, category=None, kind=None))
    return found
