"""Days, in both languages; the day they are counted from is a Sunday."""

from datetime import date
from pathlib import Path

import pytest

from nlu.catalogue import LiveMatcher

SUNDAY = date(2026, 11, 22)
TUESDAY = date(2026, 11, 17)


def days(catalogue_file: Path, text: str, today: date = SUNDAY) -> list[tuple[str, str]]:
    found = LiveMatcher(catalogue_file, lambda: today).find(text)
    return [(str(each.value), text[each.start : each.end]) for each in found if each.entity == "date"]


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("I bought it yesterday", "yesterday", "2026-11-21"),
        ("came today!", "today", "2026-11-22"),
        ("the day before yesterday", "the day before yesterday", "2026-11-20"),
        ("my order from last Tuesday", "last Tuesday", "2026-11-17"),
        ("on friday it came", "on friday", "2026-11-20"),
        ("ordered Wednesday", "Wednesday", "2026-11-18"),
        ("next monday please", "next monday", "2026-11-23"),
        ("I need it by friday", "by friday", "2026-11-27"),
        ("the nov 3 order", "nov 3", "2026-11-03"),
        ("November 3rd", "November 3rd", "2026-11-03"),
        ("on the 3rd of november", "the 3rd of november", "2026-11-03"),
        ("3 November 2025", "3 November 2025", "2025-11-03"),
        ("dec 24", "dec 24", "2025-12-24"),
        ("2026-11-03", "2026-11-03", "2026-11-03"),
        ("11/03/2026", "11/03/2026", "2026-11-03"),
        ("bought on 11/3", "11/3", "2026-11-03"),
        ("3 days ago", "3 days ago", "2026-11-19"),
        ("two weeks ago", "two weeks ago", "2026-11-08"),
        ("a couple of days ago", "a couple of days ago", "2026-11-20"),
        ("it came last night", "last night", "2026-11-21"),
        ("this morning", "this morning", "2026-11-22"),
        ("昨天买的", "昨天", "2026-11-21"),
        ("大前天下的单", "大前天", "2026-11-19"),
        ("上周二的订单", "上周二", "2026-11-10"),
        ("上個星期五", "上个星期五", "2026-11-13"),
        ("上礼拜天", "上礼拜天", "2026-11-15"),
        ("星期三到的", "星期三", "2026-11-18"),
        ("这周三", "这周三", "2026-11-18"),
        ("11月3号买的", "11月3号", "2026-11-03"),
        ("十一月三号", "十一月三号", "2026-11-03"),
        ("去年12月24号", "去年12月24号", "2025-12-24"),
        ("12月24日", "12月24日", "2025-12-24"),
        ("2025年11月3日", "2025年11月3日", "2025-11-03"),
        ("上个月3号", "上个月3号", "2026-10-03"),
        ("三天前", "三天前", "2026-11-19"),
        ("两周前", "两周前", "2026-11-08"),
        ("一个月之前", "一个月之前", "2026-10-22"),
    ],
)
def test_days(catalogue_file: Path, text: str, said: str, day: str) -> None:
    [(value, words)] = days(catalogue_file, text)
    assert (value, words.replace("個", "个")) == (day, said)


@pytest.mark.parametrize(
    "text",
    [
        "may I have 3 of them",
        "sun cream and sat nav",
        "1/2 gallon",
        "feb 30",
        "3号",
        "第三天",
        "二月三十号",
        "2026-13-40",
        "99999 weeks ago",
        "in 3 days",
        "三天以内",
        "周末",
    ],
)
def test_no_days(catalogue_file: Path, text: str) -> None:
    assert days(catalogue_file, text) == []


def test_last_tuesday_is_not_today(catalogue_file: Path) -> None:
    assert days(catalogue_file, "last tuesday", TUESDAY)[0][0] == "2026-11-10"
