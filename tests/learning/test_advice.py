"""Advice on training sentences, and how the shipped ones fare."""

from pathlib import Path

import pytest

from learning.advice import contradictions, giveaways, near_duplicates
from learning.sentences import Sentence, read_sentences
from shop.settings import PROJECT_ROOT


def _sentences(intent: str, *texts: str, language: str = "en") -> list[Sentence]:
    return [Sentence(text, intent, language, "f.yml") for text in texts]


PLANTED = [
    *_sentences(
        "track_order", "where is my order right now", "where is my order right now?", "has it left you yet"
    ),
    *_sentences(
        "cancel_order",
        "where is my order right now!",
        "stop the purchase",
        "please stop it, i changed my mind",
    ),
    *_sentences("greet", "hello there", "hello you", "oh hello"),
]


def test_near_duplicates_are_found() -> None:
    (pair,) = near_duplicates(PLANTED)
    assert {pair.one.text, pair.other.text} == {"where is my order right now", "where is my order right now?"}


def test_one_sentence_under_two_intents_is_a_contradiction() -> None:
    found = contradictions(PLANTED)
    assert {(pair.one.intent, pair.other.intent) for pair in found} == {("track_order", "cancel_order")}


def test_a_word_that_all_sentences_of_one_intent_have_gives_it_away() -> None:
    assert [(each.word, each.intent) for each in giveaways(PLANTED)] == [("hello", "greet")]


def test_languages_are_not_compared() -> None:
    both = [*_sentences("a", "ok ok ok"), *_sentences("b", "ok ok ok", language="zh")]
    assert contradictions(both) == []


def test_annotations_are_read_away(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "x.yml").write_text(
        "nlu:\n- intent: refine\n  examples: |\n    - the [second one](ordinal) please\n"
        "- lookup: x\n  examples: |\n    - y\n"
    )
    assert [each.text for each in read_sentences(tmp_path)] == ["the second one please"]


@pytest.fixture(scope="module")
def shipped() -> list[Sentence]:
    return read_sentences(PROJECT_ROOT / "data" / "nlu")


def test_the_shipped_sentences_hardly_repeat_themselves(shipped: list[Sentence]) -> None:
    assert len(near_duplicates(shipped)) < 0.02 * len(shipped)


def test_no_shipped_sentence_contradicts_another(shipped: list[Sentence]) -> None:
    assert [(pair.one.text, pair.other.text) for pair in contradictions(shipped, 0.99)] == []
