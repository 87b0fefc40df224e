"""How much is in a package ("12 oz", "6 x 4 oz", "1/2 gallon", "30 count, 15 oz"), and what one unit costs.

Sizes are compared only where they measure the same: weights with weights, rolls with rolls. A plain ounce is
a weight, but a fluid ounce beside gallons and liters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

METRIC_WEIGHT = {"g": 1.0, "gram": 1.0, "kg": 1000.0}
METRIC_VOLUME = {"ml": 1.0, "cl": 10.0, "l": 1000.0, "liter": 1000.0, "litre": 1000.0}
OUNCE, FLUID_OUNCE = 28.349523, 29.573530
WEIGHT = {**METRIC_WEIGHT, "oz": OUNCE, "ounce": OUNCE, "lb": 16 * OUNCE, "pound": 16 * OUNCE}
VOLUME = {
    **METRIC_VOLUME,
    "fl oz": FLUID_OUNCE,
    "pint": 16 * FLUID_OUNCE,
    "quart": 32 * FLUID_OUNCE,
    "gallon": 128 * FLUID_OUNCE,
}
PIECES = {"": 1.0, "count": 1.0, "ct": 1.0, "piece": 1.0, "dozen": 12.0}
# Unit prices further apart than this say that a size means something else: of one can of a case, say.
FAR_APART = 10.0
COUNTED = ("roll", "bag", "sheet", "load", "use", "stem", "pack")

_NUMBER = r"\d+/\d+|\d*\.\d+|\d+"
_MEASURE = re.compile(rf"(?:(\d+)\s*[x×]\s*)?({_NUMBER})\s*([a-z ]*)")


@dataclass(frozen=True)
class Content:
    """So many of what a size measures: grams of "weight", milliliters of "volume", or pieces, rolls, ..."""

    amount: float
    measure: str
    metric: bool = False


@dataclass(frozen=True)
class UnitPrice:
    """What one unit costs, in minor units of the currency; `unit` is oz, 100g, fl-oz, 100ml, piece, ..."""

    minor: float
    unit: str


def unit_prices(sizes: Sequence[str | None], prices: Sequence[int]) -> list[UnitPrice | None]:
    """The price of the same unit for each package; None where a size says nothing, or measures another thing.

    All None unless at least two packages measure the same, and the prices are near enough to be believed.
    prices: in minor units.
    """
    contents = contents_of(sizes)
    measures = [content.measure for content in contents if content is not None]
    common = max(measures, key=measures.count, default="")
    if measures.count(common) < 2:
        return [None] * len(sizes)
    alike = [content if content is not None and content.measure == common else None for content in contents]
    unit, size = _unit(common, metric=all(content.metric for content in alike if content is not None))
    found = [
        None if content is None else UnitPrice(price * size / content.amount, unit)
        for content, price in zip(alike, prices, strict=True)
    ]
    known = [price.minor for price in found if price is not None]
    return found if max(known) <= FAR_APART * min(known) else [None] * len(sizes)


def contents_of(sizes: Sequence[str | None]) -> list[Content | None]:
    """What each of some sizes says, read side by side; None where it says nothing."""
    contents = [content_of(size) for size in sizes]
    if any(content is not None and content.measure == "volume" for content in contents):
        return [content_of(size, fluid=True) for size in sizes]
    return contents


def unit_price(size: str | None, price: int) -> UnitPrice | None:
    """What one unit of a single package costs; None where its size says nothing, or just "one".

    price: in minor units.
    """
    content = content_of(size)
    if content is None or (content.measure == "piece" and content.amount <= 1):
        return None
    unit, size_of_unit = _unit(content.measure, metric=content.metric)
    return UnitPrice(price * size_of_unit / content.amount, unit)


def _unit(measure: str, *, metric: bool) -> tuple[str, float]:
    """The unit to name, and how much of the measure it is."""
    if measure == "weight":
        return ("100g", 100.0) if metric else ("oz", OUNCE)
    if measure == "volume":
        return ("100ml", 100.0) if metric else ("fl-oz", FLUID_OUNCE)
    return measure, 1.0


@lru_cache(maxsize=20_000)
def content_of(size: str | None, *, fluid: bool = False) -> Content | None:
    """What a size says; weight or volume before a count, if it gives both.

    fluid: a plain ounce is a fluid one.
    """
    found = [_measured(part, fluid=fluid) for part in (size or "").casefold().split(",")]
    known = [content for content in found if content is not None]
    return max(known, key=lambda content: content.measure in ("weight", "volume"), default=None)


def _measured(text: str, *, fluid: bool) -> Content | None:
    match = _MEASURE.fullmatch(text.strip().rstrip("."))
    if match is None:
        return None
    times, number, word = match.groups()
    unit = word.strip() if word.strip() in {*WEIGHT, *VOLUME} else word.strip().removesuffix("s")
    if number.endswith("/0"):
        return None
    amount = float(Fraction(number)) * int(times or 1)
    return _as_content(amount, "fl oz" if fluid and unit in ("oz", "ounce") else unit) if amount else None


def _as_content(amount: float, unit: str) -> Content | None:
    if unit in WEIGHT:
        return Content(amount * WEIGHT[unit], "weight", unit in METRIC_WEIGHT)
    if unit in VOLUME:
        return Content(amount * VOLUME[unit], "volume", unit in METRIC_VOLUME)
    if unit in PIECES:
        return Content(amount * PIECES[unit], "piece")
    return Content(amount, unit) if unit in COUNTED else None
