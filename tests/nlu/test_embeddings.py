"""Sentences by meaning: what the encoder promises, and the store of what was encoded before."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nlu import embeddings
from nlu.embeddings import DIMENSIONS, SentenceEncoder, encode_with_store, sentence_encoder


class CountingEncoder:
    """Encodes by the length of a text, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        return np.array([[len(text)] * DIMENSIONS for text in texts], dtype=np.float32)


def test_the_same_wish_in_two_languages_is_nearer_than_another_wish() -> None:
    rows = SentenceEncoder()(["where is my order", "我的订单到哪了", "do you sell oat milk", "", "  "])
    assert rows.shape == (5, DIMENSIONS)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 0, 0], abs=1e-5)


def test_many_at_a_time_are_encoded_as_each_alone() -> None:
    encoder, texts = SentenceEncoder(), ["hello", "where is my parcel, please", "牛奶多少钱"]
    alone = np.vstack([encoder([text]) for text in texts])
    assert encoder(texts) == pytest.approx(alone, abs=1e-4)


def test_only_new_sentences_are_encoded(tmp_path: Path) -> None:
    encoder, store = CountingEncoder(), tmp_path / "kept" / "embeddings.npz"
    first = encode_with_store(encoder, ["a", "bb", "a"], store)
    assert encoder.asked == ["a", "bb"]
    second = encode_with_store(encoder, ["bb", "ccc"], store)
    assert encoder.asked == ["a", "bb", "ccc"]
    assert (first[:, 0].tolist(), second[:, 0].tolist()) == ([1, 2, 1], [2, 3])


def test_what_is_no_longer_a_sentence_is_not_kept(tmp_path: Path) -> None:
    encoder, store = CountingEncoder(), tmp_path / "embeddings.npz"
    encode_with_store(encoder, ["a", "bb"], store)
    encode_with_store(encoder, ["bb"], store)
    encode_with_store(encoder, ["a"], store)
    assert encoder.asked == ["a", "bb", "a"]
    assert [path.name for path in tmp_path.iterdir()] == ["embeddings.npz"]


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 half of one"])
def test_a_broken_store_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    store = tmp_path / "embeddings.npz"
    store.write_bytes(content)
    assert encode_with_store(CountingEncoder(), ["a"], store)[0, 0] == 1


def test_without_the_package_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sentence_encoder() is not None
    monkeypatch.setattr(embeddings, "PACKAGE", "no_such_package")
    assert sentence_encoder() is None
