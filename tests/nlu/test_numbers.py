"""Numbers in digits, English words and Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.numbers import number_in_chinese, number_in_english


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("12.5", 12.5),
        (".99", 0.99),
        ("1250", 1250),
        ("1,250", 1250),
        ("1,250.50", 1250.5),
        ("3,50", 3.5),
        ("one", 1),
        ("Twelve", 12),
        ("nineteen", 19),
        ("twenty five", 25),
        ("forty-two", 42),
        ("a hundred", 100),
        ("hundred", 100),
        ("two hundred and fifty", 250),
        ("two hundred fifty", 250),
        ("fifteen hundred", 1500),
        ("three thousand", 3000),
        ("five ten", None),
        ("one million million", None),
    ],
)
def test_english(text: str, number: float | None) -> None:
    assert number_in_english(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("三十五", 35),
        ("廿五", 25),
        ("一百", 100),
        ("百", 100),
        ("百八", 180),
        ("一百零五", 105),
        ("两百五", 250),
        ("两千三", 2300),
        ("一万二", 12000),
        ("3千", 3000),
        ("1.5万", 15000),
        ("十二点五", 12.5),
        ("壹佰", 100),
        ("1,250.5", 1250.5),
        ("两三", None),
        ("二三十", None),
    ],
)
def test_chinese(text: str, number: float | None) -> None:
    assert number_in_chinese(text) == number


@given(st.integers(0, 9999))
def test_every_number_is_read_as_it_is_written_out_in_chinese(number: int) -> None:
    assert number_in_chinese(_written(number)) == number


@given(st.integers(0, 999_999_999))
def test_every_number_is_read_as_it_stands_in_digits(number: int) -> None:
    assert number_in_english(str(number)) == number_in_chinese(str(number)) == number
    assert number_in_english(f"{number:,}") == number


def _written(number: int) -> str:
    """Write a number of up to four digits: 1005 is 一千零五."""
    units = zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    text = "".join("零一二三四五六七八九"[int(digit)] + unit * (digit != "0") for digit, unit in units)
    return text.replace("零零", "零").replace("零零", "零").strip("零") or "零"
