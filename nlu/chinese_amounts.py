"""Finds price limits, quantities and order numbers in Chinese, where no spaces set numbers apart.

"三十五块五以内" is a price of at most 35.5, "二十块左右" one of about 20, "来两瓶" asks for two,
"订单40012345" names an order. The texts are in simplified characters and half width (see `plain_chinese`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlu.chinese import simplified
from nlu.found import Found, Names, Taken
from nlu.numbers import CHINESE, number_in_chinese
from nlu.prices import CHINESE_UNIT, Limits, around, currency_of

MOST_QUANTITY = 999
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，＃＄￥", "0123456789.,#$¥")
_REACH = 16  # characters before an amount that can make it a limit

_DIGIT = r"[1-9一二两三四五六七八九]"
_COIN = (
    rf"(?:零?(?P<jiao>{_DIGIT})(?:(?:毛|角)(?:零?(?P<fen>{_DIGIT})分?)?)?)(?!\d|[个瓶盒包件份袋斤箱罐种样十百千万])"
    rf"|零?(?P<cents>{_DIGIT})分|(?=\D|$)"
)
_MONEY = re.compile(
    rf"(?P<sign>(?:US|HK|[CAS])?\$|[¥€£])\s*(?P<signed>{CHINESE})"
    rf"|(?P<whole>{CHINESE})\s*(?P<unit>{CHINESE_UNIT})(?:{_COIN})钱?"
    rf"|(?P<only_jiao>{_DIGIT})(?:毛|角)(?:(?P<only_fen>{_DIGIT})分?)?钱?|(?P<bare>{CHINESE})",
    re.IGNORECASE,
)
_LINK = r"(?:[是为在花出只有要就:：\s]|不超过|大概|大约)*$"
_MOST = re.compile(
    r"(?:(?:不要|不能|不想|不会|别|不)(?:高于|超过|大于|贵于)|低于|少于|小于|不到|最多|最高|最贵|至多|顶多|上限"
    rf"|预算|只有|控制在|under|below|max){_LINK}",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"(?:(?:不要|不能|不想|别|不)(?:低于|少于|小于)|高于|超过|大于|贵于|多于|最少|最低|至少|起码|下限|over|above|min)"
    rf"{_LINK}",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:大概|大约|差不多|约|将近|左右在)[是为在花要:：\s]*$")
_MOST_AFTER = re.compile(r"\s*(?:或者?)?(?:以下|以内|之内|之下|以里|内|封顶|或更少|之间|max)", re.IGNORECASE)
_LEAST_AFTER = re.compile(r"\s*(?:或者?)?(?:以上|之上|往上|起步|起|或更多|min)", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|出头|前后|来块|上下浮动)")
_TO = re.compile(rf"\s*(?:到|至|-|~|～|—)\s*(?:{CHINESE})")
_UP_TO = re.compile(r"\s*(?:之间|以内|以下)?")
_LOWEST = re.compile(
    rf"(?P<budget>预算|价格|价位|价钱)?(?:从|在|介于|是|大概|:|：)*(?P<sign>[$¥€£])?\s*(?P<low>{CHINESE})\s*(?P<unit>{CHINESE_UNIT})?\s*(?:到|至|-|~|～|—)\s*$",
    re.IGNORECASE,
)

_COUNTED = r"[个瓶盒包件份袋斤箱罐条支只张把串颗杯桶打根双套听磅样卷筒板]"
_QUANTITY = re.compile(
    rf"(?P<asked>[来要加拿买放添选减少删给我取]|数量|再来|一共)?\s*(?:了|上|掉)?\s*(?P<count>{CHINESE})\s*"
    rf"(?:{_COUNTED}(?!钱)|(?P<piece>块)(?!钱))|(?P<pair>[俩仨])(?!都|人)|[x×*]\s*(?P<times>\d{{1,3}})(?!\d)"
)
_NOT_A_COUNT = frozenset("第哪这那换另下每头前后几有任上")
_MOST_PIECES = 10  # "三块豆腐" are three; "三十块牛奶" is money
_NOT_PRICED = re.compile(rf"\s*(?:{_COUNTED}|[款号天日周年月分点时小折次人种公克升毫加盎度%岁位片粒枚])")
_ORDER = re.compile(
    r"(?<![A-Za-z0-9.])(?P<id>(?P<letters>[A-Za-z]{0,3})(?P<digits>[0-9]{4,20}))(?![A-Za-z0-9.])"
)
_ANNOUNCED = re.compile(r"(?:订单|单子|单|编号|号码|号|#)(?:[是为:：#\s]|编?号码?|购买|买)*$")


class _Reading(NamedTuple):
    """Words around an amount by which it is a limit, and which."""

    before: re.Match[str] | None
    after: re.Match[str] | None
    low: float | None
    high: float | None


def plain_chinese(text: str) -> str:
    """Return the text in simplified characters, with digits of half width; as long as before."""
    return simplified(text.translate(_HALF_WIDTH))


def orders(text: str) -> Iterator[Found]:
    """Yield the order numbers: long ones anywhere, short ones after a word that announces them."""
    for match in _ORDER.finditer(text):
        announced = _ANNOUNCED.search(_before(text, match.start())) is not None
        fewest = 4 if announced else 5 if match["letters"] else 7
        if len(match["digits"]) >= fewest:
            yield Found("order_id", match["id"].upper(), *match.span())


def price_limits(text: str, taken: Taken) -> Iterator[Limits]:
    """Yield the price limits, with the words that make them limits."""
    for match in _MONEY.finditer(text):
        amount = _price(match)
        if amount is None or _TO.match(
            text, match.end()
        ):  # the lower end of a range, which its upper end tells
            continue
        if taken.is_free(*match.span()) and (limits := _limits(match, amount)):
            yield limits


def quantities(text: str, names: Names, taken: Taken) -> Iterator[Found]:
    """Yield the whole numbers of things that are asked for, or that a name follows."""
    for match in _QUANTITY.finditer(text):
        start, end = _place(match)
        amount = _amount(match)
        if amount is None or amount != int(amount) or not 1 <= amount <= MOST_QUANTITY:
            continue
        following = names.next_after(match.end())
        gap = len(text) if following is None else following - match.end()
        near = gap <= 1 or not text[:start].strip()
        asked = match["count"] is None or match["asked"] or near
        if match["piece"]:
            asked = gap == 0 and amount <= _MOST_PIECES
        if asked and text[start - 1 : start] not in _NOT_A_COUNT and taken.is_free(start, end):
            yield Found("quantity", int(amount), start, end)


def _before(text: str, position: int) -> str:
    return text[max(position - _REACH, 0) : position]


def _limits(match: re.Match[str], amount: float) -> Limits | None:
    text, (start, end) = match.string, match.span()
    currency = currency_of(match["sign"], match["unit"])
    counts = match["bare"] is not None and _NOT_PRICED.match(text, match.end()) is not None
    if lowest := None if counts else _lowest(match, amount):
        return lowest
    readings = (
        _Reading(opening.search(_before(text, start)), closing.match(text, end), low, high)
        for opening, closing, low, high in (
            (_MOST, _MOST_AFTER, None, amount),
            (_LEAST, _LEAST_AFTER, amount, None),
            (_ABOUT, _ABOUT_AFTER, *around(amount)),
        )
    )
    told = [each for each in readings if each.after or (each.before and not counts)]
    if not told:
        return None
    meant = max(told, key=lambda each: len(each.before[0]) if each.before else 0)  # "不低于", not "低于"
    begin = start - len(meant.before[0]) if meant.before else start
    return Limits(meant.low, meant.high, currency, begin, meant.after.end() if meant.after else end)


def _lowest(match: re.Match[str], high: float) -> Limits | None:
    """Return "10到20块" and "10到20之间" as a range."""
    text = match.string
    before = _LOWEST.search(_before(text, match.start()))
    after = _UP_TO.match(text, match.end())
    said = (
        match["unit"] or match["sign"] or (before and (before["unit"] or before["sign"] or before["budget"]))
    )
    if before is None or after is None or not (said or "之间" in after[0]):
        return None
    low = number_in_chinese(before["low"])
    if low is None or low >= high:
        return None
    currency = currency_of(match["sign"], match["unit"], before["sign"], before["unit"])
    return Limits(low, high, currency, match.start() - len(before[0]), after.end())


def _price(match: re.Match[str]) -> float | None:
    if match["only_jiao"]:
        return _coins(match["only_jiao"], match["only_fen"])
    whole = number_in_chinese(match["signed"] or match["whole"] or match["bare"])
    if whole is None:
        return None
    return round(whole + _coins(match["jiao"], match["fen"] or match["cents"]), 2)


def _coins(jiao: str | None, fen: str | None) -> float:
    tens, ones = (number_in_chinese(coin) if coin else 0.0 for coin in (jiao, fen))
    return (tens or 0.0) / 10 + (ones or 0.0) / 100


def _place(match: re.Match[str]) -> tuple[int, int]:
    kind = next(kind for kind in ("count", "pair", "times") if match[kind] is not None)
    return match.start(kind), match.end()


def _amount(match: re.Match[str]) -> float | None:
    if match["pair"]:
        return 2.0 if match["pair"] == "俩" else 3.0
    return number_in_chinese(match["count"] or match["times"])
