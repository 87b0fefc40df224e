"""What the catalogue says of items, one sign at a time, and how far two items share each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IntArray, TextArray, WeightArray
from recommender.catalogue import Catalogue, Labels
from recommender.config import ColdConfig
from recommender.content.vectors import Words, holders_of, rarity, unit_rows
from recommender.embeddings import Encoder
from recommender.kernels import cosines_of_pairs

PRICE_REACH = 0.4
"""Difference of prices, as a logarithm, over which their likeness falls to 1/e."""

NEAR_KINDS = 10
LEAST_MEANING = 0.5
"""Cosine of two sentences below which they have nothing in common."""

_WITH_DIGITS = re.compile(r"\S*\d\S*")
_Labels = dict[str, IntArray]


@dataclass(frozen=True)
class Signs:
    """One row an item; labels are codes from 1, 0 for unknown.

    bag: distinct texts x words (ones); words: the same by rarity, rows of length 1; text_of: an item's text.
    labels: category, department, brand, kind (the text, numbers left out) and measure (its numbers alone).
    log_price: NaN where unknown. meaning: one unit row a kind (float32), empty rows where none was made.
    """

    bag: sp.csr_array
    words: sp.csr_array
    text_of: IntArray
    labels: _Labels
    log_price: FloatArray
    meaning: WeightArray | None

    def shared(self, left: IntArray, right: IntArray) -> dict[str, WeightArray]:
        """For each pair of items, how far they share each sign: from 0 to 1, float32."""
        table = self.words
        starts = table.indptr.astype(np.int64)
        one, other = self.text_of[left], self.text_of[right]
        likeness = {
            "words": cosines_of_pairs(one, other, starts, table.indices, table.data),
            "price": self._price_likeness(left, right),
        }
        for name, codes in self.labels.items():
            likeness[name] = ((codes[left] == codes[right]) & (codes[left] > 0)).astype(np.float32)
        if self.meaning is not None:
            likeness["meaning"] = _meaning_likeness(self.meaning, self.labels["kind"], left, right)
        return likeness

    def _price_likeness(self, left: IntArray, right: IntArray) -> WeightArray:
        apart = np.abs(self.log_price[left] - self.log_price[right])
        return np.nan_to_num(np.exp(-apart / PRICE_REACH)).astype(np.float32)


def read_signs(catalogue: Catalogue, words: Words, config: ColdConfig, encoder: Encoder | None) -> Signs:
    """The signs of a catalogue; meaning only where there is an encoder."""
    texts, text_of, bag = words.texts, words.text_of, words.bag
    weighed = bag @ sp.diags_array(rarity(holders_of(bag), len(texts)))
    plain = [" ".join(_WITH_DIGITS.sub(" ", text).split()) for text in texts]
    measure = [" ".join(_WITH_DIGITS.findall(text)) for text in texts]
    kinds, kind = np.unique(plain, return_inverse=True)
    labels = {
        "category": _codes(catalogue.category),
        "department": _codes(catalogue.department),
        "brand": _codes(catalogue.brand),
        "kind": _codes(Labels(kinds, kind[text_of].astype(np.int32))),
        "measure": _codes(Labels.of(np.array(measure, dtype=np.str_)[text_of])),
    }
    prices = np.where(catalogue.price > 0, catalogue.price, np.nan)
    rare = unit_rows(sp.csr_array(weighed)).astype(np.float32)
    meaning = None if encoder is None else _meanings(labels["kind"], kinds, config.most_texts, encoder)
    return Signs(bag, rare, text_of, labels, np.log(prices), meaning)


def nearby_meanings(signs: Signs) -> sp.csr_array | None:
    """Items x kinds: cosine with the few kinds that come nearest in meaning; None without an encoder."""
    if signs.meaning is None:
        return None
    rows, columns, values = list[IntArray](), list[IntArray](), list[WeightArray]()
    for part in np.array_split(np.arange(len(signs.meaning)), max(1, len(signs.meaning) // 500)):
        likeness = signs.meaning[part] @ signs.meaning.T
        best = np.argsort(-likeness, axis=1, kind="stable")[:, :NEAR_KINDS]
        columns.append(best.ravel())
        values.append(np.take_along_axis(likeness, best, axis=1).ravel())
        rows.append(np.repeat(part, best.shape[1]))
    value, row, column = np.concatenate(values), np.concatenate(rows), np.concatenate(columns)
    kept = value >= LEAST_MEANING
    kinds = sp.csr_array((value[kept], (row[kept], column[kept])), shape=(len(signs.meaning),) * 2)
    return sp.csr_array(kinds[signs.labels["kind"]])


def _codes(labels: Labels) -> IntArray:
    """From 1; 0 for the empty name."""
    codes = labels.codes.astype(np.int64) + 1
    return np.where(labels.names[labels.codes] == "", 0, codes)


def _meanings(kind: IntArray, names: TextArray, most: int, encoder: Encoder) -> WeightArray:
    """One row a code of a kind; those that most items have are encoded, as many as allowed."""
    items = np.bincount(kind, minlength=len(names) + 1)
    items[0] = 0
    chosen = np.argsort(-items, kind="stable")[:most]
    chosen = chosen[items[chosen] > 0]
    rows = encoder([str(names[code - 1]) for code in chosen])
    table = np.zeros((len(names) + 1, rows.shape[1]), dtype=np.float32)
    table[chosen] = rows
    return table


def _meaning_likeness(meaning: WeightArray, kind: IntArray, left: IntArray, right: IntArray) -> WeightArray:
    """Cosine of what two items mean, each pair of kinds compared once; never below 0."""
    pairs, place = np.unique(kind[left] * len(meaning) + kind[right], return_inverse=True)
    likeness = np.empty(len(pairs), dtype=np.float32)
    for part in np.array_split(np.arange(len(pairs)), max(1, len(pairs) // 20_000)):
        one, other = meaning[pairs[part] // len(meaning)], meaning[pairs[part] % len(meaning)]
        likeness[part] = np.einsum("pd,pd->p", one, other)
    return np.maximum(likeness, 0.0)[place]


def weighed_sum(shared: dict[str, WeightArray], weights: Sequence[tuple[str, float]]) -> FloatArray:
    """Weighted sum of the signs that are there."""
    n_pairs = len(shared["words"])
    total = np.zeros(n_pairs)
    for name, weight in weights:
        if weight > 0.0 and name in shared:
            total += weight * shared[name]
    return total
