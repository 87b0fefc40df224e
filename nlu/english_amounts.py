"""Finds price limits and quantities in English: "under $5", "between 5 and 10 dollars", "two bottles of"."""

import re
from collections.abc import Iterator

from nlu.found import Found, Names, Taken
from nlu.numbers import ENGLISH, number_in_english
from nlu.prices import CENTS, CODE, ENGLISH_UNIT, SIGN, Limits, around, currency_of

MOST_QUANTITY = 999

_ABOUT = r"about|around|roughly|approximately|approx\.?|circa|near(?:ly)?|close\s+to|some|~|≈"
_MOST = (
    r"(?:not?|nothing)\s+(?:be\s+)?(?:more|higher|over|above)(?:\s+than)?|(?:less|cheaper|lower)\s+than|up\s+to|at\s+most"
    r"|max(?:imum)?(?:\s+(?:of|is|price))?|under|below|beneath|within|inside|<=?"
    r"|(?:my\s+)?budget(?:\s+(?:is|of))?|(?:only|just)\s+have|can\s+spend|to\s+spend"
)
_LEAST = (
    r"(?:not?|nothing)\s+(?:less|cheaper|lower|under|below)(?:\s+than)?|(?:more|higher)\s+(?:expensive\s+)?than|pricier\s+than"
    r"|at\s+least|over|above|beyond|min(?:imum)?(?:\s+(?:of|is|price))?|starting\s+(?:at|from)|>=?"
)
_MOST_AFTER = r"or\s+(?:less|under|cheaper|below|lower)|at\s+(?:the\s+)?most|max(?:imum)?|tops"
_LEAST_AFTER = r"or\s+(?:more|over|above|higher)|and\s+(?:up|above|over|more)|at\s+least|min(?:imum)?|\+|plus"
_ABOUT_AFTER = r"or\s+so|give\s+or\s+take|-?\s?ish|or\s+thereabouts"


def _money(name: str) -> str:
    return (
        rf"(?P<sign_{name}>{SIGN}|\b{CODE}\b)?\s?(?P<{name}>{ENGLISH})(?![.,]?[0-9])"
        rf"(?:\s?(?P<unit_{name}>{ENGLISH_UNIT}|[$€£¥₹₩]))?(?![^\W_])"
    )


_RANGE = re.compile(
    rf"(?:(?<!\w)(?P<opening>between|from)\s+)?{_money('low')}\s?(?:-|–|~|to|and)\s?{_money('high')}",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    rf"(?<!\w)(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<about>{_ABOUT}))[\s:]*(?:(?:{_ABOUT}|just|only)\s+)?{_money('number')}"
    rf"(?:\s(?P<or_so>{_ABOUT_AFTER}))?",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    rf"{_money('number')}\s?(?:(?P<most>{_MOST_AFTER})|(?P<least>{_LEAST_AFTER})|(?P<about>{_ABOUT_AFTER}))(?!\w)",
    re.IGNORECASE,
)
_BEFORE_TIMES = re.compile(
    r"\b(?:deliver\w*|arriv\w*|open\w*|close\w*|come|clock|noon|[ap]\.?m)\b", re.IGNORECASE
)
# What may follow a bare number that is a price: "under 5 please", but not "under 5 minutes".
_ENDS_PRICE = re.compile(
    r"\s*(?:$|(?:please|pls|plz|and|or|for|in|if|with|that|from|of|but|at|on|each|total|would|is)\b|[^\s\w%/:])",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?:\b(?:am|im|are|is|be)|['’](?:m|re|s))\s*$", re.IGNORECASE)
_NOT_ABOUT = re.compile(r"\b(?:how|what)\s*$", re.IGNORECASE)

_QUANTITY = re.compile(
    rf"(?<![\w.,$€£¥#%-])(?:x\s?)?(?P<number>{ENGLISH}|a\s+couple(?=\s+of\b))(?P<times>x\b)?(?![\w%]|[.,:/-]\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:\b(?:add|buy|get|take|want|order|quantity|make|need|have|remove|delete|put|return)|\bx)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:of|x)\b", re.IGNORECASE)


def price_limits(text: str, taken: Taken) -> Iterator[Limits]:
    """Yield the price limits in a text, ranges first."""
    yield from (limits for match in _RANGE.finditer(text) if (limits := _range(match, taken)))
    for pattern in (_LIMIT, _LIMIT_AFTER):
        yield from (limits for match in pattern.finditer(text) if (limits := _limit(match, taken)))


def quantities(text: str, names: Names, taken: Taken) -> Iterator[Found]:
    """Yield the whole numbers that count a catalogue name, follow a word of asking, or carry an x."""
    for match in _QUANTITY.finditer(text):
        start, end = match.span("number")
        couple = match["number"].lower().endswith("couple")
        amount = 2.0 if couple else number_in_english(match["number"])
        if amount is None or amount != int(amount) or not 1 <= amount <= MOST_QUANTITY:
            continue
        asked = not couple and (_ASKED.search(text[max(start - 12, 0) : start]) or _COUNTED.match(text, end))
        if (asked or match["times"] or _counts(text, end, names)) and taken.is_free(start, end):
            yield Found("quantity", int(amount), start, end)


def _counts(text: str, end: int, names: Names) -> bool:
    following = names.next_after(end)
    return following is not None and following - end <= 40 and len(text[end:following].split()) <= 2


def _range(match: re.Match[str], taken: Taken) -> Limits | None:
    low, high = number_in_english(match["low"]), number_in_english(match["high"])
    said = [match[part] for part in ("sign_low", "unit_low", "sign_high", "unit_high")]
    opening, plain = (match["opening"] or "").lower(), not any(said)
    by_and = re.search(
        r"\band\b", match[0][match.end("low") - match.start() : match.start("high") - match.start()]
    )
    if (
        low is None
        or high is None
        or low >= high
        or (plain and opening != "between")
        or (by_and and not opening)
    ):
        return None
    if plain and (not _may_end(match) or _BEFORE_TIMES.search(match.string)):
        return None
    cents = 100 if _is_cents(match["unit_high"]) else 1
    if not taken.is_free(*match.span()):
        return None
    return Limits(low / cents, high / cents, currency_of(*said), *match.span())


def _limit(match: re.Match[str], taken: Taken) -> Limits | None:
    amount, unit = number_in_english(match["number"]), match["unit_number"]
    plain = not (match["sign_number"] or unit)
    if amount is None or not taken.is_free(*match.span()):
        return None
    if plain and (match.re is _LIMIT_AFTER or not _may_end(match) or _is_age(match)):
        return None
    amount = amount / 100 if _is_cents(unit) else amount
    currency = currency_of(match["sign_number"], unit)
    if match["most"] or match["least"]:
        low, high = (None, amount) if match["most"] else (amount, None)
        return Limits(low, high, currency, *match.span())
    if _NOT_ABOUT.search(match.string[max(match.start() - 6, 0) : match.start()]):
        return None
    return Limits(*around(amount), currency, *match.span())


def _may_end(match: re.Match[str]) -> bool:
    return _ENDS_PRICE.match(match.string, match.end()) is not None


def _is_age(match: re.Match[str]) -> bool:
    """Tell "I'm over 18" from "anything over 18"."""
    return (
        match["least"] is not None
        and _AGE.search(match.string[max(match.start() - 6, 0) : match.start()]) is not None
    )


def _is_cents(unit: str | None) -> bool:
    return unit is not None and re.fullmatch(CENTS, unit, re.IGNORECASE) is not None
