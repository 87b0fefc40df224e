"""Anger, told by words."""

import pytest

from shop.moods import is_angry


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking useless",
        "WORST shop ever",
        "I'm sick  of it",
        "什么破店",
        "你们就是骗子！",
        "气死我了",
    ],
)
def test_angry(text: str) -> None:
    assert is_angry(text)


@pytest.mark.parametrize(
    "text",
    ["", "where is my order", "crab cakes", "Scampi", "the dumbbell", "我想退货", "买个圾桶", "no thanks!!!"],
)
def test_not_angry(text: str) -> None:
    assert not is_angry(text)
