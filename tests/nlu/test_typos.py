"""Misspelled names find their thing; other words, also misspelled ones, are left alone."""

import json
from typing import Any

import pytest

from nlu.catalogue import LiveMatcher
from nlu.typos import Corrector, Guess, ordinary_words

NAMES = {
    "category": [
        "chocolate", "ice cream", "ice", "yogurt", "tomatoes", "cheese", "candles", "paper towels",
        "toilet paper", "pepper", "strawberries",
    ],
    "product": ["shampoo", "broccoli", "oats", "milk", "bananas", "mayonnaise", "buttermilk", "broth"],
    "brand": ["Ashwell", "Merrigold"],
}  # fmt: skip


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveMatcher:
    terms = [
        {"entity": entity, "value": name, "forms": {"en": [name]}}
        for entity, names in NAMES.items()
        for name in names
    ]
    path = tmp_path_factory.mktemp("typos") / "catalogue.json"
    path.write_text(json.dumps({"version": "typos", "terms": terms}))
    return LiveMatcher(path)


def found(live: LiveMatcher, text: str) -> list[tuple[Any, str]]:
    return [(each.value, text[each.start : each.end]) for each in live.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("choclate please", [("chocolate", "choclate")]),
        ("SHAMPO", [("shampoo", "SHAMPO")]),
        ("tomatos", [("tomatoes", "tomatos")]),
        ("a yogrut", [("yogurt", "yogrut")]),
        ("brocoli and bannanas", [("broccoli", "brocoli"), ("bananas", "bannanas")]),
        ("mayonaise", [("mayonnaise", "mayonaise")]),
        ("ohcolate", []),
        ("hcocolate", [("chocolate", "hcocolate")]),
        ("ice creem", [("ice cream", "ice creem")]),
        ("icecream", [("ice cream", "icecream")]),
        ("papper towels", [("paper towels", "papper towels")]),
        ("toliet papper", [("toilet paper", "toliet papper")]),
        ("chesse", [("cheese", "chesse")]),
        ("shampo的价格", [("shampoo", "shampo")]),
        ("ashwel", []),
        ("ashwelll", [("Ashwell", "ashwelll")]),
    ],
)
def test_misspelled_names(live: LiveMatcher, text: str, names: list[tuple[str, str]]) -> None:
    assert found(live, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "order", "cheap", "where", "boat", "milky", "chess", "peppy", "ccmilk", "mlik", "candid",
        "cancle my order", "creat an account", "retrun it", "delievry", "cant breth",
        "my name is Ashley",
        "shampo@home.org", "shampo1",
        "<yogrutx onclick>",
    ],
)  # fmt: skip
def test_words_that_are_no_misspelled_names(live: LiveMatcher, text: str) -> None:
    assert [value for value, _ in found(live, text) if "@" not in value] == []


def test_guesses_are_words_of_the_vocabulary() -> None:
    corrector = Corrector(dict.fromkeys(("cream", "cheese", "ice", "butter", "milk"), False))
    assert corrector.guesses("chese") == [Guess(("cheese",), alone=True)]
    assert corrector.guesses("creem") == [Guess(("cream",), alone=False)]  # or a creek
    assert corrector.guesses("icecream") == [Guess(("ice", "cream"), alone=True)]
    assert corrector.guesses("zzzzzzzz") == []


def test_the_list_of_ordinary_words_is_whole() -> None:
    assert len(ordinary_words()) > 50_000
    assert {"order", "where", "milky", "cheap"} <= set(ordinary_words())
