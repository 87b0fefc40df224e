"""Finds order numbers, price limits and quantities in a text, by what spaCy says of each token."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from nlu.catalogue_matcher import Found
from nlu.chinese_amounts import MOST_QUANTITY, find_chinese_amounts
from nlu.words import is_cjk

_LIMITS = (
    ("no", "more", "than"), ("not", "more", "than"), ("less", "than"), ("cheaper", "than"), ("lower", "than"),
    ("up", "to"), ("at", "most"), ("under",), ("below",), ("max",), ("maximum",), ("within",),
)  # fmt: skip
_LIMITS_AFTER = (
    ("or", "less"),
    ("or", "under"),
    ("or", "cheaper"),
    ("at", "most"),
    ("max",),
    ("maximum",),
    ("tops",),
)
_MONEY = frozenset(
    {"dollar", "dollars", "buck", "bucks", "usd", "euro", "euros", "eur", "pounds", "gbp", "yuan", "cny"}
)
_CENTS = frozenset({"cent", "cents"})
_AFTER_BARE_PRICE = frozenset({"please", "and", "or", "for", "in", "if", "with", "that", "from", "of"})
_ORDER_WORDS = frozenset({"order", "number", "no", "nr", "#", "id"})
_ASKING = frozenset({"add", "buy", "get", "take", "want", "order", "quantity", "make", "need", "x"})
_WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)


def find_amounts(doc: Doc, names: Sequence[Found]) -> list[Found]:
    """Return order_id, price_max and quantity entities outside the catalogue's names, each kind at most once
    but order_id.
    """
    chinese = find_chinese_amounts(doc.text, names) if any(map(is_cjk, doc.text)) else []
    taken = {position for found in [*names, *chinese] for position in range(found.start, found.end)}
    free = [token for token in doc if taken.isdisjoint(range(token.idx, token.idx + len(token)))]
    orders = [found for token in free if (found := _order(token))]
    numbers = [token for token in free if not any(o.start <= token.idx < o.end for o in orders)]
    prices = [found for token in numbers if (found := _price_limit(token))][:1]
    rest = [token for token in numbers if not any(p.start <= token.idx < p.end for p in prices)]
    quantities = [found for token in rest if (found := _quantity(token, names))][:1]
    kinds = {found.entity for found in chinese} - {"order_id"}
    return chinese + orders + [found for found in prices + quantities if found.entity not in kinds]


def _order(token: Token) -> Found | None:
    """Recognise `A1234567`, `31198570044`, and fewer digits after `#` or a word such as "order"."""
    digits = token.text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    letters = len(token.text) - len(digits)
    announced = _lower(token, -1) in _ORDER_WORDS or (_lower(token, -1), _lower(token, -2)) == (
        "is",
        "number",
    )
    fewest = 4 if announced else 5 if letters else 7
    if letters > 3 or not (digits.isascii() and digits.isdecimal() and fewest <= len(digits) <= 20):
        return None
    return Found("order_id", token.text.upper(), token.idx, token.idx + len(token))


def _price_limit(token: Token) -> Found | None:
    amount = number_of(token)
    if amount is None:
        return None
    first = token.nbor(-1) if _is_currency(token, -1) else token
    unit = _lower(token, 1)
    has_unit = _is_currency(token, 1) or unit in _MONEY | _CENTS
    last = token.nbor(1) if has_unit else token
    opening = next((words for words in _LIMITS if _precede(first, words)), None)
    closing = next((words for words in _LIMITS_AFTER if _follow(last, words)), None)
    plain = first is token and not has_unit
    if (opening is None and (closing is None or plain)) or (plain and not _may_end_price(token)):
        return None
    return Found("price_max", amount / 100 if unit in _CENTS else amount, first.idx, last.idx + len(last))


def _may_end_price(token: Token) -> bool:
    """Tell "under 5" and "under 5 please" from "under 5 minutes"."""
    following = _lower(token, 1)
    return not following.isalpha() or following in _AFTER_BARE_PRICE


def _quantity(token: Token, names: Sequence[Found]) -> Found | None:
    """Recognise a whole number that counts a catalogue name, follows a word of asking, or carries an x."""
    times = token.lower_.strip("x")
    amount = float(times) if times.isascii() and times.isdecimal() else number_of(token)
    if amount is None or amount != int(amount) or not 1 <= amount <= MOST_QUANTITY:
        return None
    end = token.idx + len(token)
    counts = any(end <= name.start and len(token.doc.text[end : name.start].split()) <= 2 for name in names)
    if not (
        counts or times != token.lower_ or _lower(token, -1) in _ASKING or _lower(token, 1) in ("x", "of")
    ):
        return None
    return Found("quantity", int(amount), token.idx, end)


def number_of(token: Token) -> float | None:
    """Return the number that a token writes in digits or as a word up to twelve; None for any other token."""
    if token.lower_ in _WORDS:
        return float(_WORDS[token.lower_])
    plain = token.text.replace(",", "")
    if not (token.like_num and plain.isascii() and plain.replace(".", "", 1).isdecimal()):
        return None
    return float(plain)


def _lower(token: Token, offset: int) -> str:
    position = token.i + offset
    return token.doc[position].lower_ if 0 <= position < len(token.doc) else ""


def _is_currency(token: Token, offset: int) -> bool:
    position = token.i + offset
    return 0 <= position < len(token.doc) and bool(token.doc[position].is_currency)


def _precede(token: Token, words: tuple[str, ...]) -> bool:
    return all(_lower(token, offset - len(words)) == word for offset, word in enumerate(words))


def _follow(token: Token, words: tuple[str, ...]) -> bool:
    return all(_lower(token, offset + 1) == word for offset, word in enumerate(words))
