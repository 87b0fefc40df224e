"""Small matrices whose right recommendations are known."""

import numpy as np
import scipy.sparse as sp

from recommender.oneoff.config import OneOffConfig, SearchConfig, SpectralConfig

EVEN, ODD = 0, 1


def checkerboard(shoppers: int = 60, items: int = 20, seed: int = 0) -> sp.csr_array:
    """Even shoppers take even items, odd ones odd items, six each."""
    rng = np.random.default_rng(seed)
    table = np.zeros((shoppers, items), dtype=np.float32)
    for shopper in range(shoppers):
        table[shopper, rng.permutation(np.arange(shopper % 2, items, 2))[:6]] = 1.0
    return sp.csr_array(table)


def plain(**changes: object) -> OneOffConfig:
    """No search, and a spectral term as small as the shop."""
    return OneOffConfig(search=SearchConfig(shoppers=0), spectral=SpectralConfig(rank=4), **changes)
