"""Finds order numbers, price limits and quantities in Chinese, where no spaces set numbers apart.

"三十五块五以内" is a price of at most 35.5, "来两瓶" asks for two, "订单40012345" names an order.
"""

import re
from collections.abc import Iterator, Sequence

from nlu.catalogue_matcher import Found
from nlu.chinese import simplified

_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．＃＄￥", "0123456789.#$¥")

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)"
_DIGIT = r"[1-9一二两三四五六七八九]"
_COIN = (
    rf"(?P<jiao>{_DIGIT})(?:(?:毛|角)(?:(?P<fen>{_DIGIT})分?)?)?(?!\d|[个瓶盒包件份袋斤箱罐种样])|(?=\D|$)"
)
_UNIT = r"(?:块钱|块|元钱|元|圆|美元|美金|刀|欧元|英镑|人民币|dollars?|usd|rmb)"
_MONEY = re.compile(
    rf"[$¥€£]\s*(?P<signed>{_NUMBER})|(?P<whole>{_NUMBER})\s*{_UNIT}(?:{_COIN})钱?"
    rf"|(?P<only_jiao>{_DIGIT})(?:毛|角)(?:(?P<only_fen>{_DIGIT})分?)?钱?|(?P<bare>{_NUMBER})",
    re.IGNORECASE,
)
_LIMIT_BEFORE = re.compile(
    r"(?:(?:不要|不能|不想|别|不)(?:高于|超过|大于|贵于)|低于|少于|小于|不到|最多|最高|最贵|至多|顶多|上限"
    r"|预算|只有|控制在|under|below|max)(?:[是为在花出只有要就:：\s]|不超过|大概)*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(r"\s*(?:或者?)?(?:以下|以内|之内|之下|以里|内|封顶|或更少|之间|max)", re.IGNORECASE)
_LOWEST = re.compile(rf"{_NUMBER}\s*{_UNIT}?\s*(?:到|至|-|~)\s*$")

_COUNTED = r"[个瓶盒包件份袋斤箱罐条支只张块把串颗杯桶打根双套听磅样卷筒板]"
_QUANTITY = re.compile(
    rf"(?P<asked>[来要加拿买放添选减少删给我取]|数量|再来|一共)?\s*(?:了|上|掉)?\s*(?P<count>{_NUMBER})\s*{_COUNTED}(?!钱)"
    r"|(?P<pair>[俩仨])(?!都|人)|[x×*]\s*(?P<times>\d{1,3})(?!\d)"
)
_NOT_A_COUNT = frozenset("第哪这那换另下每头前后几有任上")
_ORDER = re.compile(
    r"(?<![A-Za-z0-9.])(?P<id>(?P<letters>[A-Za-z]{0,3})(?P<digits>\d{4,20}))(?![A-Za-z0-9.])"
)
_ANNOUNCED = re.compile(r"(?:订单|单子|单|编号|号码|号|#)(?:[是为:：#\s]|编?号码?|购买|买)*$")
MOST_QUANTITY = 999


def find_chinese_amounts(text: str, names: Sequence[Found]) -> list[Found]:
    """Return order_id, price_max and quantity entities outside the catalogue's names, each kind at most once
    but order_id; a price covers the words that make it a limit.
    """
    plain = simplified(text.translate(_HALF_WIDTH))
    orders = list(_orders(plain, names))
    prices = list(_prices(plain, [*names, *orders]))[:1]
    quantities = list(_quantities(plain, names, [*names, *orders, *prices]))[:1]
    return orders + prices + quantities


def number_in_chinese(text: str) -> float | None:
    """Return the number that digits or Chinese numerals write; None for those that follow no rule ("两三").

    A last digit without its unit stands one unit lower, as in "两百五" (250).
    """
    if text[:1].isdigit() and text[:1].isascii():
        return float(text.replace(",", ""))
    total, section, digit, unit = 0, 0, None, 1
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit == 10000:
                total, section = (total + section + (digit or 0)) * unit, 0
            else:
                section += (1 if digit is None else digit) * unit
            digit = None
        elif digit:
            return None
        else:
            digit, unit = _DIGITS[character], 10 if character in "零〇" else unit
    return float(total + section + (digit or 0) * max(unit // 10, 1))


def _orders(text: str, taken: Sequence[Found]) -> Iterator[Found]:
    for match in _ORDER.finditer(text):
        announced = _ANNOUNCED.search(text[: match.start()]) is not None
        fewest = 4 if announced else 5 if match["letters"] else 7
        if len(match["digits"]) >= fewest and _is_free(match.span(), taken):
            yield Found("order_id", match["id"].upper(), *match.span())


def _prices(text: str, taken: Sequence[Found]) -> Iterator[Found]:
    for match in _MONEY.finditer(text):
        value = _price(match)
        before = _LIMIT_BEFORE.search(text[: match.start()])
        after = _LIMIT_AFTER.match(text, match.end())
        counts = match["bare"] is not None and after is None and _counts_something(text[match.end() :])
        if value is None or counts or (before is None and after is None) or not _is_free(match.span(), taken):
            continue
        lowest = _LOWEST.search(text[: match.start()])
        start = before.start() if before else lowest.start() if lowest else match.start()
        yield Found("price_max", value, start, after.end() if after else match.end())


def _price(match: re.Match[str]) -> float | None:
    if match["only_jiao"]:
        return _coins(match["only_jiao"], match["only_fen"])
    whole = number_in_chinese(match["signed"] or match["whole"] or match["bare"])
    return None if whole is None else round(whole + _coins(match["jiao"], match["fen"]), 2)


def _coins(jiao: str | None, fen: str | None) -> float:
    return ((number_in_chinese(jiao) or 0) if jiao else 0) / 10 + (
        (number_in_chinese(fen) or 0) if fen else 0
    ) / 100


def _counts_something(following: str) -> bool:
    """Tell "最多三个" and "不到两天" from "最多三十"."""
    return (
        re.match(rf"\s*(?:{_COUNTED}|[款号天日周年月分点时小折次人种公克升度%岁位])", following) is not None
    )


def _quantities(text: str, names: Sequence[Found], taken: Sequence[Found]) -> Iterator[Found]:
    for match in _QUANTITY.finditer(text):
        start, end = _place(match)
        amount = _amount(match)
        if amount is None or amount != int(amount) or not 1 <= amount <= MOST_QUANTITY:
            continue
        before = text[start - 1 : start]
        near = any(0 <= name.start - end <= 1 for name in names) or not text[:start].strip()
        asked = match["count"] is None or match["asked"] or near
        if asked and before not in _NOT_A_COUNT and _is_free((start, end), taken):
            yield Found("quantity", int(amount), start, end)


def _place(match: re.Match[str]) -> tuple[int, int]:
    kind = next(kind for kind in ("count", "pair", "times") if match[kind] is not None)
    return match.start(kind), match.end()


def _amount(match: re.Match[str]) -> float | None:
    if match["pair"]:
        return 2.0 if match["pair"] == "俩" else 3.0
    return number_in_chinese(match["count"] or match["times"])


def _is_free(span: tuple[int, int], taken: Sequence[Found]) -> bool:
    return all(span[1] <= each.start or each.end <= span[0] for each in taken)
