"""Sizes of packages, written as the catalogue writes them."""

from pathlib import Path

import pytest

from nlu.catalogue import LiveMatcher


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("milk, 1 gallon", [("1 gallon", "1 gallon")]),
        ("a gallon of milk", [("1 gallon", "a gallon")]),
        ("half a gallon", [("1/2 gallon", "half a gallon")]),
        ("1/2 lb", [("1/2 lb", "1/2 lb")]),
        ("two gallons of milk", [("1 gallon", "gallons")]),
        ("500ml", [("500 ml", "500ml")]),
        ("the 24 oz one", [("24 oz", "24 oz")]),
        ("twenty ounces", [("20 oz", "twenty ounces")]),
        ("12 fl. oz", [("12 fl oz", "12 fl. oz")]),
        ("1.5 liters", [("1.5 l", "1.5 liters")]),
        ("a 12-pack", [("12 pack", "12-pack")]),
        ("pack of 12", [("12 pack", "pack of 12")]),
        ("6 x 330 ml", [("6 x 330 ml", "6 x 330 ml")]),
        ("100 ct", [("100 count", "100 ct")]),
        ("two dozen", [("24 count", "two dozen")]),
        ("500毫升牛奶", [("500 ml", "500毫升")]),
        ("两升装", [("2 l", "两升装")]),
        ("半加仑", [("1/2 gallon", "半加仑")]),
        ("5公斤", [("5 kg", "5公斤")]),
        ("5千克", [("5 kg", "5千克")]),
        ("12罐裝", [("12 pack", "12罐裝")]),
        ("100片装的", [("100 count", "100片装")]),
        ("three packs", []),
        ("1 pack", []),
        ("2 items", []),
        ("两罐", []),
        ("12 lbfoo", []),
    ],
)
def test_sizes(catalogue_file: Path, text: str, sizes: list[tuple[str, str]]) -> None:
    found = LiveMatcher(catalogue_file).find(text)
    assert [(each.value, text[each.start : each.end]) for each in found if each.entity == "size"] == sizes
