"""Price limits: what every language's reading of them comes to, and currencies by their signs and words."""

import re
from typing import NamedTuple

from nlu.found import Found

AROUND = (0.8, 1.2)  # "about 20" is taken for 16 to 24

# "$" and "dollars" may be those of any country; the skills take those that the shopper sees.
_SIGNS = {
    "$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "HK$": "HKD",
    "NZ$": "NZD", "S$": "SGD", "NT$": "TWD", "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW",
}  # fmt: skip
_CODES = [
    "COD", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON",
    "SEK", "SGD", "THB", "TRY", "TWD", "USD", "ZAR",
]  # fmt: skip
_WORDS = {
    "dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY",
    "rmb": "CNY", "renminbi": "CNY", "rupee": "INR", "won": "KRW", "franc": "CHF",
}  # fmt: skip
_COUNTRIES = {
    "canadian": "CAD", "australian": "AUD", "aussie": "AUD", "hong kong": "HKD", "singapore": "SGD",
    "new zealand": "NZD", "taiwan": "TWD",
}  # fmt: skip
_CHINESE = {
    "美元": "USD", "美金": "USD", "刀": "USD", "欧元": "EUR", "英镑": "GBP", "人民币": "CNY", "日元": "JPY",
    "港币": "HKD", "港元": "HKD", "加元": "CAD", "澳元": "AUD", "台币": "TWD", "韩元": "KRW", "新币": "SGD",
}  # fmt: skip
CENTS = r"(?:cents?|¢|c)"

SIGN = r"(?:(?<![A-Za-z])(?:US|CA?|AU?|HK|NZ|S|NT))?\$|[€£¥₹₩]"
CODE = rf"(?:{'|'.join(_CODES)})"
ENGLISH_UNIT = (
    rf"(?:(?:(?:{'|'.join(_COUNTRIES)}|us|american)\s+)?dollars?|{CENTS}"
    rf"|(?:{'|'.join(word for word in _WORDS if word != 'dollar')})s?|{CODE})(?![A-Za-z])"
)
CHINESE_UNIT = rf"(?:块钱|块|元钱|{'|'.join(_CHINESE)}|元|圆|dollars?|{CODE}|rmb)"


class Limits(NamedTuple):
    """A range of prices as it stands in a text; None where it is open."""

    low: float | None
    high: float | None
    currency: str | None
    start: int
    end: int

    def found(self) -> list[Found]:
        """Return the entities: price_min, price_max, price_currency, all of them at the same place."""
        values = {"price_min": self.low, "price_max": self.high, "price_currency": self.currency}
        return [
            Found(name, value, self.start, self.end) for name, value in values.items() if value is not None
        ]


def around(amount: float) -> tuple[float, float]:
    """Return the lowest and highest price that "about" this one means."""
    return round(amount * AROUND[0], 2), round(amount * AROUND[1], 2)


def currency_of(*said: str | None) -> str | None:
    """Return the ISO code of the first that names a currency; "块", "cents" and "¥" name none."""
    return next((code for words in said if words and (code := _code(words.strip()))), None)


def _code(words: str) -> str | None:
    if code := _SIGNS.get(words.upper()) or _CHINESE.get(words):
        return code
    if words.upper() in _CODES:
        return words.upper()
    lower = re.sub(r"\s+", " ", words.lower())
    country = next((code for name, code in _COUNTRIES.items() if lower.startswith(name)), None)
    return country or _WORDS.get(lower.split(" ")[-1].removesuffix("s"))
