"""Likeness of items by what the catalogue says: how items that nobody has bought yet find their shoppers."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sparse_dot_topn import sp_matmul_topn

from recommender.arrays import BoolArray, IntArray, WeightArray
from recommender.catalogue import Catalogue
from recommender.config import ContentConfig
from recommender.neighbours import THREADS, Neighbours, widened
from recommender.text import index_words

POPULARITY_PRIOR = 0.1
PRICE_STEP = 1.5
NEVER_TOO_MANY = 100
"""Holders that no feature is left out for: in a small shop every feature is common."""


@dataclass(frozen=True)
class ContentNeighbours:
    """alike: from every item to known items like it. cold: from known items to the cold items like them."""

    alike: Neighbours
    cold: Neighbours


def content_neighbours(
    catalogue: Catalogue, known: BoolArray, popularity: WeightArray, config: ContentConfig
) -> ContentNeighbours:
    """Cosine of TF-IDF vectors over words, category, department, brand and size of price.

    known: items with enough takers to have neighbours by co-occurrence (all items, where none has). Among
    items equally like, the more popular one comes first; popularity: one an item, in [0, 1].
    """
    if not known.any():
        known = np.ones_like(known)
    vectors, vector_of = _distinct(_vectors(catalogue, config))
    targets = sp.csr_array(vectors[vector_of[known]])
    prior = 1.0 + POPULARITY_PRIOR * np.sqrt(popularity[known].astype(np.float64))
    best = sp_matmul_topn(
        sp.csr_matrix(vectors.astype(np.float32)),
        sp.csr_matrix((sp.diags_array(prior) @ targets).T.astype(np.float32)),
        top_n=config.neighbours + 1,
        n_threads=THREADS,
    )
    everything = np.arange(len(catalogue))
    likeness = widened(sp.csr_array(best)[vector_of], everything, np.flatnonzero(known), len(catalogue))
    towards_cold = sp.csr_array((sp.diags_array((~known).astype(np.float64)) @ likeness).T)
    return ContentNeighbours(Neighbours.of(likeness).scaled(), Neighbours.of(towards_cold).scaled())


def _vectors(catalogue: Catalogue, config: ContentConfig) -> sp.csr_array:
    """Items x features, rows of length 1; features that too many items share are left out."""
    words_of = {text: set(index_words(text)) for text in set(catalogue.text)}
    cells: dict[tuple[int, str], float] = {}
    for item, text in enumerate(catalogue.text):
        for word in words_of[text]:
            cells[item, word] = 1.0
    # A sign that no word contains keeps attributes apart from words.
    for name, column, weight in _attributes(catalogue, config):
        for item, value in enumerate(column):
            if value:
                cells[item, f"{name}={value}"] = weight
    return _tf_idf(cells, len(catalogue), config.common_share)


def _attributes(catalogue: Catalogue, config: ContentConfig) -> list[tuple[str, list[str], float]]:
    size = np.round(np.log(np.maximum(catalogue.price, 0.01)) / np.log(PRICE_STEP)).astype(np.int64)
    prices = np.where(catalogue.price > 0, size.astype(np.str_), "").tolist()
    labels = (
        ("category", catalogue.category, config.category_weight),
        ("department", catalogue.department, config.department_weight),
        ("brand", catalogue.brand, config.brand_weight),
    )
    columns = [(name, label.names[label.codes].tolist(), weight) for name, label, weight in labels]
    return [*columns, ("price", prices, config.price_weight)]


def _tf_idf(cells: dict[tuple[int, str], float], n_items: int, common_share: float) -> sp.csr_array:
    rows = np.fromiter((item for item, _ in cells), np.int64, len(cells))
    features: dict[str, int] = {}
    columns = np.fromiter(
        (features.setdefault(name, len(features)) for _, name in cells), np.int64, len(cells)
    )
    weights = np.fromiter(cells.values(), np.float64, len(cells))
    holders = np.bincount(columns, minlength=len(features))
    telling = holders <= max(common_share * n_items, NEVER_TOO_MANY)
    weights *= (np.log((1 + n_items) / (1 + holders)) * telling)[columns]
    length = np.sqrt(np.bincount(rows, weights=weights**2, minlength=n_items))
    weights /= np.maximum(length[rows], 1e-12)
    table = sp.csr_array((weights, (rows, columns)), shape=(n_items, max(1, len(features))))
    table.eliminate_zeros()
    table.sort_indices()
    return table


def _distinct(vectors: sp.csr_array) -> tuple[sp.csr_array, IntArray]:
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
