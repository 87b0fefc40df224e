"""Amounts of money: whole minor units inside, floats in payloads, Babel's labels for people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

FINE_BELOW = Decimal("0.1")
PRICE = "{price}"


@dataclass(frozen=True)
class Exchange:
    """How amounts of `source` are told in `target`: so many for one, by the rate of a day.

    `about` is what to write around a converted price, which stands in it as "{price}".
    """

    source: str
    target: str
    rate: float
    day: date
    about: str

    def converted(self, minor: float) -> Decimal:
        """Major units of `target` for minor units of `source`."""
        return Decimal(str(minor)).scaleb(-get_currency_precision(self.source)) * Decimal(str(self.rate))

    def back(self, major: float | Decimal | str) -> int:
        """Minor units of `source` for an amount that a person named in `target`, rounded to the nearest."""
        return minor_units(Decimal(str(major)) / Decimal(str(self.rate)), self.source)


def exact(minor: int, currency: str) -> Decimal:
    """Major units: 399 USD cents are 3.99, 399 yen are 399."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def amount(minor: int, currency: str) -> float:
    """Major units as JSON carries them."""
    return float(exact(minor, currency))


def minor_units(major: float | Decimal | str, currency: str) -> int:
    """Minor units of an amount that a person named, rounded half to even: "4.99" USD are 499."""
    return int(Decimal(str(major)).scaleb(get_currency_precision(currency)).to_integral_value())


def price_label(minor: int, currency: str, locale: str, shown_in: Exchange | None = None) -> str:
    """The amount as people of this locale read it: "$3.99", "US$3.99"; converted: "about €3.49"."""
    if shown_in is None or shown_in.source != currency:
        return str(format_currency(exact(minor, currency), currency, locale=locale))
    label = format_currency(shown_in.converted(minor), shown_in.target, locale=locale)
    return shown_in.about.replace(PRICE, str(label))


def fine_price_label(minor: float, currency: str, locale: str, shown_in: Exchange | None = None) -> str:
    """A price of very little, which may need another digit: "$0.75", "$0.074", "about €0.068"."""
    if shown_in is not None and shown_in.source == currency:
        label = _fine(shown_in.converted(minor), shown_in.target, locale)
        return shown_in.about.replace(PRICE, label)
    return _fine(Decimal(str(minor)).scaleb(-get_currency_precision(currency)), currency, locale)


def _fine(major: Decimal, currency: str, locale: str) -> str:
    if major >= FINE_BELOW:
        return str(format_currency(major, currency, locale=locale))
    places = get_currency_precision(currency) + 1
    return str(format_currency(round(major, places), currency, locale=locale, decimal_quantization=False))
