"""Which words of a message name something, in Chinese too, where no spaces set them apart."""

import pytest

from actions.words import shared, telling_words


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        ("do you have oat milk", [], ["oat", "milk"]),
        ("有没有榴莲卖吗", [], ["榴莲"]),
        ("我想找一款无糖饮料", ["饮料"], ["无糖"]),
        ("牛奶多少钱一瓶", ["牛奶"], []),
        ("把第二个加入购物车", ["第二"], []),
        ("有没有 organic 的牛奶", ["牛奶"], ["organic"]),
        ("点心", [], ["点心"]),
    ],
)
def test_telling_words(text: str, named: list[str], told: list[str]) -> None:
    places = [(text.index(name), text.index(name) + len(name)) for name in named]
    words = list(telling_words(text, places))
    assert [word.text for word in words] == told
    assert all(text[word.start : word.end] == word.text for word in words)


def test_a_chinese_word_may_be_a_part_of_a_name() -> None:
    assert shared({"牛奶", "milk"}, {"脱脂牛奶", "buttermilk"}) == {"牛奶"}
