"""Words and their pieces as sparse features: TF-IDF of words, of pieces of words, and of Chinese characters.

A row has length 1, so that the product of two rows is their likeness, between 0 and 1.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from nlu.sentences import only_chinese, without_chinese

BLOCKS = ("words", "pieces", "characters")
_MANY = 2000  # sentences from which on a piece that stands in one of them only is left out


class NothingToRead(ValueError):
    """No training sentence has a letter."""


class WordFeatures:
    """Vocabularies with their weights; texts are plain ones (`nlu.sentences.plain`)."""

    def __init__(self, vectorizers: dict[str, TfidfVectorizer]) -> None:
        self._vectorizers = vectorizers
        self._blocks = [
            (each.build_analyzer(), each.vocabulary_, each.idf_.astype(np.float32))
            for each in vectorizers.values()
        ]

    @classmethod
    def fit(
        cls, texts: Sequence[str], lengths: dict[str, Sequence[int]]
    ) -> tuple["WordFeatures", csr_matrix]:
        """Learn the vocabularies; return them and the rows of the texts.

        Args:
            lengths: for each of `BLOCKS` the shortest and the longest sequence.

        Raises:
            NothingToRead: there is no feature at all.
        """
        fitted = {}
        for block in BLOCKS:
            vectorizer = _vectorizer(block, lengths[block])
            if block != "words" and len(texts) >= _MANY:
                vectorizer.min_df = 2
            try:
                fitted[block] = vectorizer.fit(texts)
            except ValueError:  # scikit-learn's word for an empty vocabulary: no such sequence in any text
                continue
        if not fitted:
            raise NothingToRead("no training sentence has a letter")
        features = cls(fitted)
        return features, features.rows(texts)

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Return one row of length 1 a text; zeros where nothing is known."""
        blocks = [vectorizer.transform(texts) for vectorizer in self._vectorizers.values()]
        return normalize(hstack(blocks, format="csr", dtype=np.float32), copy=False)

    def weighted(self, texts: Sequence[str], planes: Any) -> Any:
        """Return the product of the rows of texts with planes, a row a feature."""
        if len(texts) > 1:
            return np.asarray(self.rows(texts) @ planes)
        places, weights = self._row(texts[0])
        return (weights @ planes[places])[None, :]

    def _row(self, text: str) -> tuple[Any, Any]:
        """Return what `rows` gives for one text, as places and weights: a tenth of the time."""
        places: list[int] = []
        parts, start = [], 0
        for analyze, known, rarity in self._blocks:
            counted = Counter(known[name] for name in analyze(text) if name in known)
            found = list(counted)
            often = np.fromiter(counted.values(), dtype=np.float32, count=len(found))
            weights = (1.0 + np.log(often)) * rarity[found]
            parts.append(weights / _length(weights))
            places += [start + place for place in found]
            start += len(known)
        row = np.concatenate(parts)
        return np.array(places, dtype=np.intp), row / _length(row)

    def describe(self) -> dict[str, Any]:
        """Return the vocabularies, as JSON takes them."""
        return {
            block: {
                "lengths": list(vectorizer.ngram_range),
                "features": vectorizer.get_feature_names_out().tolist(),
            }
            for block, vectorizer in self._vectorizers.items()
        }

    def weights(self) -> dict[str, Any]:
        """Return the weights of the vocabularies, an array a block."""
        return {f"idf_{block}": vectorizer.idf_ for block, vectorizer in self._vectorizers.items()}

    @classmethod
    def restore(cls, described: dict[str, Any], arrays: dict[str, Any]) -> "WordFeatures":
        """Make what `describe` and `weights` told."""
        vectorizers = {}
        for block, vocabulary in described.items():
            vectorizer = _vectorizer(block, vocabulary["lengths"])
            vectorizer.vocabulary = {name: place for place, name in enumerate(vocabulary["features"])}
            vectorizer.idf_ = arrays[f"idf_{block}"]
            vectorizers[block] = vectorizer
        return cls(vectorizers)


def _vectorizer(block: str, lengths: Sequence[int]) -> TfidfVectorizer:
    analysis: dict[str, Any] = {"analyzer": "char_wb"}
    if block == "words":
        analysis = {"analyzer": "word", "token_pattern": r"(?u)\b\w+\b"}
    return TfidfVectorizer(
        preprocessor=only_chinese if block == "characters" else without_chinese,
        ngram_range=tuple(lengths),
        sublinear_tf=True,
        dtype=np.float32,
        **analysis,
    )


def _length(row: Any) -> float:
    return max(float(np.sqrt(row @ row)), 1e-12)
