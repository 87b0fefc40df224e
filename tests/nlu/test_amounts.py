"""Order numbers, price limits and quantities in Chinese."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue import LiveMatcher
from nlu.chinese import simplified


@pytest.fixture(scope="session")
def live(catalogue_file: Path) -> LiveMatcher:
    return LiveMatcher(catalogue_file)


def found(live: LiveMatcher, kind: str, text: str) -> list[tuple[Any, str]]:
    return [(each.value, text[each.start : each.end]) for each in live.find(text) if each.entity == kind]


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
        ("不要高于50元", [(50.0, "不要高于50元")]),
        ("二十块左右的红酒", [(24.0, "二十块左右")]),
        ("大概20块", [(24.0, "大概20块")]),
        ("5-10块的", [(10.0, "5-10块")]),
        ("不低于50元", []),
        ("10块以上", []),
        ("退我三十块", []),
    ],
)
def test_price_limits(live: LiveMatcher, text: str, limits: list[tuple[float, str]]) -> None:
    assert found(live, "price_max", text) == limits


@pytest.mark.parametrize(
    ("text", "lowest"),
    [
        ("10块以上", [(10.0, "10块以上")]),
        ("不低于50元的酒", [(50.0, "不低于50元")]),
        ("超过一百块", [(100.0, "超过一百块")]),
        ("10到20块的酒", [(10.0, "10到20块")]),
        ("从五块到十块", [(5.0, "从五块到十块")]),
        ("10到20之间", [(10.0, "10到20之间")]),
        ("预算一百到两百", [(100.0, "预算一百到两百")]),
        ("二十块左右", [(16.0, "二十块左右")]),
        ("20块以下", []),
        ("周一到周五", []),
        ("10到20个", []),
    ],
)
def test_lowest_prices(live: LiveMatcher, text: str, lowest: list[tuple[float, str]]) -> None:
    assert found(live, "price_min", text) == lowest


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("20美元以下", ["USD"]),
        ("五十欧元以内", ["EUR"]),
        ("最多三十英镑", ["GBP"]),
        ("一百人民币以下", ["CNY"]),
        ("20块以下", []),
        ("￥20以下", []),
    ],
)
def test_currencies_of_prices(live: LiveMatcher, text: str, currencies: list[str]) -> None:
    assert [value for value, _ in found(live, "price_currency", text)] == currencies


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
        ("退我三十块", []),
        ("给我二十块", []),
        ("来三块牛奶", [(3, "三块")]),
        ("两升牛奶", [(2, "两")]),
        ("两升装牛奶", []),
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


@given(st.text())
def test_simplified_text_keeps_its_length(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)
