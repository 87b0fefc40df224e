"""Amounts that shoppers write, in the currency they mean, and amounts they are told, in the one they see."""

from babel.numbers import get_currency_symbol

from actions.turn import Turn, said_for
from shop.currencies import exchange_to, known_currencies
from shop.money import minor_units, price_label

HIGHEST_PRICE = 1e6
DOLLAR = "$"
# Signs that stand for one currency alone.
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW"}


def price_limit(turn: Turn, name: str = "price_max") -> int | None:
    """The highest price that was named (`price_min`: the lowest), in minor units of the shop's currency."""
    value = turn.first(name)
    if value is None:
        return None
    own = turn.shop.settings.currency
    major = min(float(value), HIGHEST_PRICE)
    exchange = exchange_to(turn.shop, _meant(turn, name), turn.audience.locale)
    return minor_units(major, own) if exchange is None else exchange.back(major)


def told(turn: Turn, minor: int) -> str:
    """An amount of the shop's in words."""
    currency = turn.shop.settings.currency
    return price_label(minor, currency, turn.audience.locale, turn.audience.shown_in)


def _meant(turn: Turn, name: str) -> str:
    """The currency of an amount: the one that was named, else the one that prices are shown in.

    "Dollars" are those of the prices shown, if these are in dollars of whichever country, else the shop's.
    """
    own = turn.shop.settings.currency
    shown = turn.audience.shown_in.target if turn.audience.shown_in else own
    said = next((said_for(turn, each) for each in turn.entities if each.name == name), "")
    named = (
        turn.first("price_currency")
        or turn.first("currency")
        or next((code for sign, code in SIGNS.items() if sign in said), None)
    )
    if DOLLAR in said or named == "USD":
        return next((code for code in (shown, own) if _is_dollar(code)), "USD")
    return str(named) if named in known_currencies(turn.shop) else shown


def _is_dollar(code: str) -> bool:
    return DOLLAR in get_currency_symbol(code, locale="en")
