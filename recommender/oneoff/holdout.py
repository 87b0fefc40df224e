"""Hold-outs that carry over: cut from few shoppers, in two ways.

Cutting a fifth from every shopper makes a thinner matrix, on which other settings are best than on the whole
one. So only some shoppers give items up, and the rest keep the matrix as dense as it is.

Nor is it known how what a shopper takes next relates to what they took. Two answers bracket it:

- scattered: items at random. Close companions of most held-out items stay in the history, so models that
  know pairs well win. The future is rarely so easy: companions tend to be taken together.
- together: a random item and those of the shopper's most like it. The history says nothing about that corner
  of their taste but what it says about tastes at large, so models that generalise win. This is block
  cross-validation (Roberts et al., "Cross-validation strategies for data with temporal, spatial,
  hierarchical, or phylogenetic structure", Ecography 2017), with likeness for distance.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray, IntArray, WeightArray
from recommender.oneoff.config import SearchConfig
from recommender.oneoff.takings import row_counts

LEAST_ITEMS = 4  # a shopper of fewer has none to spare


@dataclass(frozen=True)
class HoldOut:
    """rest: the matrix without what was held out. spared: what was, same shape.

    groups: for each cut, the shoppers it was made from (disjoint, ascending).
    """

    rest: sp.csr_array
    spared: sp.csr_array
    groups: tuple[IntArray, ...]

    @property
    def shoppers(self) -> IntArray:
        """All of them, one cut after the other."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *self.groups])


def hold_out(
    takings: sp.csr_array, likeness: WeightArray, config: SearchConfig, rng: np.random.Generator
) -> HoldOut:
    """Cuts as config says. likeness: items x anything, rows of length 1; their dot products say how alike."""
    counts = row_counts(takings)
    eligible = _eligible(counts)
    chosen = rng.permutation(eligible)[: _number(eligible, config)]
    held = np.zeros(takings.nnz, dtype=bool)
    groups = tuple(np.sort(part) for part in np.array_split(chosen, len(config.cuts)))
    for cut, group in zip(config.cuts, groups, strict=True):
        for shopper in group:
            row = slice(takings.indptr[shopper], takings.indptr[shopper + 1])
            closeness = (
                rng.random(counts[shopper])
                if cut == "scattered"
                else _to_one_of_them(likeness[takings.indices[row]], rng)
            )
            held[row] = _greatest(closeness, config.item_share, rng)
    return HoldOut(_kept(takings, ~held), _kept(takings, held), groups)


def share_held_out(takings: sp.csr_array, config: SearchConfig) -> float:
    """About what share of all takings hold_out would hold out."""
    counts = row_counts(takings)
    eligible = _eligible(counts)
    given = config.item_share * counts[eligible].sum() / max(1, len(eligible))
    return float(given * _number(eligible, config) / max(1, takings.nnz))


def _eligible(counts: IntArray) -> IntArray:
    return np.flatnonzero(counts >= LEAST_ITEMS)


def _number(eligible: IntArray, config: SearchConfig) -> int:
    return min(config.shoppers, int(config.user_share * len(eligible)))


def _to_one_of_them(rows: WeightArray, rng: np.random.Generator) -> WeightArray:
    seed = int(rng.integers(len(rows)))
    closeness: WeightArray = rows @ rows[seed]
    closeness[seed] = np.inf
    return closeness


def _greatest(values: WeightArray, share: float, rng: np.random.Generator) -> BoolArray:
    """That share of the values, rounded up or down at random; at least one, and at least one not."""
    count = min(max(int(share * len(values) + rng.random()), 1), len(values) - 1)
    mask = np.zeros(len(values), dtype=bool)
    mask[np.argsort(-values, kind="stable")[:count]] = True
    return mask


def _kept(takings: sp.csr_array, mask: BoolArray) -> sp.csr_array:
    before = np.concatenate([[0], np.cumsum(mask)])
    return sp.csr_array(
        (takings.data[mask], takings.indices[mask], before[takings.indptr]), shape=takings.shape
    )
