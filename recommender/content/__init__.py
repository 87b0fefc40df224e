"""Likeness of items by what the catalogue says: how items that nobody has bought yet find their shoppers."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray, WeightArray
from recommender.catalogue import Catalogue
from recommender.config import ContentConfig
from recommender.content.candidates import Candidates
from recommender.content.cold import Shop, cold_matrix
from recommender.content.learning import learn
from recommender.content.signs import nearby_meanings, read_signs
from recommender.content.vectors import Words, lonely, vectors_of
from recommender.embeddings import Encoder
from recommender.neighbours import Neighbours

__all__ = ["ContentNeighbours", "content_neighbours"]


@dataclass(frozen=True)
class ContentNeighbours:
    """alike: from every item to known items like it. cold: from known items to the cold items like them.

    report: what was chosen for cold items, and what it scored, as plain values.
    """

    alike: Neighbours
    cold: Neighbours
    report: dict[str, Any] = field(default_factory=dict, compare=False)


def content_neighbours(
    catalogue: Catalogue,
    known: BoolArray,
    popularity: WeightArray,
    config: ContentConfig,
    takings: sp.csr_array | None = None,
    rng: np.random.Generator | None = None,
    encoder: Encoder | None = None,
) -> ContentNeighbours:
    """Neighbours by cosine of TF-IDF vectors; those of cold items weighed again, by what sells in this shop.

    known: items with enough takers to have neighbours by co-occurrence (all items, where none has). Among
    items equally like, the more popular one comes first; popularity: one an item, in [0, 1].

    takings: shoppers x items, what an item counts with a shopper; with them the weights for cold items are
    fitted (recommender.content.learning), else they are those of config.cold. rng draws what is held out for
    that. encoder: compares texts by meaning too, where enough items share no word with any known one (where
    words suffice, meaning was measured to add nothing).
    """
    if not known.any():
        known = np.ones_like(known)
    words = Words.of(catalogue.text)
    if lonely(catalogue, words, known) < config.least_lonely:
        encoder = None
    signs = read_signs(catalogue, words, config.cold, encoder)
    vectors = vectors_of(catalogue, words, config, nearby_meanings(signs))
    near = Candidates.of(vectors, known, popularity, config)
    alike = Neighbours.of(near.nearest(config.neighbours + 1)).scaled()
    shop = Shop.of(signs, near, known, takings)
    settings, report = config.cold, dict[str, Any]()
    if takings is not None:
        settings, report = learn(shop, takings, config.cold, rng or np.random.default_rng(0))
    cold = cold_matrix(shop, np.flatnonzero(~known).astype(np.int64), settings)
    return ContentNeighbours(alike, Neighbours.of(cold).scaled(), report)
