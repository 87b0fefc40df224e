"""The spectral term: a shopper's history seen through the strongest directions of the whole matrix."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import scipy.sparse as sp

from recommender.arrays import AnyArray, FloatArray, WeightArray
from recommender.oneoff.config import SpectralConfig
from recommender.oneoff.decomposition import strongest
from recommender.oneoff.takings import item_counts, powers, row_counts


@dataclass(frozen=True)
class Directions:
    """Right singular vectors (items x rank, strongest first) of the degree-normalised matrix, their values
    and the number of shoppers an item."""

    vectors: WeightArray
    strengths: FloatArray
    counts: AnyArray

    @classmethod
    def fit(cls, takings: sp.csr_array, rank: int, rng: np.random.Generator) -> Self:
        """Of D_u^-1/2 X D_i^-1/2 (recommender.oneoff.decomposition).

        The rank is lowered to what the matrix has room for; it may be 0.
        """
        counts = item_counts(takings)
        rank = min(rank, min(takings.shape) - 1)
        if rank < 1:
            return cls(np.zeros((takings.shape[1], 0), dtype=np.float32), np.zeros(0), counts)
        rows = sp.diags_array(powers(row_counts(takings), -0.5).astype(np.float32))
        columns = sp.diags_array(powers(counts, -0.5).astype(np.float32))
        vectors, strengths = strongest(sp.csr_array(rows @ takings @ columns), rank, rng)
        return cls(vectors, strengths, counts)

    def term(self, config: SpectralConfig) -> "Spectral":
        """The scoring term made of the first config.rank directions."""
        rank = min(config.rank, len(self.strengths))
        scale = powers(self.counts, config.item_exponent)[:, None]
        shape = self.strengths[:rank] ** config.spectrum_exponent
        vectors = self.vectors[:, :rank]
        return Spectral((vectors / scale).astype(np.float32), (vectors * scale * shape).astype(np.float32))


@dataclass(frozen=True)
class Spectral:
    """Score of an item j = (sum of inward[i] over the history) . outward[j].

    With inward = D_i^-b V and outward = D_i^b V S^c; b = 1/2, c = 0 is the ideal low-pass filter of GF-CF
    (Shen et al., "How powerful is graph convolution for recommendation?", CIKM 2021).
    """

    inward: WeightArray
    outward: WeightArray

    @cached_property
    def gram(self) -> WeightArray:
        """outward.T @ outward / items."""
        gram: WeightArray = self.outward.T @ self.outward / np.float32(len(self.outward))
        return gram

    @cached_property
    def means(self) -> WeightArray:
        """The column means of outward."""
        means: WeightArray = self.outward.mean(axis=0, dtype=np.float64).astype(np.float32)
        return means
