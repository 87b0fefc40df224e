"""Fitting one term at a time on the hold-out's matrix, and not twice what a change leaves as it is."""

import time

import scipy.sparse as sp

from recommender.arrays import FloatArray
from recommender.oneoff import ridge
from recommender.oneoff.companions import Companions
from recommender.oneoff.config import OneOffConfig, RidgeConfig
from recommender.oneoff.kernels import Table
from recommender.oneoff.pool import Pool
from recommender.oneoff.spectral import Directions
from recommender.oneoff.takings import item_counts
from recommender.oneoff.terms import Terms, dense_of, ridge_table
from recommender.settings import KnnConfig


class PartMaker:
    """takings: what the terms are fitted on. directions: its strongest ones.

    strengths: penalties of the ridge regression that are solved along with the one asked for.
    """

    def __init__(
        self, takings: sp.csr_array, directions: Directions, strengths: tuple[float, ...] = ()
    ) -> None:
        self._takings = takings
        self._directions = directions
        self._strengths = strengths
        self._counts = item_counts(takings)
        self._solved: dict[RidgeConfig, sp.csc_array] = {}
        self._companions: dict[float, Companions] = {}
        self._seconds = {"knn": 0.0, "ridge": 0.0}

    def terms(self, config: OneOffConfig) -> Terms:
        """All three, fitted."""
        return Terms(
            self._knn(config.knn),
            ridge_table(self._ridge(config.ridge)),
            self._directions.term(config.spectral),
        )

    def part(self, pool: Pool, name: str, config: OneOffConfig) -> FloatArray:
        """What one term, fitted with these settings, gives the candidates of a pool."""
        if name == "spectral":
            return pool.dense_part(dense_of(self._directions.term(config.spectral)))
        if name == "ridge":
            return pool.sparse_part(ridge_table(self._ridge(config.ridge)))
        return pool.sparse_part(self._knn(config.knn))

    def seconds(self, name: str, config: OneOffConfig) -> float:
        """About how long fitting that term would take, going by the last time; 0 for what is at hand."""
        if name == "spectral" or (name == "ridge" and _unscaled(config.ridge) in self._solved):
            return 0.0
        if name == "knn" and config.knn.row_exponent in self._companions:
            return 0.0
        return self._seconds[name]

    def took(self, name: str) -> float:
        """Seconds that fitting that term took the last time."""
        return self._seconds[name]

    def keep(self, config: OneOffConfig) -> None:
        """Forgets what was fitted for settings that were not chosen."""
        chosen = _unscaled(config.ridge).model_copy(update={"strength": 1.0})
        self._solved = {
            key: weights
            for key, weights in self._solved.items()
            if key.model_copy(update={"strength": 1.0}) == chosen
        }
        chosen_row = config.knn.row_exponent
        self._companions = {row: found for row, found in self._companions.items() if row == chosen_row}

    def _knn(self, config: KnnConfig) -> Table:
        row = config.row_exponent
        if row not in self._companions:
            began = time.perf_counter()
            self._companions[row] = Companions.fit(self._takings, row)
            self._seconds["knn"] = time.perf_counter() - began
        return self._companions[row].table(config)

    def _ridge(self, config: RidgeConfig) -> sp.csr_array:
        key = _unscaled(config)
        if key not in self._solved:
            began = time.perf_counter()
            strengths = (key.strength, *(each for each in self._strengths if each != key.strength))
            found = ridge.solved(self._takings, key, strengths)
            for strength, weights in zip(strengths, found, strict=True):
                self._solved[key.model_copy(update={"strength": strength})] = weights
            self._seconds["ridge"] = time.perf_counter() - began
        return ridge.discounted(self._solved[key], self._counts, config.target_exponent)


def _unscaled(config: RidgeConfig) -> RidgeConfig:
    return config.model_copy(update={"target_exponent": 0.0})
