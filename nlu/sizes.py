"""Finds sizes of packages ("24 oz", "half a gallon", "12-pack", "两升装"), written as in the catalogue."""

import re
from collections.abc import Iterator
from fractions import Fraction

from nlu.found import Found, Names, Taken
from nlu.numbers import CHINESE, ENGLISH, number_in_chinese, number_in_english

# How the catalogue writes a unit, and how people do. Whole words of the second list can be counted: two
# gallons are mostly two times one gallon.
_SHORT = {
    "fl oz": r"fl\.?\s?oz|fluid\s?ounces?",
    "oz": r"oz|ounces?",
    "lb": r"lbs?",
    "gallon": r"gals?",
    "quart": r"qts?",
    "pint": r"pt",
    "kg": r"kgs?|kilograms?",
    "g": r"g|gr|grams?",
    "ml": r"mls?|millilit(?:er|re)s?",
    "cl": r"cl",
    "l": r"l|ltr",
    "pack": r"pack|pk|pck",
    "count": r"count|ct",
    "roll": r"rolls?",
    "dozen": r"dozen",
}
_WHOLE = {
    "gallon": r"gallons?",
    "quart": r"quarts?",
    "pint": r"pints?",
    "lb": r"pounds?",
    "l": r"lit(?:er|re)s?",
    "kg": r"kilos?",
}
_CHINESE = {
    "毫升": "ml", "公升": "l", "升": "l", "加仑": "gallon", "盎司": "oz", "公斤": "kg", "千克": "kg",
    "克": "g", "磅": "lb", "夸脱": "quart", "品脱": "pint",
}  # fmt: skip
_CHINESE_PACKS = {"包听罐瓶个只支袋盒杯": "pack", "片粒枚张颗块抽": "count", "卷": "roll"}
_COUNTED = range(2, 11)

_UNIT = "|".join(
    f"(?P<{group}_{name.replace(' ', '_')}>{spelled})"
    for group, units in (("whole", _WHOLE), ("short", _SHORT))
    for name, spelled in units.items()
)
_FRACTION = r"half(?:\s(?:of\s)?an?)?|[1-3]/[2-8]|½|¼"
_ENGLISH_SIZE = re.compile(
    rf"(?<![\w.,$€£/])(?:(?P<times>[0-9]{{1,2}})\s?[x×]\s?)?(?P<number>{_FRACTION}|{ENGLISH}|an?(?=\s))"
    rf"(?:\s|-|\s-\s)?(?:{_UNIT})(?![A-Za-z0-9])(?P<of>\s+of\b)?",
    re.IGNORECASE,
)
_PACK_OF = re.compile(
    rf"\b(?:packs?|case|box|bag|carton)\s+of\s+(?P<number>{ENGLISH})(?!\w|[.,][0-9])", re.IGNORECASE
)
_CHINESE_SIZE = re.compile(
    rf"(?P<number>半|{CHINESE})\s?(?:(?P<unit>{'|'.join(_CHINESE)})|(?P<packed>[{''.join(_CHINESE_PACKS)}])(?=装))"
    r"(?P<packing>装?)"
)


def english_sizes(text: str, taken: Taken) -> Iterator[Found]:
    """Yield the sizes; "two gallons of" as a quantity of two and a size of one gallon."""
    for match in _ENGLISH_SIZE.finditer(text):
        end = match.start("of") if match["of"] else match.end()
        if taken.is_free(match.start(), end):
            yield from _english(match, end)
    for match in _PACK_OF.finditer(text):
        amount = number_in_english(match["number"])
        if amount is not None and taken.is_free(*match.span()):
            yield Found("size", f"{_written(Fraction(amount))} pack", *match.span())


def chinese_sizes(text: str, names: Names, taken: Taken) -> Iterator[Found]:
    """Yield the sizes; "两磅牛肉" as a quantity of two and a size of one pound. text: simplified."""
    for match in _CHINESE_SIZE.finditer(text):
        amount = Fraction(1, 2) if match["number"] == "半" else _fraction(number_in_chinese(match["number"]))
        end = match.end()
        if amount is None or amount <= 0 or not taken.is_free(match.start(), end):
            continue
        packs = (
            name for signs, name in _CHINESE_PACKS.items() if match["packed"] and match["packed"] in signs
        )
        unit = _CHINESE[match["unit"]] if match["unit"] else next(packs)
        if unit in _WHOLE and amount in _COUNTED and not match["packing"] and names.next_after(end) == end:
            yield Found("quantity", int(amount), *match.span("number"))
            yield Found("size", f"1 {unit}", match.start("unit"), end)
        else:
            yield Found("size", f"{_written(amount)} {unit}", match.start(), end)


def _english(match: re.Match[str], end: int) -> Iterator[Found]:
    amount = _amount(match["number"])
    group, unit = next(name.split("_", 1) for name, said in match.groupdict().items() if said and "_" in name)
    unit = unit.replace("_", " ")
    article = match["number"].lower() in ("a", "an")
    if amount is None or amount <= 0 or (article and group == "short" and unit != "dozen"):
        return
    if amount == 1 and unit in ("pack", "roll", "count"):  # one of the things, not their size
        return
    place = match.start(f"{group}_{unit.replace(' ', '_')}")
    if group == "whole" and match["of"] and amount in _COUNTED and not match["times"]:
        yield Found("quantity", int(amount), *match.span("number"))
        yield Found("size", f"1 {unit}", place, end)
        return
    if unit == "dozen":
        amount, unit = amount * 12, "count"
    times = f"{match['times']} x " if match["times"] else ""
    yield Found("size", f"{times}{_written(amount)} {unit}", match.start(), end)


def _amount(written: str) -> Fraction | None:
    words = written.lower()
    if words in ("a", "an"):
        return Fraction(1)
    if words.startswith("half") or words == "½":
        return Fraction(1, 2)
    if "/" in words or words == "¼":
        return Fraction(words.replace("¼", "1/4"))
    return _fraction(number_in_english(words))


def _fraction(number: float | None) -> Fraction | None:
    return None if number is None else Fraction(number).limit_denominator(100)


def _written(amount: Fraction) -> str:
    """Write halves and the like of less than one as fractions, all else as decimals: "1/2", "1.5", "24"."""
    if amount < 1 and amount.denominator in (2, 3, 4, 8):
        return str(amount)
    return f"{float(amount):g}" if amount < 1e6 else str(int(amount))
