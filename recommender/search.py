"""Finding items by what somebody types: TF-IDF over the catalogue's words, forgiving about slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy.sparse as sp

from recommender import kernels
from recommender.arrays import AnyArray, FloatArray, IndexArray, IntArray, WeightArray
from recommender.catalogue import Catalogue
from recommender.lexicon import Lexicon, lexicon_of
from recommender.text import index_words, words

FIELD_WEIGHTS = {"text": 1.0, "aliases": 0.4, "category": 0.6, "brand": 0.5, "department": 0.3}
LENGTH_EXPONENT = 0.25
POPULARITY_PRIOR = 1.0


@dataclass(frozen=True)
class SearchIndex:
    """An inverted index: rows are words of the lexicon, columns items, values TF-IDF weights."""

    lexicon: Lexicon
    indptr: IntArray
    indices: IndexArray
    values: WeightArray
    popularity: WeightArray

    @classmethod
    def fit(cls, catalogue: Catalogue, popularity: WeightArray) -> Self:
        """Weight of a word in an item: the sum of the fields it stands in, times ln(1 + items / items with
        it), divided by the fourth root of the item's length (in that measure).

        So a short name is a little more about its words, and an item whose category says "milk" as well is
        more about milk than a milk chocolate.

        popularity: one an item, in [0, 1].
        """
        cells = _cells(catalogue)
        lexicon = lexicon_of({word for word, _ in cells})
        row_of = {str(word): row for row, word in enumerate(lexicon.vocabulary)}
        rows = np.fromiter((row_of[word] for word, _ in cells), np.int64, len(cells))
        columns = np.fromiter((item for _, item in cells), np.int64, len(cells))
        weights = np.fromiter(cells.values(), np.float64, len(cells))
        holders = np.bincount(rows, minlength=len(lexicon.vocabulary))
        weights *= np.log1p(len(catalogue) / np.maximum(holders, 1))[rows]
        length = np.sqrt(np.bincount(columns, weights=weights**2, minlength=len(catalogue)))
        weights /= np.maximum(length[columns], 1e-12) ** LENGTH_EXPONENT
        table = sp.csr_array((weights, (rows, columns)), shape=(len(lexicon.vocabulary), len(catalogue)))
        table.sort_indices()
        return cls(
            lexicon,
            table.indptr.astype(np.int64),
            table.indices.astype(np.int32),
            table.data.astype(np.float32),
            popularity,
        )

    def scores(self, text: str) -> FloatArray:
        """One score an item, 0 where nothing matches.

        Sum over the words meant of their best match, times the share of words matched, times a gentle prior:
        1 + the root of the item's popularity.
        """
        groups = self.lexicon.forms_of(words(text))
        if not groups:
            return np.zeros(len(self.popularity))
        rows = np.array([row for group in groups for row in group], dtype=np.int64)
        certainty = np.array([value for group in groups for value in group.values()])
        group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        sums, hits = kernels.match_words(
            rows, certainty, group_of, self.indptr, self.indices, self.values, len(self.popularity)
        )
        prior = 1.0 + POPULARITY_PRIOR * np.sqrt(self.popularity)
        scores: FloatArray = sums * (hits / len(groups)) * prior
        return scores

    def arrays(self) -> dict[str, AnyArray]:
        return {
            "vocabulary": self.lexicon.vocabulary,
            "indptr": self.indptr,
            "indices": self.indices,
            "values": self.values,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, AnyArray], popularity: WeightArray) -> Self:
        table = arrays["indptr"], arrays["indices"], arrays["values"]
        return cls(Lexicon(arrays["vocabulary"]), *table, popularity)


def _cells(catalogue: Catalogue) -> dict[tuple[str, int], float]:
    """(word, item) -> sum of the weights of the fields in which the item has the word."""
    cells: dict[tuple[str, int], float] = {}
    for name, values in _fields(catalogue).items():
        words_of = {value: set(index_words(value)) for value in set(values)}
        for item, value in enumerate(values):
            for word in words_of[value]:
                cells[word, item] = cells.get((word, item), 0.0) + FIELD_WEIGHTS[name]
    return cells


def _fields(catalogue: Catalogue) -> dict[str, Sequence[str]]:
    labels = {name: getattr(catalogue, name) for name in ("category", "brand", "department")}
    columns = {name: label.names[label.codes].tolist() for name, label in labels.items()}
    return {"text": catalogue.text, "aliases": catalogue.aliases, **columns}
