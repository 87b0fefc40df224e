"""Package sizes, from the source's labels to words."""

import pytest

from shop.importers.complete_journey.sizes import read_size


@pytest.mark.parametrize(
    ("label", "english", "chinese"),
    [
        ("1 GA", "1 gallon", "1 加仑"),
        ("1/2 GAL", "1/2 gallon", "1/2 加仑"),
        ("2 L", "2 liters", "2 升"),
        (".5 L", "500 ml", "500 毫升"),
        ("2000 ML", "2 liters", "2 升"),
        ("12 OZ", "12 oz", "12 盎司"),
        ("1.0 OZ", "1 oz", "1 盎司"),
        (".13 OZ", "0.13 oz", "0.13 盎司"),
        ("15 1/4 OZ", "15.25 oz", "15.25 盎司"),
        ("1-3/4 LB", "1.75 lb", "1.75 磅"),
        ("3/4 OZ", "0.75 oz", "0.75 盎司"),
        ("4/4 OZ", "4 x 4 oz", "4 x 4 盎司"),
        ("3/3.5 OZ", "3 x 3.5 oz", "3 x 3.5 盎司"),
        ("6 PK/4 OZ", "6 x 4 oz", "6 x 4 盎司"),
        ("16.9 OZ/6 PK", "6 x 16.9 oz", "6 x 16.9 盎司"),
        ("405.6 OZ", "24 x 16.9 oz", "24 x 16.9 盎司"),
        ("(600) 4 LB", "4 lb", "4 磅"),
        ("L      8 OZ", "8 oz", "8 盎司"),
        ("22515 32 OZ", "32 oz", "32 盎司"),
        ("1 DZ", "1 dozen", "1 打"),
        ("PT", "1 pint", "1 品脱"),
        ("30 CT", "30 count", "30 件"),
        ("6 CT/15 OZ", "6 count, 15 oz", "6 件，15 盎司"),
        ("32 LOAD", "32 loads", "32 次用量"),
        ("1 STEM", "1 stem", "1 枝"),
        ("10 IN", "10 inches", "10 英寸"),
    ],
)
def test_sizes_read_as_people_say_them(label: str, english: str, chinese: str) -> None:
    size = read_size(label)
    assert size is not None
    assert (size.english(), size.chinese()) == (english, chinese)


@pytest.mark.parametrize(
    "label",
    [None, "", "1 CT", "974246  PK", "CTN", "48-54 CT", "18-22 LB", "MN15 VRDZSS", "LB", "0 OZ", "1/0 OZ"],
)
def test_what_helps_nobody_is_no_size(label: str | None) -> None:
    assert read_size(label) is None
