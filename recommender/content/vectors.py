"""The catalogue as TF-IDF vectors over words and attributes, and its words alone."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray, FloatArray, IndexArray, IntArray
from recommender.catalogue import Catalogue
from recommender.config import ContentConfig
from recommender.text import index_words

PRICE_STEP = 1.5
NEVER_TOO_MANY = 100
"""Holders that no feature is left out for: in a small shop every feature is common."""


@dataclass(frozen=True)
class Words:
    """The distinct texts of a catalogue. bag: texts x words, 1 where a text can be found by a word; text_of:
    every item's text."""

    texts: list[str]
    bag: sp.csr_array
    text_of: IntArray

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> "Words":
        number: dict[str, int] = {}
        of = np.fromiter((number.setdefault(text, len(number)) for text in texts), np.int64, len(texts))
        return cls(list(number), _bag_of_words(list(number)), of)


def _bag_of_words(texts: list[str]) -> sp.csr_array:
    number: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for text in texts:
        columns.extend(sorted({number.setdefault(word, len(number)) for word in index_words(text)}))
        starts.append(len(columns))
    shape = (len(texts), max(1, len(number)))
    return sp.csr_array((np.ones(len(columns)), np.array(columns, np.int32), np.array(starts)), shape=shape)


def vectors_of(
    catalogue: Catalogue, words: Words, config: ContentConfig, meaning: sp.csr_array | None = None
) -> sp.csr_array:
    """Items x features, rows of length 1; features that too many items share are left out.

    meaning: items x whatever has a meaning, how near the item comes to it; None where nobody knows.
    """
    weighed = (
        (catalogue.category.codes, catalogue.category.names != "", config.category_weight),
        (catalogue.department.codes, catalogue.department.names != "", config.department_weight),
        (catalogue.brand.codes, catalogue.brand.names != "", config.brand_weight),
        (*_price_sizes(catalogue.price), config.price_weight),
    )
    blocks = [one_hot(codes, named) * weight for codes, named, weight in weighed]
    if meaning is not None:
        blocks.append(meaning * config.meaning_weight)
    table = sp.csr_array(sp.hstack([words.bag[words.text_of], *blocks], format="csr"))
    holders = holders_of(table)
    telling = holders <= max(config.common_share * len(catalogue), NEVER_TOO_MANY)
    return unit_rows(sp.csr_array(table @ sp.diags_array(rarity(holders, len(catalogue)) * telling)))


def lonely(catalogue: Catalogue, words: Words, known: BoolArray) -> int:
    """Items with a text that share neither a word nor a category with any known item."""
    category = catalogue.category
    shared_words = words.bag @ (holders_of(sp.csr_array(words.bag[words.text_of[known]])) > 0).astype(
        np.float64
    )
    named = np.bincount(category.codes[known], minlength=len(category.names)) > 0
    named &= category.names != ""
    told = np.diff(words.bag.indptr) > 0
    alone = (told & (shared_words == 0))[words.text_of] & ~named[category.codes]
    return int(np.count_nonzero(alone))


def one_hot(codes: IntArray | IndexArray, named: BoolArray) -> sp.csr_array:
    """Items x labels: 1 at an item's label; nothing where the label is no name."""
    rows = np.flatnonzero(named[codes])
    return sp.csr_array((np.ones(len(rows)), (rows, codes[rows])), shape=(len(codes), len(named)))


def holders_of(table: sp.csr_array) -> IntArray:
    """Rows that have anything in each column."""
    return np.bincount(table.indices, minlength=table.shape[1]).astype(np.int64)


def rarity(holders: IntArray, n_items: int) -> FloatArray:
    """Inverse document frequency: 0 for what every item has."""
    scale: FloatArray = np.log((1 + n_items) / (1 + holders))
    return scale


def unit_rows(table: sp.csr_array) -> sp.csr_array:
    """The same with rows of length 1, zeros dropped, columns in order."""
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1), dtype=np.float64).ravel())
    scaled = sp.csr_array(sp.diags_array(1.0 / np.maximum(length, 1e-12)) @ table)
    scaled.eliminate_zeros()
    scaled.sort_indices()
    return scaled


def distinct_rows(vectors: sp.csr_array) -> tuple[sp.csr_array, IntArray]:
    """The distinct rows, and for every row which of them it is: shelves hold many items described alike."""
    number: dict[bytes, int] = {}
    firsts: list[int] = []
    of = np.empty(vectors.shape[0], dtype=np.int64)
    for row in range(vectors.shape[0]):
        part = slice(vectors.indptr[row], vectors.indptr[row + 1])
        key = vectors.indices[part].tobytes() + vectors.data[part].tobytes()
        of[row] = number.setdefault(key, len(firsts))
        if of[row] == len(firsts):
            firsts.append(row)
    return sp.csr_array(vectors[firsts]), of


def _price_sizes(price: FloatArray) -> tuple[IntArray, BoolArray]:
    """Prices by size, in steps of half as much again, as codes; and which codes are prices at all."""
    steps = np.round(np.log(np.maximum(price, 0.01)) / np.log(PRICE_STEP)).astype(np.int64)
    codes = np.where(price > 0, steps - steps.min() + 1, 0)
    return codes, np.arange(codes.max() + 1) > 0
