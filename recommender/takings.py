"""A log of purchases as the matrices that models are fitted on."""

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray
from recommender.config import RecommenderConfig
from recommender.interactions import Interactions

REPEATED_SHARE = 0.1
"""Share of takings that are repeats from which on a shop counts as one where things are bought again."""


def bought_again(log: Interactions) -> bool:
    """Whether things are bought again in this shop, from a log with each item once a basket."""
    if len(log) == 0:
        return False
    distinct = len(np.unique(log.shopper * log.n_items + log.item))
    return 1.0 - distinct / len(log) >= REPEATED_SHARE


def known_items(log: Interactions, config: RecommenderConfig) -> BoolArray:
    """Items with enough takers to have neighbours by co-occurrence."""
    pairs = np.unique(log.shopper * log.n_items + log.item)
    takers = np.bincount(pairs % log.n_items, minlength=log.n_items)
    known: BoolArray = takers >= config.item_knn.min_support
    return known


def takings_of(log: Interactions) -> sp.csr_array:
    """Shoppers x items: ln(1 + baskets with the item)."""
    ones = np.ones(len(log))
    table = sp.csr_array((ones, (log.shopper, log.item)), shape=(log.n_shoppers, log.n_items))
    table.sum_duplicates()
    table.data = np.log1p(table.data)
    return table


def baskets_of(log: Interactions) -> sp.csr_array:
    """Baskets x items: 1 where the item lies in the basket."""
    n_baskets = int(log.basket.max(initial=-1)) + 1
    return sp.csr_array((np.ones(len(log)), (log.basket, log.item)), shape=(max(1, n_baskets), log.n_items))
