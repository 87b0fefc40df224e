"""The rows of a comparison: one fact about every item, whether they differ in it, which is the better one.

Better is only what nobody would argue about: cheaper, cheaper for the same amount, to be had now, as wished.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shop.money import fine_price_label, price_label
from shop.package_sizes import unit_price, unit_prices
from shop.phrases import Phrases
from shop.questions import Question, day_number
from shop.rankings import CLOSE_MATCH
from shop.reasons import say_times
from shop.storage.catalogue import Product
from shop.storage.comparison import Rated
from shop.wishes import ANYTHING

FEW_LEFT = 5


@dataclass(frozen=True)
class Row:
    """A fact: `values[i]` is said of the i-th item, None where nobody knows; `better` are item ids."""

    key: str
    label: str
    values: tuple[str | None, ...]
    better: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it tells the items apart."""
        return len(set(self.values)) > 1

    def payload(self) -> dict[str, Any]:
        """The row as JSON."""
        return {
            "key": self.key,
            "label": self.label,
            "values": list(self.values),
            "differs": self.differs,
            "better": list(self.better),
        }


@dataclass(frozen=True)
class Sides:
    """What is compared, with all that the rows speak of; `names` of categories and kinds by their values."""

    question: Question
    items: Sequence[Product]
    phrases: Phrases
    names: Mapping[str, str]
    ratings: Mapping[str, Rated]
    by_weight: frozenset[str]

    def say(self, key: str, **values: object) -> str:
        """A phrase of the comparison in the asker's language."""
        return self.phrases.say(f"compare-{key}", self.question.audience.locale, **values)

    def price(self, minor: float, currency: str, *, fine: bool = False) -> str:
        """An amount as the asker reads it; `fine` where it may be very little."""
        locale, shown_in = self.question.audience.locale, self.question.audience.shown_in
        if fine:
            return fine_price_label(minor, currency, locale, shown_in)
        return price_label(int(minor), currency, locale, shown_in)

    def row(
        self, key: str, values: Sequence[str | None], costs: Sequence[float | None] = (), **named: object
    ) -> Row | None:
        """A row, or None where nothing is known of any item. costs: what makes an item better is less."""
        if all(value is None for value in values):
            return None
        known = [cost for cost in costs if cost is not None]
        best = min(known, default=0.0)
        better = [
            item.item_id
            for item, cost in zip(self.items, costs, strict=bool(costs))
            if cost is not None and cost == best < max(known)
        ]
        return Row(key, self.say(f"row-{key}", **named), tuple(values), tuple(better))


def rows_of(sides: Sides) -> tuple[Row, ...]:
    """Every row of which something is known."""
    found = (_price(sides), _unit_price(sides), *_properties(sides), _stock(sides), _fits(sides))
    told = (_rating(sides), _popularity(sides), _bought(sides))
    return tuple(row for row in (*found, *told) if row is not None)


def _price(sides: Sides) -> Row | None:
    return sides.row(
        "price", [_price_of(sides, item) for item in sides.items], [item.price_minor for item in sides.items]
    )


def _price_of(sides: Sides, item: Product) -> str:
    price = sides.price(item.price_minor, item.currency)
    if item.was_minor is None:
        return price
    return sides.say("price-was", price=price, was=sides.price(item.was_minor, item.currency))


def _unit_price(sides: Sides) -> Row | None:
    """What the same amount costs; not of what is sold by weight, whose price is not a package's."""
    sizes = [None if item.item_id in sides.by_weight else item.size for item in sides.items]
    costs = [item.price_minor for item in sides.items]
    prices = unit_prices(sizes, costs) if len(sizes) > 1 else [unit_price(sizes[0], costs[0])]
    values = [
        None
        if price is None
        else sides.say(f"per-{price.unit}", price=sides.price(price.minor, item.currency, fine=True))
        for item, price in zip(sides.items, prices, strict=True)
    ]
    # Rounded, or the last digit of a division would make one of two equal prices the better one.
    rounded = [None if price is None else round(price.minor, 4) for price in prices]
    return sides.row("unit-price", values, rounded)


def _properties(sides: Sides) -> list[Row | None]:
    named: dict[str, list[str | None]] = {
        "size": [item.size for item in sides.items],
        "brand": [item.brand for item in sides.items],
        "category": [sides.names.get(item.category, item.category) for item in sides.items],
        "kind": [item.kind and sides.names.get(item.kind, item.kind) for item in sides.items],
    }
    return [sides.row(key, values) for key, values in named.items()]


def _stock(sides: Sides) -> Row | None:
    def said(item: Product) -> str:
        if not item.in_stock:
            return sides.say("stock-none")
        return (
            sides.say("stock-few", count=item.quantity) if item.quantity <= FEW_LEFT else sides.say("stock")
        )

    return sides.row(
        "stock", [said(item) for item in sides.items], [float(not item.in_stock) for item in sides.items]
    )


def _fits(sides: Sides) -> Row | None:
    """Whether each keeps to what was wished for; no row where nothing was."""
    question = sides.question
    if question.wish == ANYTHING:
        return None
    found = _found(question, [item.item_id for item in sides.items])
    fits = [item.item_id in found for item in sides.items]
    text = question.wish.text
    return sides.row(
        "fits-text" if text else "fits",
        [sides.say("yes" if each else "no") for each in fits],
        [float(not each) for each in fits],
        **({"text": text} if text else {}),
    )


def _found(question: Question, item_ids: Sequence[str]) -> set[str]:
    places = question.availability.place
    kept = question.availability.allowed(replace(question.wish, in_stock=False))
    found = {item_id for item_id in item_ids if item_id in places and kept[places[item_id]]}
    text = question.wish.text
    if not text:
        return found
    best = max((match.score for match in question.model.search(text, 1)), default=0.0)
    matches = question.model.search(text, len(item_ids), question.availability.only(item_ids))
    return found & {match.item_id for match in matches if match.score >= CLOSE_MATCH * best}


def _rating(sides: Sides) -> Row | None:
    rated = [sides.ratings.get(item.item_id) for item in sides.items]
    said = [
        None if each is None else sides.say("rating", stars=round(each.stars, 1), count=each.count)
        for each in rated
    ]
    return sides.row("rating", said)


def _popularity(sides: Sides) -> Row | None:
    model = sides.question.model

    def said(item: Product) -> str:
        best = model.popular(model.n_items, category=item.category).item_ids
        if item.item_id not in best:
            return sides.say("rank-none")
        name = sides.names.get(item.category, item.category)
        return sides.say("rank", rank=best.index(item.item_id) + 1, category=name)

    return sides.row("popularity", [said(item) for item in sides.items])


def _bought(sides: Sides) -> Row | None:
    """How often the asker bought each, and when last; no row for strangers and without consent."""
    question = sides.question
    if question.audience.shopper_id is None or not question.visit.personal:
        return None
    return sides.row("bought", [_bought_by(sides, item.item_id) for item in sides.items])


def _bought_by(sides: Sides, item_id: str) -> str:
    question = sides.question
    times = [basket.placed_at for basket in question.visit.baskets if item_id in basket.item_ids]
    if not times:
        return sides.say("bought-never")
    detail: dict[str, float | int | str] = {"times": len(times), "days_ago": _days(question.now, max(times))}
    span = day_number(max(times)) - day_number(min(times))
    if span > 0.0:
        detail["every_days"] = span / (len(times) - 1)
    return say_times(sides.phrases, detail, question.audience.locale)


def _days(now: datetime, then: datetime) -> int:
    return max(0, int(day_number(now)) - int(day_number(then)))
