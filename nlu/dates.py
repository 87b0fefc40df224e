"""Finds days: "last tuesday", "nov 3", "two weeks ago", "上周二", "11月3号"; their value is an ISO date.

A day without a year or week is the latest one, since shoppers mostly speak of orders they have made. English
is read by dateparser, and only where a phrase looks like a date: any other text costs a search for a pattern.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser
from dateutil.relativedelta import relativedelta

from nlu.found import Found, Taken
from nlu.numbers import CHINESE, ENGLISH_WORDS, number_in_chinese

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?:19|20)[0-9]{2})?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_WEEKDAY = rf"(?:{_WEEKDAY}|mon|tues?|wed|thur?s?|fri|sat|sun)"
_ENGLISH_DATE = re.compile(
    rf"(?<![\w./-])(?:(?P<past>today|yesterday|(?:the\s+)?day\s+before\s+yesterday|last\s+night|this\s+(?:morning|afternoon|evening)|tonight"
    rf"|tomorrow|(?:the\s+)?day\s+after\s+tomorrow|(?:(?:last|past|this|on|since)\s+{_SHORT_WEEKDAY}|{_WEEKDAY})"
    rf"|{_MONTH}\s?{_DAY}{_YEAR}|(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}"
    rf"|(?:[0-9]{{1,2}}|an?|(?:a\s+)?couple(?:\s+of)?|{ENGLISH_WORDS})\s+(?:day|week|month)s?\s+ago"
    r"|(?:19|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]|[01]?[0-9]/[0-3]?[0-9]/(?:20)?[0-9]{2}"
    r"|(?<=on\s)[01]?[0-9]/[0-3]?[0-9]|(?<=from\s)[01]?[0-9]/[0-3]?[0-9])"
    rf"|(?:next|by|until|till|coming)\s+(?P<next>{_SHORT_WEEKDAY}))(?![\w%]|[-/.]\w)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^(?:the|last|past|this|on|since)\s+(?!day\b|night\b|morning\b|afternoon\b|evening\b)", re.IGNORECASE
)
_TODAY = re.compile(r"^(?:this\s+(?:morning|afternoon|evening)|tonight)$", re.IGNORECASE)

_OFFSETS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今早": 0, "今晚": 0,
    "明天": 1, "明日": 1, "后天": 2,
}  # fmt: skip
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1}
_WEEKDAYS = "一二三四五六日天"
_CHINESE_DATE = re.compile(
    rf"(?P<offset>{'|'.join(_OFFSETS)})"
    rf"|(?P<week>上上|上|这|本|下)?(?:个)?(?:周|星期|礼拜)(?P<weekday>[{_WEEKDAYS}])(?![一二三四五六七八九十])"
    rf"|(?:(?P<year>20[0-9]{{2}}|[二〇零一二三四五六七八九]{{4}}|去|今|前)年)?(?P<month>{CHINESE})月份?(?P<day>{CHINESE})[日号]"
    rf"|(?P<near>上|这|本)个?月(?P<day_of>{CHINESE})[日号]"
    rf"|(?P<count>{CHINESE})(?P<unit>天|日|周|个?星期|个?礼拜|个?月)(?:以|之)?前"
)
_YEARS = {"去": -1, "今": 0, "前": -2}
_MOST_AGO = 1000


def english_dates(text: str, taken: Taken, today: date) -> Iterator[Found]:
    """Yield the days that are named in English, and ISO dates."""
    for match in _ENGLISH_DATE.finditer(text):
        words = match["next"] or match[0]
        found = _read(words, "future" if match["next"] else "past", today)
        if found is not None and taken.is_free(*match.span()):
            yield Found("date", found.isoformat(), *match.span())


def chinese_dates(text: str, taken: Taken, today: date) -> Iterator[Found]:
    """Yield the days that are named in a text of simplified characters."""
    for match in _CHINESE_DATE.finditer(text):
        found = _chinese(match, today)
        if found is not None and taken.is_free(*match.span()):
            yield Found("date", found.isoformat(), *match.span())


def _read(words: str, prefer: str, today: date) -> date | None:
    if _TODAY.match(words):
        return today
    plain = re.sub(r"(?i)^last\s+night$", "yesterday", words)
    plain = re.sub(r"(?i)^(?:a\s+)?couple(?:\s+of)?", "2", _SAYING.sub("", plain))
    day: datetime | None = _parser(prefer, today).get_date_data(plain).date_obj
    return None if day is None else day.date()


@lru_cache(maxsize=2)
def _parser(prefer: str, today: date) -> DateDataParser:
    settings = {"RELATIVE_BASE": datetime.combine(today, time(12)), "PREFER_DATES_FROM": prefer}
    return DateDataParser(languages=["en"], settings=settings)


def _chinese(match: re.Match[str], today: date) -> date | None:
    try:
        return _calculated(match, today)
    except (ValueError, OverflowError):  # no such day: 二月三十号
        return None


def _calculated(match: re.Match[str], today: date) -> date | None:
    if match["offset"]:
        return today + timedelta(days=_OFFSETS[match["offset"]])
    if match["weekday"]:
        return _of_week(match["week"], min(_WEEKDAYS.index(match["weekday"]), 6), today)
    if match["month"]:
        return _of_year(match["year"], _whole(match["month"]), _whole(match["day"]), today)
    if match["near"]:
        month: date = today - relativedelta(months=1 if match["near"] == "上" else 0)
        return month.replace(day=_whole(match["day_of"]))
    found: date = today - _span(_whole(match["count"]), match["unit"])
    return found


def _of_week(week: str | None, weekday: int, today: date) -> date:
    """Weeks begin on Monday; a day without its week is the latest one before tomorrow."""
    monday = today - timedelta(days=today.weekday())
    if week:
        return monday + timedelta(weeks=_WEEKS[week], days=weekday)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _of_year(year: str | None, month: int, day: int, today: date) -> date:
    if year in _YEARS:
        return date(today.year + _YEARS[year], month, day)
    if year:
        return date(_whole(year), month, day)
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def _span(count: int, unit: str) -> relativedelta:
    if not 0 < count <= _MOST_AGO:
        raise ValueError(count)
    if unit in ("天", "日"):
        return relativedelta(days=count)
    return relativedelta(months=count) if unit.endswith("月") else relativedelta(weeks=count)


def _whole(written: str) -> int:
    number = number_in_chinese(written)
    if number is None or number != int(number):
        raise ValueError(written)
    return int(number)
