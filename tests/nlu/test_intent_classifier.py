"""The intent classifier on its own: fitted on a few sentences, stored, and read again."""

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.intent_classifier import LinearIntentClassifier, _fit, _Model

SENTENCES = {
    "greet": ["hello", "hi there", "good morning", "hey you", "hello again", "good evening"],
    "track": [
        "where is my order",
        "track order 123",
        "order status",
        "where is my parcel",
        "when does it come",
    ],
    "cart": ["add milk", "put two in my cart", "add this to the cart", "buy it", "into the cart with it"],
    "refund": ["我要退款", "怎么申请退款", "把钱退给我", "请退钱", "可以退款吗"],
    "price": ["这个多少钱", "第二个多少钱", "牛奶多少钱", "什么价格", "多少钱一瓶"],
}


@pytest.fixture(scope="module")
def fitted() -> _Model:
    pairs = [(text, intent) for intent, texts in SENTENCES.items() for text in texts]
    texts, intents = map(list, zip(*pairs, strict=True))
    return _fit(texts, intents, LinearIntentClassifier.get_default_config())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("HELLO!!", "greet"),
        ("where is order 98765", "track"),
        ("wher is my ordr", "track"),
        ("\uff48\uff45\uff4c\uff4c\uff4f", "greet"),
        ("hello " + "\U0001f600" * 5000, "greet"),
        ("我想退款！", "refund"),
        ("咖啡多少钱呢", "price"),
        ("這個多少錢", "price"),
        ("where is 我的 parcel", "track"),
    ],
)
def test_the_likeliest_intent_comes_first(fitted: _Model, text: str, intent: str) -> None:
    ranking = fitted.rank(text)
    assert ranking[0]["name"] == intent
    confidences = [each["confidence"] for each in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert {each["name"] for each in ranking} == set(SENTENCES)


def test_order_numbers_tell_no_intent(fitted: _Model) -> None:
    assert fitted.rank("order 1") == fitted.rank("order 31198570044")


def test_traditional_characters_and_full_width_signs_are_read_as_the_plain_ones(fitted: _Model) -> None:
    assert fitted.rank("請問這個多少錢？12") == fitted.rank("请问这个多少钱?３")


def test_what_was_stored_is_read_as_it_was(fitted: _Model, tmp_path: Path) -> None:
    fitted.write(tmp_path)
    stored = _Model.read(tmp_path)
    for text in ("hello", "where is my order", "牛奶", "多少钱", "?"):
        assert stored.rank(text) == fitted.rank(text)


@pytest.mark.parametrize("text", ["", None])
def test_no_text_has_no_intent(text: str | None) -> None:
    message = Message({"text": text})
    LinearIntentClassifier({}, None, None).process([message])
    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []
