"""Telling English from Chinese."""

import pytest

from shop.languages import is_foreign, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my order", "en"),
        ("ok", "en"),
        ("café crème", "en"),
        ("我的订单到哪了", "zh"),
        ("請問有牛奶嗎", "zh"),
        ("帮我cancel一下order", "zh"),
        ("do you have the 豆腐 from last week", "en"),
        ("好", "zh"),
        ("ok 好", None),
        ("123", None),
        ("👍", None),
        ("", None),
        ("где мой заказ", None),
        ("牛乳はありますか", None),
    ],
)
def test_language_of(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["где мой заказ", "우유 있어요?", "牛乳はありますか", "أين طلبي", "นม"])
def test_other_scripts_are_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize("text", ["milk", "牛奶", "", "α-tocopherol cream please", "12,50"])
def test_our_own_scripts_are_not(text: str) -> None:
    assert not is_foreign(text)
