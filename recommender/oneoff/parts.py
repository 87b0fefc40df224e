"""Fitting one term at a time on the hold-out's matrix, and not twice what a change leaves as it is."""

import scipy.sparse as sp

from recommender.arrays import FloatArray
from recommender.oneoff import ridge
from recommender.oneoff.config import OneOffConfig, RidgeConfig
from recommender.oneoff.pool import Pool
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import item_counts
from recommender.oneoff.terms import Terms, dense_of, knn_table, ridge_table


class PartMaker:
    """takings: what the terms are fitted on. directions: its strongest ones."""

    def __init__(self, takings: sp.csr_array, directions: Directions) -> None:
        self._takings = takings
        self._directions = directions
        self._counts = item_counts(takings)
        self._solved: dict[RidgeConfig, sp.csr_array] = {}

    def terms(self, config: OneOffConfig) -> Terms:
        """All three, fitted."""
        return Terms(
            knn_table(self._takings, config.knn),
            ridge_table(self._ridge(config.ridge)),
            self._directions.term(config.spectral),
        )

    def part(self, pool: Pool, name: str, config: OneOffConfig) -> FloatArray:
        """What one term, fitted with these settings, gives the candidates of a pool."""
        if name == "spectral":
            return pool.dense_part(dense_of(self._directions.term(config.spectral)))
        if name == "ridge":
            return pool.sparse_part(ridge_table(self._ridge(config.ridge)))
        return pool.sparse_part(knn_table(self._takings, config.knn))

    def keep(self, config: OneOffConfig) -> None:
        """Forgets the regressions solved for settings that were not chosen."""
        chosen = _before_discount(config.ridge)
        self._solved = {key: weights for key, weights in self._solved.items() if key == chosen}

    def _ridge(self, config: RidgeConfig) -> sp.csr_array:
        key = _before_discount(config)
        if key not in self._solved:
            self._solved[key] = ridge.solved(self._takings, config)
        return ridge.discounted(self._solved[key], self._counts, config.target_exponent)


def _before_discount(config: RidgeConfig) -> RidgeConfig:
    return config.model_copy(update={"target_exponent": 0.0})
