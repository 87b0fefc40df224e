"""The shop's own answers: found by question and intent, read again when the file changes."""

from pathlib import Path

import pytest

from recommender.embeddings import sentence_encoder
from shop.answers import AnswerFile, Index, read_answers
from shop.errors import InvalidInput, Unavailable
from shop.phrases import load_phrases
from shop.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "data" / "answers.toml"
SERVICE = """
[service]
timezone = "Europe/Berlin"
email = "a@b.example"
phone = "1"
[service.hours]
mon = "09:00-17:00"
"""
ONE = """
[[answer]]
id = "wrapping"
intents = ["delivery_options"]
en = {title = "Gift wrapping", questions = ["do you wrap gifts"], text = "Yes, write to {email}."}
zh = {title = "礼品包装", questions = ["可以包装礼物吗"], text = "可以，请写信到 {email}。"}
"""


@pytest.fixture(scope="module")
def shipped() -> Index:
    encoder = sentence_encoder()
    assert encoder is not None
    return Index.of(read_answers(SHIPPED), encoder)


@pytest.fixture(scope="module")
def by_words() -> Index:
    return Index.of(read_answers(SHIPPED), None)


@pytest.mark.parametrize(
    ("text", "intent", "answer_id"),
    [
        ("how much is shiping", "delivery_options", "delivery-cost"),
        ("do you deliver to mexico", "delivery_options", "delivery-abroad"),
        ("do you take visa", "check_payment_methods", "payment"),
        ("can i pay in installments", "check_payment_methods", "payment-later"),
        ("money was taken two times", "payment_issue", "charged-twice"),
        ("can a friend in germany get a parcel", "delivery_options", "delivery-abroad"),
        ("i got charged twice!!", "payment_issue", "charged-twice"),
        ("运费多少", "delivery_options", "delivery-cost"),
        ("能分期付款吗", "check_payment_methods", "payment-later"),
        ("can i return opened yoghurt", "return_policy", "returns-opened"),
        ("", "recover_password", "password"),
        ("zzz", "review", "reviews"),
        ("does it contain nuts?", None, "allergens"),
        ("这个含坚果吗", None, "allergens"),
    ],
)
def test_the_right_answer(shipped: Index, text: str, intent: str | None, answer_id: str) -> None:
    found = shipped.answer_to(text, intent)
    assert found is not None
    assert found.id == answer_id


@pytest.mark.parametrize(
    ("text", "intent", "answer_id"),
    [
        ("how much is shiping", "delivery_options", "delivery-cost"),
        ("u charged me twice", "payment_issue", "charged-twice"),
        ("运费多少", "delivery_options", "delivery-cost"),
        ("", "recover_password", "password"),
    ],
)
def test_without_the_encoder_words_do(by_words: Index, text: str, intent: str, answer_id: str) -> None:
    found = by_words.answer_to(text, intent)
    assert found is not None
    assert found.id == answer_id


@pytest.mark.parametrize(
    "text", ["", "hello there", "is there a cat", "do you have milk", "今天天气怎么样", "?!"]
)
def test_what_it_has_no_answer_to(shipped: Index, by_words: Index, text: str) -> None:
    assert shipped.answer_to(text, "search_product") is None
    assert by_words.answer_to(text, "search_product") is None


def test_facts_are_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(SERVICE + ONE)
    book = read_answers(path)
    phrases = load_phrases(PROJECT_ROOT / "data" / "phrases")
    assert book.text_of(book.answer[0], phrases, "en") == "Yes, write to a@b.example."
    assert book.text_of(book.answer[0], phrases, "zh") == "可以，请写信到 a@b.example。"


def test_an_edited_file_is_read_again_and_a_broken_one_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(SERVICE + ONE)
    answers = AnswerFile(path)
    assert answers.book().answer[0].id == "wrapping"
    path.write_text(SERVICE + ONE.replace('"wrapping"', '"gift-paper"'))
    assert answers.book().answer[0].id == "gift-paper"
    path.write_text("[service")
    assert answers.book().answer[0].id == "gift-paper"


def test_without_a_usable_file_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        AnswerFile(tmp_path / "none.toml").book()


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("{email}", "{mail}", "answer.0.en.text"),
        ('"wrapping"', '"Wrapping!"', "answer.0.id"),
        ('title = "Gift wrapping", ', "", "answer.0.en.title"),
        ("intents", "intent", "answer.0.intent"),
        ("Europe/Berlin", "Europe/Bonn", "timezone"),
        ("09:00-17:00", "9 to 5", "hours.mon"),
        ("09:00-17:00", "17:00-09:00", "hours.mon"),
        ("09:00-17:00", "09:00-25:00", "hours.mon"),
        ("mon =", "monday =", "service.hours.monday.[key]"),
        (ONE, ONE + ONE, "answer.id"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, before: str, after: str, field: str) -> None:
    path = tmp_path / "answers.toml"
    path.write_text((SERVICE + ONE).replace(before, after))
    with pytest.raises(InvalidInput) as caught:
        read_answers(path)
    assert caught.value.field == field
    assert path.name in caught.value.message or field.startswith(("timezone", "hours"))
