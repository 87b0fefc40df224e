"""Amounts of money: whole minor units inside, floats in payloads, Babel's labels for people."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

FINE_BELOW = Decimal("0.1")


def exact(minor: int, currency: str) -> Decimal:
    """Major units: 399 USD cents are 3.99, 399 yen are 399."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def amount(minor: int, currency: str) -> float:
    """Major units as JSON carries them."""
    return float(exact(minor, currency))


def minor_units(major: float | Decimal | str, currency: str) -> int:
    """Minor units of an amount that a person named, rounded half to even: "4.99" USD are 499."""
    return int(Decimal(str(major)).scaleb(get_currency_precision(currency)).to_integral_value())


def price_label(minor: int, currency: str, locale: str) -> str:
    """The amount as people of this locale read it: "$3.99", "US$3.99"."""
    return str(format_currency(exact(minor, currency), currency, locale=locale))


def fine_price_label(minor: float, currency: str, locale: str) -> str:
    """A price of very little, which may need another digit: "$0.75", "$0.074"."""
    places = get_currency_precision(currency)
    major = Decimal(str(minor)).scaleb(-places)
    if major >= FINE_BELOW:
        return str(format_currency(major, currency, locale=locale))
    return str(format_currency(round(major, places + 1), currency, locale=locale, decimal_quantization=False))
