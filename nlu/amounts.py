"""Finds what is no name in a text: order numbers, e-mails, days, price limits, sizes and quantities."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from nlu import chinese_amounts, english_amounts
from nlu.dates import chinese_dates, english_dates
from nlu.found import Found, Names, Taken
from nlu.prices import Limits
from nlu.sizes import chinese_sizes, english_sizes
from nlu.words import is_cjk

# ASCII on both sides of the "@", so that Chinese may stand right beside it; lengths as RFC 5321 allows.
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_%+-](?:[A-Za-z0-9._%+-]{0,63})@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
    r"(?![A-Za-z0-9-])"
)
_ORDER_WORDS = frozenset({"order", "number", "no", "nr", "#", "id"})


def find_emails(text: str) -> list[Found]:
    """Return the e-mail addresses, in lower case."""
    return [Found("email", match[0].lower(), *match.span()) for match in _EMAIL.finditer(text)]


def find_amounts(doc: Doc, names: Sequence[Found], today: date) -> list[Found]:
    """Return order_id, date, price_min, price_max, price_currency, size and quantity outside `names`.

    There is one range of prices and one quantity at most; the entities of a price stand at the same place,
    all others apart. names: the catalogue's names and what else is spoken for.
    """
    plain = chinese_amounts.plain_chinese(doc.text) if any(map(is_cjk, doc.text)) else None
    found: list[Found] = []
    taken = Taken(names)
    for kind in (_orders(doc, plain), _dates(doc.text, plain, taken, today)):
        _take(kind, found, taken)
    limits = next(iter(_limits(doc.text, plain, taken)), None)
    _take(limits.found()[:1] if limits else (), found, taken)
    things = Names([name for name in names if name.entity != "email"])
    _take(_sizes(doc.text, plain, things, taken), found, taken)
    if not any(each.entity == "quantity" for each in found):
        _take(list(_quantities(doc.text, plain, things, taken))[:1], found, taken)
    return found + (limits.found()[1:] if limits else [])


def _take(candidates: Iterable[Found], found: list[Found], taken: Taken) -> None:
    """Add the candidates whose places are free; a later one may not overlap an earlier one."""
    for each in candidates:
        if taken.is_free(each.start, each.end):
            found.append(each)
            taken.add([each])


def _orders(doc: Doc, plain: str | None) -> Iterator[Found]:
    if plain is not None:
        yield from chinese_amounts.orders(plain)
    yield from (found for token in doc if (found := _order(token)))


def _dates(text: str, plain: str | None, taken: Taken, today: date) -> Iterator[Found]:
    if plain is not None:
        yield from chinese_dates(plain, taken, today)
    yield from english_dates(text, taken, today)


def _limits(text: str, plain: str | None, taken: Taken) -> Iterator[Limits]:
    if plain is not None:
        yield from chinese_amounts.price_limits(plain, taken)
    yield from english_amounts.price_limits(text, taken)


def _sizes(text: str, plain: str | None, names: Names, taken: Taken) -> Iterator[Found]:
    if plain is not None:
        yield from chinese_sizes(plain, names, taken)
    yield from english_sizes(text, taken)


def _quantities(text: str, plain: str | None, names: Names, taken: Taken) -> Iterator[Found]:
    if plain is not None:
        yield from chinese_amounts.quantities(plain, names, taken)
    yield from english_amounts.quantities(text, names, taken)


def _order(token: Token) -> Found | None:
    """Recognise `A1234567`, `31198570044`, and fewer digits after `#` or a word such as "order"."""
    digits = token.text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    letters = len(token.text) - len(digits)
    before = _lower(token, -1)
    announced = before in _ORDER_WORDS or (before, _lower(token, -2)) == ("is", "number")
    fewest = 4 if announced else 5 if letters else 7
    if letters > 3 or not (digits.isascii() and digits.isdecimal() and fewest <= len(digits) <= 20):
        return None
    return Found("order_id", token.text.upper(), token.idx, token.idx + len(token))


def _lower(token: Token, offset: int) -> str:
    position = token.i + offset
    return token.doc[position].lower_ if 0 <= position < len(token.doc) else ""
