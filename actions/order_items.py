"""Which of an order's items, and how many of them, a message means."""

import re

from actions.turn import NAMES, Turn, said_for
from actions.words import shared, stems, words_of
from shop.orders import Order, OrderLine

LAST, BOTH, ALL = "last", "both", "all"
_EVERYTHING = re.compile(
    r"\b(?:everything|all of (?:it|them)|the (?:whole|entire) order)\b|全部|所有|都要?退", re.IGNORECASE
)
_TRIVIAL = frozenset(["the", "and", "for", "with", "from", "not", "was", "one"])
_CHINESE = re.compile(r"[\u3400-\u9fff]{2}")
_BARE_NUMBER = re.compile(r"\s*(?:no\.?|number|nr\.?|#|第)?\s*(\d{1,2})\s*[.。个件]?\s*", re.IGNORECASE)


class NotThatMany(Exception):
    """The order is shorter than the number that was named."""


class Several(Exception):
    """A name fits several of the order's items."""


def items_meant(turn: Turn, order: Order, *, is_asked: bool = False) -> dict[str, int]:
    """Items with how many of each; empty when the message names none of this order.

    Words that are in most requests ("drink", "bottle") count only where an item was asked for (`is_asked`).

    Raises:
        NotThatMany: a place that the order does not have.
        Several: a name that fits more than one item.
    """
    lines = _by_button(turn, order) or _by_place(turn, order) or _by_name(turn, order, is_asked)
    return {line.item_id: _pieces(turn, lines, line) for line in lines}


def _by_button(turn: Turn, order: Order) -> list[OrderLine]:
    given = {str(value) for value in turn.values("item_id")}
    return [line for line in order.lines if line.item_id in given]


def _by_place(turn: Turn, order: Order) -> list[OrderLine]:
    places = [str(value) for value in turn.values("ordinal")]
    if bare := _BARE_NUMBER.fullmatch(turn.text):
        places.append(bare[1])
    if ALL in places or _EVERYTHING.search(turn.text) or (BOTH in places and len(order.lines) == 2):
        return list(order.lines)
    numbers = [len(order.lines) if place == LAST else int(place) for place in places if _counts(place)]
    if any(not 1 <= number <= len(order.lines) for number in numbers):
        raise NotThatMany
    return [order.lines[number - 1] for number in dict.fromkeys(numbers)]


def _counts(place: str) -> bool:
    return place == LAST or place.isdecimal()


def _by_name(turn: Turn, order: Order, is_asked: bool) -> list[OrderLine]:
    """The items whose names have most of the message's words; they must have every product word of them."""
    said = _telling(turn.text, is_asked)
    named = [entity for entity in turn.entities if entity.name in NAMES and entity.start is not None]
    product_words = {stem for entity in named for stem in stems(said_for(turn, entity))}
    scores = [
        _likeness(line.name, _telling(line.name, is_asked) & said, product_words) for line in order.lines
    ]
    best = max(scores, default=0)
    found = [line for line, score in zip(order.lines, scores, strict=True) if best and score == best]
    if len(found) > 1:
        raise Several
    return found


def _likeness(name: str, shared_words: set[str], product_words: set[str]) -> int:
    """How much of what was said a name has; none where it lacks a product word of it."""
    return len(shared_words) if shared(product_words, stems(name)) == product_words else 0


def _telling(text: str, is_asked: bool) -> set[str]:
    words = {stem for stem in stems(text) if len(stem) > 1}
    if is_asked:
        words |= {
            word.text.lower().removesuffix("s") for word in words_of(text) if len(word.text) > 2
        } - _TRIVIAL
    return words | _pairs(text)


def _pairs(text: str) -> set[str]:
    """Chinese characters two by two: what is meant is told by them where no spaces part the words."""
    return {text[at : at + 2] for at in range(len(text) - 1) if _CHINESE.fullmatch(text[at : at + 2])}


def _pieces(turn: Turn, lines: list[OrderLine], line: OrderLine) -> int:
    """All of a line, unless a smaller number was said about it alone."""
    said = turn.first("quantity")
    if len(lines) != 1 or said is None or _BARE_NUMBER.fullmatch(turn.text):
        return line.quantity
    return int(said) if 1 <= int(said) <= line.quantity else line.quantity
