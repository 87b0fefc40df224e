"""The sequence model: fitted with PyTorch, saved as arrays, asked with NumPy alone."""

from pathlib import Path
from typing import Any, Self

import numpy as np

from recommender import kernels
from recommender.arrays import BoolArray, FloatArray, IndexArray
from recommender.deep import fitting, network, storage
from recommender.deep.config import DeepConfig
from recommender.deep.sequences import Past
from recommender.history import History
from recommender.interactions import Interactions
from recommender.query import check_allowed, check_n


class SequenceModel:
    """Ranks items by what a network that read the shopper's baskets in order expects next.

    Items are catalogue indices. Holds no shopper's data: every question brings its history. Safe to use from
    many threads at once.
    """

    def __init__(self, fitted: fitting.Fitted, config: DeepConfig) -> None:
        self._fitted = fitted
        self._popular: FloatArray = np.log((fitted.takings + 0.5) / (fitted.takings.sum() + 0.5))
        self.config = config
        self.report: dict[str, Any] = fitted.report

    @classmethod
    def fit(
        cls,
        interactions: Interactions,
        config: DeepConfig | None = None,
        *,
        rng: np.random.Generator | None = None,
        progress: fitting.Progress | None = None,
    ) -> Self:
        """Learns from the baskets of all shoppers, until a hold-out of last baskets gains nothing more.

        rng: draws hold-out, starting values and order. progress: called with (stage, share of the time
        allowed). TorchMissing without the extra `deep`; InputError where no shopper has three baskets.
        """
        config = config or DeepConfig()
        rng = rng or np.random.default_rng(0)
        return cls(fitting.fit(interactions, config, rng, progress or fitting.silent), config)

    @property
    def n_items(self) -> int:
        """Items of the catalogue: the length of `allowed`."""
        return len(self._fitted.rows)

    def scores(self, history: History) -> FloatArray:
        """One score an item: comparable within one history, finite, of either sign.

        Up to a constant, the logarithm of how likely the next basket holds the item; by popularity where
        nothing is known of the history.
        """
        past = Past.of(history, self.n_items, self.config.network.window)
        return self._popular.copy() if past.length == 0 else self.scores_after(past)

    def scores_after(self, past: Past) -> FloatArray:
        """The same for a past of one basket or more, within the window."""
        board = network.scores(self._fitted.parameters, self.config.network, past, self._fitted.rows)
        return board.astype(np.float64)

    def rank(
        self, history: History, n: int = 10, allowed: BoolArray | None = None
    ) -> tuple[IndexArray, FloatArray]:
        """The n best allowed items, best first, lower index first among equals, and their scores.

        history: by item indices; unknown ones are ignored. allowed: bool per item; what may not come back
        must not be allowed. Fewer come back where fewer are allowed.
        """
        mask, board = check_allowed(allowed, self.n_items), self.scores(history)
        best = kernels.best_first(board, mask, min(check_n(n), self.n_items))
        return best, board[best]

    def save(self, path: Path) -> None:
        """Writes one .npz file without pickles, by way of a temporary one beside it."""
        storage.write(path, self._fitted, self.config)

    @classmethod
    def load(cls, path: Path) -> Self:
        """What save wrote; ArtefactError where that is missing, cut short or of another kind."""
        return cls(*storage.read(path))
