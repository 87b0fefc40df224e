"""Numbers as people write them: in digits, in English words, in Chinese numerals; read by libraries.

Why these ones: docs/decisions/0011.
"""

import re

import cn2an
from number_parser import parse_number
from number_parser.parser import LanguageData
from price_parser import Price

_WORDS = "|".join(sorted(LanguageData("en").all_numbers, key=len, reverse=True))
DIGITS = r"(?:[0-9]{1,9}(?:,[0-9]{3}){0,2}(?:[.,][0-9]{1,2}(?![0-9]))?|\.[0-9]{1,2})"
# "two hundred and five", but not "five and ten"; at most eight words.
ENGLISH_WORDS = (
    rf"(?:an?\s+(?=hundred|thousand))?(?:{_WORDS})"
    rf"(?:(?:(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+|\s*-\s*|\s+)(?:{_WORDS})\b){{0,7}}"
)
ENGLISH = rf"(?:{DIGITS}|\b{ENGLISH_WORDS}\b)"
NUMERALS = "零〇一二两三四五六七八九十廿百千万壹贰叁肆伍陆柒捌玖拾佰仟"
CHINESE = (
    r"(?:[0-9]{1,9}(?:,[0-9]{3}){0,2}(?:\.[0-9]{1,2})?(?:[百千](?!克|卡)|万)?"
    rf"|[{NUMERALS}]+(?:点[{NUMERALS}]+)?)"
)

_LONGEST = 16
_TWO_DIGITS = re.compile("[一二两三四五六七八九]{2}")  # "两三" is two or three, and no number
_UNIT_ALONE = re.compile("^(?=[百千万佰仟])")


def number_in_digits(text: str) -> float | None:
    """Return what digits with separators write: "1,250.50" and "1.250,50" are 1250.5, "3,50" is 3.5."""
    amount: float | None = Price.fromstring(text).amount_float
    return amount


def number_in_english(text: str) -> float | None:
    """Return what digits or English number words write; None for words that make no one number."""
    if text[:1] in "0123456789.":
        return number_in_digits(text)
    words = re.sub(r"^(?:an?\s+)?(?=hundred|thousand)", "one ", text.lower())
    number = parse_number(words, language="en")
    return None if number is None or number >= 1e9 else float(number)


def number_in_chinese(text: str) -> float | None:
    """Return what digits or Chinese numerals write, in simplified characters; None for those that follow no
    rule ("两三").

    A last digit without its unit stands one unit lower, as in "两百五" (250).
    """
    if text.translate({ord(","): None, ord("."): None}).isdecimal():
        return number_in_digits(text)
    if len(text) > _LONGEST or _TWO_DIGITS.search(text):
        return None
    try:
        return float(cn2an.cn2an(_UNIT_ALONE.sub("一", text.replace(",", "")), "smart"))
    except ValueError:
        return None
