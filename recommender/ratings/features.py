"""What shoppers and items are made of in the Bayesian factorisation."""

import numpy as np
import scipy.sparse as sp

from recommender.arrays import FloatArray, IntArray
from recommender.ratings.gibbs import Side
from recommender.ratings.log import Ratings

OWN_SPREAD = 0.1
IMPLICIT_SPREAD = 0.01
"""Spread of the loadings before the first sweep."""
FIRST_PRECISION = 10.0


def sides(ratings: Ratings, rank: int, implicit: bool, rng: np.random.Generator) -> tuple[Side, Side]:
    """The unknowns of shoppers and of items, where the chain starts.

    implicit: with the items a shopper rated as further features of the shopper, and the other way round.
    """
    shopper, item = ratings.shopper, ratings.item
    counts = ratings.n_shoppers, ratings.n_items
    shopper_parts, item_parts = [_identity(counts[0])], [_identity(counts[1])]
    if implicit:
        shopper_parts.append(_rated(shopper, item, counts))
        item_parts.append(_rated(item, shopper, counts[::-1]))
    return _side(shopper, shopper_parts, rank, rng), _side(item, item_parts, rank, rng)


def _identity(n: int) -> sp.csc_array:
    return sp.csc_array(sp.eye_array(n, format="csc"))


def _rated(entity: IntArray, other: IntArray, shape: tuple[int, int]) -> sp.csc_array:
    weights: FloatArray = 1.0 / np.sqrt(np.bincount(entity, minlength=shape[0])[entity])
    return sp.csc_array((weights, (entity, other)), shape=shape)


def _side(entity: IntArray, parts: list[sp.csc_array], rank: int, rng: np.random.Generator) -> Side:
    features = sp.csc_array(sp.hstack(parts, format="csc"))
    features.sort_indices()
    group = np.repeat(np.arange(len(parts)), [part.shape[1] for part in parts])
    spread = np.where(group == 0, OWN_SPREAD, IMPLICIT_SPREAD)
    loadings = rng.standard_normal((rank + 1, features.shape[1])) * spread
    loadings[0] = 0.0
    return Side(
        entity.astype(np.int32),
        features.indptr.astype(np.int64),
        features.indices.astype(np.int32),
        features.data.astype(np.float64),
        group.astype(np.int32),
        loadings,
        np.zeros((rank + 1, len(parts))),
        np.full((rank + 1, len(parts)), FIRST_PRECISION),
        np.ascontiguousarray((features @ loadings.T).T),
    )
