"""Package sizes as people read them: "1 GA" is 1 gallon, "6 PK/4 OZ" is 6 x 4 oz, "(600) 4 LB" is 4 lb."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import polars as pl

SPELLINGS = {
    "oz": ("OZ", "OZS", "Z", "O"),
    "fl oz": ("FL OZ",),
    "lb": ("LB", "LBS"),
    "gallon": ("GA", "GAL", "GALON"),
    "pint": ("PT",),
    "quart": ("QT",),
    "liter": ("L", "LT", "LTR"),
    "ml": ("ML",),
    "g": ("G", "GM", "GS"),
    "count": ("CT",),
    "pack": ("PK", "PKS", "P"),
    "dozen": ("DZ", "DOZ"),
    "piece": ("PC", "PCS"),
    "load": ("LOAD", "LOADS", "LD", "LDS"),
    "use": ("USE", "USES"),
    "sheet": ("SHEET", "SHEETS"),
    "stem": ("STEM", "STEMS"),
    "sq ft": ("SQ FT",),
    "ft": ("FT", "FOOT"),
    "inch": ("IN",),
}
UNITS = {spelling: unit for unit, spellings in SPELLINGS.items() for spelling in spellings}
PLURALS = {"inch": "inches"}
COUNTABLE = {"gallon", "pint", "quart", "liter", "piece", "load", "use", "sheet", "stem", "inch"}
CHINESE = {
    "oz": "盎司",
    "fl oz": "液量盎司",
    "lb": "磅",
    "gallon": "加仑",
    "pint": "品脱",
    "quart": "夸脱",
    "liter": "升",
    "ml": "毫升",
    "g": "克",
    "count": "件",
    "pack": "件装",
    "dozen": "打",
    "piece": "块",
    "load": "次用量",
    "use": "次用量",
    "sheet": "张",
    "stem": "枝",
    "sq ft": "平方英尺",
    "ft": "英尺",
    "inch": "英寸",
}
CONTENT = {"oz", "fl oz", "lb", "gallon", "pint", "quart", "liter", "ml", "g"}
# A bottle of water or soda; cases are often given as their total, which nobody recognises.
BOTTLE_OZ = Decimal("16.9")

_NUMBER = r"(?:\d+[\s-]+\d+/\d+|\d+/\d+|\d*\.\d+|\d+)"
_FRACTIONS = {"1/2", "1/3", "2/3", "1/4", "3/4", "7/8", "5/8", "3/8", "1/8"}
_UNIT = "|".join(sorted((re.escape(word) for word in UNITS), key=len, reverse=True))
_MEASURE = re.compile(rf"({_NUMBER})\s*({_UNIT})\b")
_PACKED = re.compile(rf"(\d+)\s*(?:(?:PK|CT|P)\s*/?|/|-|X)\s*({_NUMBER})\s*({_UNIT})\b")
_PACKED_AFTER = re.compile(rf"({_NUMBER})\s*({_UNIT})\s*/?\s*(\d+)\s*PK\b")
_NOISE = re.compile(r"^(?:\(\d+\)|\d{5,}|L|N|B|R|P|AB|ABD|A D|ALL)(?=[\s.\d])\s*|\(.*$|[*_]")


@dataclass(frozen=True)
class Size:
    """`times` packages of the same measures, such as 12 x (12, oz), or one with a count and a content."""

    measures: tuple[tuple[Decimal, str], ...]
    times: int = 1

    def english(self) -> str:
        """ "6 x 4 oz", "1 gallon", "30 count"."""
        text = ", ".join(_english(amount, unit) for amount, unit in self.measures)
        return f"{self.times} x {text}" if self.times > 1 else text

    def chinese(self) -> str:
        """ "6 x 4 盎司", "1 加仑", "30 件"."""
        text = "，".join(f"{_plain(amount)} {CHINESE[unit]}" for amount, unit in self.measures)
        return f"{self.times} x {text}" if self.times > 1 else text


def _plain(amount: Decimal) -> str:
    if amount == Decimal("0.5"):
        return "1/2"
    return f"{amount.normalize():f}"


def _english(amount: Decimal, unit: str) -> str:
    plural = amount > 1 and unit in COUNTABLE
    return f"{_plain(amount)} {PLURALS.get(unit, unit + 's') if plural else unit}"


def _number(text: str) -> Decimal | None:
    try:
        parts = re.split(r"[\s-]+", text)
        value = sum((Fraction(part) for part in parts), Fraction(0))
        return round(Decimal(value.numerator) / Decimal(value.denominator), 3)
    except (ValueError, ZeroDivisionError, InvalidOperation):
        return None


def _measure(number: str, unit: str) -> tuple[Decimal, str] | None:
    amount = _number(number)
    if amount is None or amount <= 0:
        return None
    name = UNITS[unit]
    if name == "liter" and amount < 1:
        return amount * 1000, "ml"
    if name == "ml" and amount >= 1000 and amount % 500 == 0:
        return amount / 1000, "liter"
    return amount, name


def read_size(text: str | None) -> Size | None:
    """The size that a label gives; None when it gives none that a shopper could use."""
    label = re.sub(r"\s+", " ", (text or "").upper()).strip()
    label = _NOISE.sub("", _NOISE.sub("", label)).strip().rstrip(".")
    label = re.sub(r"^HALF\b", "1/2", label)
    if label in {"PT", "QT", "GAL", "DZ", "DOZ"}:
        label = f"1 {label}"
    return _packs(label) or _single(label)


def _packs(label: str) -> Size | None:
    if re.match(r"\d+-\d+ LB", label):
        return None  # a range, as whole birds have
    if (found := _PACKED.match(label)) and not _is_fraction(label):
        return _times(found[1], _measure(found[2], found[3]), counted="CT" in label[: found.start(2)])
    if found := _PACKED_AFTER.match(label):
        return _times(found[3], _measure(found[1], found[2]))
    return None


def _is_fraction(label: str) -> bool:
    """Whether "3/4 OZ" means three quarters; "4/4 OZ" and "3/3.5 OZ" are packs."""
    return label.split(" ", 1)[0] in _FRACTIONS or re.match(r"\d+[ -]\d/\d", label) is not None


def _times(packages: str, measure: tuple[Decimal, str] | None, *, counted: bool = False) -> Size | None:
    if measure is None:
        return None
    number = int(packages)
    if counted and number > 1 and measure[1] in CONTENT:
        # "6 CT/15 OZ": six pieces that weigh 15 oz together.
        return Size(((Decimal(number), "count"), measure))
    return Size((measure,), number) if number > 0 and measure[1] in CONTENT else None


def _single(label: str) -> Size | None:
    found = _MEASURE.match(label)
    measure = _measure(found[1], found[2]) if found else None
    if measure is None or measure in {(Decimal(1), "count"), (Decimal(1), "pack"), (Decimal(1), "piece")}:
        return None
    amount, unit = measure
    if unit == "oz" and amount > 100 and amount % BOTTLE_OZ == 0:
        return Size(((BOTTLE_OZ, "oz"),), int(amount / BOTTLE_OZ))
    return Size((measure,))


def size_table(labels: Iterable[str]) -> pl.DataFrame:
    """For each label: `size` and `size_zh`, and the largest `pounds` and `pieces` that it speaks of."""
    rows = [(label, size) for label in labels if (size := read_size(label))]
    return pl.DataFrame(
        {
            "package_size": [label for label, _ in rows],
            "size": [size.english() for _, size in rows],
            "size_zh": [size.chinese() for _, size in rows],
            "pounds": [_largest(size, "lb") for _, size in rows],
            "pieces": [_largest(size, "count") for _, size in rows],
        },
        schema={
            "package_size": pl.String,
            "size": pl.String,
            "size_zh": pl.String,
            "pounds": pl.Float64,
            "pieces": pl.Float64,
        },
    )


def _largest(size: Size, unit: str) -> float | None:
    amounts = [float(amount) * size.times for amount, of in size.measures if of == unit]
    return max(amounts, default=None)
