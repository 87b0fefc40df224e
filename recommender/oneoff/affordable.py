"""What a time budget has room for: large data is fitted with fewer directions and fewer neighbours."""

import scipy.sparse as sp

from recommender.oneoff import ridge
from recommender.oneoff.config import OneOffConfig
from recommender.oneoff.decomposition import SPARE

RANKS = (64, 128, 256, 512)
"""Ranks that are tried; the first is kept however large the data."""

DIRECTIONS_SHARE = 0.4  # of the time budget, for one decomposition; there are two
A_SECOND = 5e7
"""Entries x directions that a decomposition manages: measured on two cores. A constant, and not a sample's
time, so that the same data gets the same model."""

STRENGTHS = (2.5, 5.0, 10.0, 20.0, 40.0)
"""Penalties of the ridge regression, solved together."""

FEWEST_NEIGHBOURS = 25
RIDGE_SHARE = 0.35  # of the time budget, for all strengths at once; with too many neighbours it takes longer


def with_fewer_directions(config: OneOffConfig, takings: sp.csr_array) -> OneOffConfig:
    """The settings, with a lower rank of the spectral term where a decomposition would take too long."""
    room = DIRECTIONS_SHARE * config.search.seconds * A_SECOND
    within = [rank for rank in RANKS if takings.nnz * (rank + SPARE) <= room]
    rank = min(config.spectral.rank, max(within, default=RANKS[0]))
    return config.model_copy(update={"spectral": config.spectral.model_copy(update={"rank": rank})})


def with_fewer_neighbours(config: OneOffConfig, takings: sp.csr_array) -> OneOffConfig:
    """The settings, with fewer neighbours for the ridge regression where as many would take too long."""
    limit = RIDGE_SHARE * config.search.seconds
    neighbours = config.ridge.neighbours
    while neighbours > FEWEST_NEIGHBOURS:
        trial = config.ridge.model_copy(update={"neighbours": neighbours})
        if ridge.seconds_for(takings, trial, len(STRENGTHS)) <= limit:
            break
        neighbours //= 2
    return config.model_copy(update={"ridge": config.ridge.model_copy(update={"neighbours": neighbours})})
