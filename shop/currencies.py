"""Prices in the shopper's currency, by the European Central Bank's reference rates.

The rates come with the package `currencyconverter` and carry their day; what is charged stays in the shop's
own currency. Only what people read is converted: payloads keep the shop's amounts, and so does the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from babel.numbers import get_currency_name
from currency_converter import CurrencyConverter

from shop.context import Audience, Shop
from shop.errors import InvalidInput
from shop.money import PRICE, Exchange
from shop.storage import currencies as queries

EURO = "EUR"


@dataclass(frozen=True)
class Rates:
    """Units of each currency for one euro, on the last day on which the bank named a rate for all of them."""

    day: date
    per_euro: Mapping[str, float]


@lru_cache(maxsize=1)
def latest_rates() -> Rates:
    """The newest rates at hand, read once per process; currencies that the bank gave up are left out."""
    converter = CurrencyConverter()
    last = {code: bounds.last_date for code, bounds in converter.bounds.items()}
    day = max(last.values())
    current = sorted(code for code, known_until in last.items() if known_until == day)
    return Rates(day, {code: float(converter.convert(1, EURO, code, date=day)) for code in current})


def known_currencies(shop: Shop) -> tuple[str, ...]:
    """Currencies in which prices can be shown, the shop's own first."""
    own = shop.settings.currency
    rates = latest_rates().per_euro
    return (own, *(code for code in rates if code != own)) if own in rates else (own,)


def currency_name(code: str, locale: str) -> str:
    """What people call an amount in a currency: "US dollars", "美元"."""
    return str(get_currency_name(code, count=2, locale=locale))


def exchange_to(shop: Shop, code: str, locale: str) -> Exchange | None:
    """How to tell the shop's amounts in a currency; None if it is the shop's own.

    Raises:
        InvalidInput: there is no rate for it (field `currency`, code `unknown_currency`).
    """
    own = shop.settings.currency
    if code == own:
        return None
    if code not in known_currencies(shop):
        raise InvalidInput(f"no rate for {code!r}", field="currency", code="unknown_currency")
    rates = latest_rates()
    rate = rates.per_euro[code] / rates.per_euro[own]
    about = shop.phrases.say("money-about", locale, price=PRICE)
    return Exchange(own, code, rate, rates.day, about)


def choose_currency(shop: Shop, audience: Audience, code: str) -> Exchange | None:
    """Show prices in this currency from now on, in this conversation and to this shopper.

    Raises:
        InvalidInput: there is no rate for it (field `currency`, code `unknown_currency`).
    """
    exchange = exchange_to(shop, code, audience.locale)
    with shop.database.write() as connection:
        queries.choose_currency(connection, audience.conversation_id, audience.shopper_id, code)
    return exchange


def in_own_currency(shop: Shop, audience: Audience) -> Audience:
    """The audience with the currency that it chose, unless there is no rate for that any more."""
    with shop.database.read() as connection:
        code = queries.chosen_currency(connection, audience.conversation_id, audience.shopper_id)
    if code is None or code not in known_currencies(shop):
        return audience
    return replace(audience, shown_in=exchange_to(shop, code, audience.locale))
