"""Order numbers, price limits and quantities in Chinese, and the numerals they are written in."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue import LiveMatcher
from nlu.chinese import simplified
from nlu.chinese_amounts import find_chinese_amounts, number_in_chinese


@pytest.fixture(scope="session")
def live(catalogue_file: Path) -> LiveMatcher:
    return LiveMatcher(catalogue_file)


def found(live: LiveMatcher, kind: str, text: str) -> list[tuple[Any, str]]:
    return [(each.value, text[each.start : each.end]) for each in live.find(text) if each.entity == kind]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("三十五", 35),
        ("一百", 100),
        ("一百零五", 105),
        ("两百五", 250),
        ("两千三", 2300),
        ("一万二", 12000),
        ("1,250.5", 1250.5),
        ("两三", None),
    ],
)
def test_numerals(text: str, number: float | None) -> None:
    assert number_in_chinese(text) == number


@given(st.integers(0, 9999))
def test_every_number_is_read_as_it_is_written_out(number: int) -> None:
    assert number_in_chinese(_written(number)) == number


def _written(number: int) -> str:
    """Write a number of up to four digits: 1005 is 一千零五."""
    units = zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    text = "".join("零一二三四五六七八九"[int(digit)] + unit * (digit != "0") for digit, unit in units)
    return text.replace("零零", "零").replace("零零", "零").strip("零") or "零"


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("5块以下的牛奶", [(5.0, "5块以下")]),
        ("一百以内", [(100.0, "一百以内")]),
        ("三十五块五以内", [(35.5, "三十五块五以内")]),
        ("三塊九毛九以內", [(3.99, "三塊九毛九以內")]),
        ("五毛以下", [(0.5, "五毛以下")]),
        ("不要超过二十块", [(20.0, "不要超过二十块")]),
        ("预算是100", [(100.0, "预算是100")]),
        ("￥５以下", [(5.0, "￥５以下")]),
        ("10到20块之间", [(20.0, "10到20块之间")]),
        ("牛奶 under $5", [(5.0, "under $5")]),
        ("最多三个", []),
        ("三天以内", []),
        ("二十块钱", []),
        ("最多", []),
    ],
)
def test_price_limits(live: LiveMatcher, text: str, limits: list[tuple[float, str]]) -> None:
    assert found(live, "price_max", text) == limits


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("来两瓶", [(2, "两瓶")]),
        ("第二个来三份", [(3, "三份")]),
        ("要俩第一个", [(2, "俩")]),
        ("6盒牛奶", [(6, "6盒")]),
        ("加兩個", [(2, "兩個")]),
        ("牛奶x4", [(4, "4")]),
        ("加一千个", []),
        ("第二个", []),
        ("换一个", []),
        ("俩都要", []),
        ("买5块以下的", []),
    ],
)
def test_quantities(live: LiveMatcher, text: str, quantities: list[tuple[int, str]]) -> None:
    assert found(live, "quantity", text) == quantities


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("订单31198570044到哪了", ["31198570044"]),
        ("单号 5566", ["5566"]),
        ("訂單號是a1234567吗", ["A1234567"]),
        ("订单 40012345 和 40012346", ["40012345", "40012346"]),
        ("我有12345个问题", []),
        ("打110", []),
    ],
)
def test_order_numbers(live: LiveMatcher, text: str, orders: list[str]) -> None:
    assert [value for value, _ in found(live, "order_id", text)] == orders


def test_a_traditional_name_is_found_by_its_simplified_form(live: LiveMatcher) -> None:
    assert found(live, "category", "有沒有草莓和牛奶") == [("strawberries", "草莓"), ("milk", "牛奶")]


@given(
    st.lists(
        st.sampled_from([*"一两三十百零万块元毛个瓶俩第来加5.0,x$￥到", "以下", "不超过", "订单", "1234567"])
    )
)
def test_any_text_gives_values_and_spans_inside_it_that_do_not_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = sorted((each.start, each.end) for each in find_chinese_amounts(text, []))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(st.text())
def test_simplified_text_keeps_its_length(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
