"""Matrix factorisation for implicit feedback, without shoppers: item factors, and a history folded in.

For comparison. Taking an item away changes how all the others count, and an item may speak against another;
a blend in which that is so could not promise that a score falls without the cause it names.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import scipy.sparse as sp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from recommender.arrays import FloatArray, IntArray, WeightArray
from recommender.config import FactorsConfig
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions


@dataclass(frozen=True)
class Factors:
    """Score of an item = its product with the shopper's vector, if above 0, times the weight of the history.

    Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets" (ICDM 2008): the vector
    is (Y'Y + Y'(C - I)Y + lambda I)^-1 Y'C p, with p = 1 and confidence c = 1 + alpha * weight / mean weight
    for past items. By their section 5 the score is a sum over past items of c_j * y_i' W y_j, W the inverse;
    what speaks for an item shares its score.

    items: items x factors.
    """

    source: ClassVar[Source] = "factors"
    reason: ClassVar[ReasonKind] = "bought_with"
    personal: ClassVar[bool] = True

    items: WeightArray
    config: FactorsConfig

    @classmethod
    def fit(cls, takings: sp.csr_array, config: FactorsConfig, seed: int = 0) -> "Factors":
        """Alternating least squares by `implicit`, on shoppers x items; only the items' side is kept."""
        from implicit.cpu.als import AlternatingLeastSquares

        with threadpool_limits(1, "blas"):  # it runs threads of its own
            model = AlternatingLeastSquares(
                factors=config.factors,
                alpha=config.alpha,
                regularization=config.regularisation,
                iterations=config.rounds,
                random_state=seed,
            )
            model.fit(sp.csr_matrix(takings, dtype=np.float32), show_progress=False)
        return cls(np.asarray(model.item_factors, dtype=np.float32), config)

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Every item on the shopper's side of the factors."""
        if len(profile.items):
            inverse, confidence = self._solved(profile)
            shopper = inverse @ (self._wide[profile.items].T @ confidence)
            board += weight * float(profile.weights.sum()) * np.maximum(self._wide @ shopper, 0.0)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The past items that speak for each, in proportion."""
        if len(profile.items) == 0:
            return [Contributions.none() for _ in items]
        inverse, confidence = self._solved(profile)
        given = self._wide[items] @ inverse @ self._wide[profile.items].T * confidence
        scores = float(profile.weights.sum()) * np.maximum(given.sum(axis=1), 0.0)
        speaking = np.maximum(given, 0.0)
        shares = speaking / np.maximum(speaking.sum(axis=1, keepdims=True), 1e-300)
        return [
            Contributions.of(profile.items, score * share)
            for score, share in zip(scores, shares, strict=True)
        ]

    def _solved(self, profile: Profile) -> tuple[FloatArray, FloatArray]:
        """W and the confidence in each past item."""
        past = self._wide[profile.items]
        surplus = self.config.alpha * profile.weights / profile.weights.mean()
        inverse: FloatArray = np.linalg.inv(self._ground + past.T @ (past * surplus[:, None]))
        return inverse, 1.0 + surplus

    @cached_property
    def _ground(self) -> FloatArray:
        ground: FloatArray = self._wide.T @ self._wide
        return ground + self.config.regularisation * np.eye(len(ground))

    @cached_property
    def _wide(self) -> FloatArray:
        return self.items.astype(np.float64)
