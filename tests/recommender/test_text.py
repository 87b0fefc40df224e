"""Words out of text, and what a mistyped word may have meant."""

import pytest

from recommender.lexicon import lexicon_of
from recommender.text import index_words, singular, words

LEXICON = lexicon_of(
    {"milk", "cream", "ice", "chocolate", "choco", "yogurt", "strawberry", "tooth", "toothpaste", "牛奶"}
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Whole MILK, 1 gallon", ["whole", "milk", "1", "gallon"]),
        ("Crème brûlée", ["creme", "brulee"]),
        ("I want some eggs please", ["egg"]),
        ("Kellogg's Corn-Flakes", ["kellogg", "corn", "flake"]),
        ("鲜牛奶", ["鲜牛", "牛奶"]),
        ("奶", ["奶"]),
        ("２% Ｍｉｌｋ", ["2", "milk"]),
        ("", []),
        ("!?… \x00", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_single_characters_of_unspaced_scripts_can_be_found() -> None:
    assert set(index_words("鲜牛奶")) == {"鲜牛", "牛奶", "鲜", "牛", "奶"}


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("bananas", "banana"),
        ("berries", "berry"),
        ("peaches", "peach"),
        ("boxes", "box"),
        ("tomatoes", "tomato"),
        ("cookies", "cooky"),
        ("glass", "glass"),
        ("asparagus", "asparagus"),
        ("pies", "pie"),
        ("gas", "gas"),
    ],
)
def test_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def meant(*typed: str) -> list[set[str]]:
    return [{str(LEXICON.vocabulary[row]) for row in forms} for forms in LEXICON.forms_of(list(typed))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["milk"], [{"milk"}]),
        (["mlik"], [{"milk"}]),
        (["strawbery"], [{"strawberry"}]),
        (["yoghurt"], [{"yogurt"}]),
        (["icecream"], [{"ice"}, {"cream"}]),
        (["tooth", "paste"], [{"tooth"}, {"toothpaste"}]),
        (["choc"], [{"choco", "chocolate"}]),
        (["牛奶"], [{"牛奶"}]),
        (["xylophone"], []),
        ([], []),
    ],
)
def test_what_a_word_means(typed: list[str], expected: list[set[str]]) -> None:
    assert meant(*typed) == expected


@pytest.mark.parametrize(
    ("typed", "shelf", "expected"),
    [
        ("peech", {"peach", "peace"}, {"peach"}),
        ("shampo", {"shampoo", "stamp"}, {"shampoo"}),
        ("choc", {"choco", "chocolate"}, {"choco", "chocolate"}),
    ],
)
def test_far_words_are_dropped_where_near_ones_are_found(
    typed: str, shelf: set[str], expected: set[str]
) -> None:
    lexicon = lexicon_of(shelf)
    (forms,) = lexicon.forms_of([typed])
    assert {str(lexicon.vocabulary[row]) for row in forms} == expected
