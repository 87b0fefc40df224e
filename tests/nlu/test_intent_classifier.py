"""The intent classifier on its own: fitted on a few sentences, stored, and read again."""

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.embeddings import SentenceEncoder
from nlu.intent_classifier import KernelIntentClassifier, learn
from nlu.intent_model import CannotLearn, IntentModel, Understood

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
LATIN_ONLY = {"greet": SENTENCES["greet"], "track": SENTENCES["track"]}


def learnt(sentences: dict[str, list[str]], **config: Any) -> IntentModel:
    pairs = [(text, intent) for intent, texts in sentences.items() for text in texts]
    texts, intents = map(list, zip(*pairs, strict=True))
    return learn(texts, intents, config)


@pytest.fixture(scope="module", params=[False, True], ids=["words and meaning", "words only"])
def fitted(request: pytest.FixtureRequest) -> IntentModel:
    return learnt(SENTENCES, words_only=request.param)


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
def test_the_likeliest_intent_comes_first(fitted: IntentModel, text: str, intent: str) -> None:
    ranking = fitted.understand(text).ranking
    assert ranking[0][0] == intent
    confidences = [confidence for _, confidence in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0)
    assert {name for name, _ in ranking} == set(SENTENCES)


def test_meaning_is_read_where_no_word_is_known() -> None:
    assert learnt(SENTENCES).understand("我的包裹到哪里了").ranking[0][0] == "track"


def test_order_numbers_tell_no_intent(fitted: IntentModel) -> None:
    assert fitted.understand("order 1") == fitted.understand("order 31198570044")


def test_traditional_characters_and_full_width_signs_are_read_as_the_plain_ones(fitted: IntentModel) -> None:
    assert fitted.understand("請問這個多少錢？12") == fitted.understand("请问这个多少钱?３")


def test_what_was_stored_is_read_as_it_was(fitted: IntentModel, tmp_path: Path) -> None:
    fitted.write(tmp_path)
    stored = IntentModel.read(tmp_path, SentenceEncoder())
    for text in ("hello", "where is my order", "牛奶", "多少钱", "order 0"):
        one, other = stored.understand(text), fitted.understand(text)
        assert (one.ranking[0][0], one.band) == (other.ranking[0][0], other.band)
        assert dict(one.ranking) == pytest.approx(dict(other.ranking), abs=0.01)


def test_a_model_of_meaning_is_not_read_without_the_encoder(tmp_path: Path) -> None:
    learnt(LATIN_ONLY).write(tmp_path)
    with pytest.raises(CannotLearn, match="sentence encoder"):
        IntentModel.read(tmp_path, None)


def test_words_alone_are_read_without_the_encoder(tmp_path: Path) -> None:
    learnt(LATIN_ONLY, words_only=True).write(tmp_path)
    assert IntentModel.read(tmp_path, None).understand("hello you").ranking[0][0] == "greet"


@pytest.mark.parametrize(
    ("sentences", "reason"),
    [
        ({"greet": ["hello", "hi"]}, "two intents"),
        ({"greet": ["hello", "hi"], "out_of_scope": ["how high is the moon", "sing"]}, "two intents"),
        ({"greet": ["hello"], "bye": ["so long"]}, "two sentences"),
    ],
)
def test_too_little_to_learn_from_is_said(sentences: dict[str, list[str]], reason: str) -> None:
    with pytest.raises(CannotLearn, match=reason):
        learnt(sentences)


@pytest.mark.parametrize("text", ["", "   ", "\U0001f600\U0001f44d", "?!...", "</>"])
def test_a_text_without_letters_is_lost(text: str) -> None:
    message = processed(learnt(LATIN_ONLY), text)
    assert message.get("intent") == {"name": "nlu_fallback", "confidence": 1.0}
    assert (message.get("intent_ranking"), message.get("band")) == ([], "lost")


@pytest.mark.parametrize(
    ("band", "likeliest", "intent"),
    [
        ("sure", "track", "track"),
        ("unsure", "track", "did_you_mean"),
        ("lost", "track", "nlu_fallback"),
        ("lost", "out_of_scope", "out_of_scope"),
    ],
)
def test_the_band_decides_the_intent_and_the_ranking_stays(band: str, likeliest: str, intent: str) -> None:
    ranking = [(likeliest, 0.6), ("greet", 0.4)]
    message = processed(Told(Understood(ranking, band, 0.0)), "any")
    assert message.get("intent")["name"] == intent
    assert [each["name"] for each in message.get("intent_ranking")] == [likeliest, "greet"]
    assert message.get("band") == band


class Told:
    """A model that understands what it is told."""

    def __init__(self, understood: Understood) -> None:
        self._understood = understood

    def understand(self, text: str) -> Understood:
        return self._understood


def processed(model: Any, text: str) -> Message:
    component = KernelIntentClassifier({}, None, None)
    component._model = model
    return component.process([Message({"text": text})])[0]
