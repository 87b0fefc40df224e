"""What groups of shoppers take more than the shop's average: one segment each, and any number of traits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import scipy.sparse as sp

from recommender.arrays import AnyArray, FloatArray, IntArray, TextArray, WeightArray
from recommender.config import SegmentConfig, TraitsConfig
from recommender.profile import SEGMENT, Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import NO_CAUSE, Contributions, Trait

STEEPEST = 50.0
"""Largest logarithm of a likelihood ratio: far beyond what counts can show, and its power is finite."""


@dataclass(frozen=True)
class GroupTakings:
    """Takings of every item by every group, a group being the shoppers with one value of one trait.

    trait, value: one a group. counts: groups x items. totals: one an item, by everybody, grouped or not.
    """

    trait: TextArray
    value: TextArray
    counts: WeightArray
    totals: WeightArray

    @classmethod
    def fit(cls, takings: sp.csr_array, traits: Sequence[Mapping[str, str]]) -> "GroupTakings":
        """takings: shoppers x items, values at least 0. traits: one mapping a shopper; empty values say
        nothing."""
        if len(traits) not in (0, takings.shape[0]):
            raise ValueError("there must be one mapping of traits a shopper, or none")
        known = [
            (shopper, pair) for shopper, own in enumerate(traits) for pair in sorted(own.items()) if pair[1]
        ]
        groups = sorted({pair for _, pair in known})
        place = {pair: at for at, pair in enumerate(groups)}
        member = sp.csr_array(
            (
                np.ones(len(known)),
                ([place[pair] for _, pair in known], [shopper for shopper, _ in known]),
            ),
            shape=(len(groups), takings.shape[0]),
        )
        counts = (member @ takings).toarray().astype(np.float32)
        totals = np.asarray(takings.sum(axis=0)).ravel().astype(np.float32)
        names = np.array(groups, dtype=np.str_).reshape(-1, 2)
        return cls(names[:, 0].copy(), names[:, 1].copy(), counts, totals)

    @property
    def empty(self) -> bool:
        """Whether there is no group at all."""
        return len(self.trait) == 0

    def place_of(self, trait: str, value: str) -> int | None:
        """The row of a group; None where nobody was in it."""
        return self._places.get((trait, value))

    @cached_property
    def popularity(self) -> FloatArray:
        """P(item): share of all takings, one an item."""
        totals = self.totals.astype(np.float64)
        share: FloatArray = totals / max(float(totals.sum()), 1e-300)
        return share

    def arrays(self) -> dict[str, AnyArray]:
        return {"trait": self.trait, "value": self.value, "counts": self.counts, "totals": self.totals}

    def check(self, n_items: int) -> None:
        """ValueError unless the arrays fit together and hold counts."""
        groups = len(self.trait)
        if len(self.value) != groups or self.counts.shape != (groups, n_items) or len(self.totals) != n_items:
            raise ValueError("groups of shoppers are not as many, or not as long, as they should be")
        for counts in (self.counts, self.totals):
            if counts.size and not (np.isfinite(counts).all() and counts.min() >= 0.0):
                raise ValueError("groups of shoppers hold values that are no counts")

    @cached_property
    def _places(self) -> dict[Trait, int]:
        names = zip(self.trait.tolist(), self.value.tolist(), strict=True)
        return {pair: at for at, pair in enumerate(names)}


@dataclass(frozen=True)
class Segment:
    """Score = what P(item | segment) has above P(item), where the most popular item has P = 1; 0 without a
    segment.

    So the blend of Popularity and Segment is the popularity of the segment, and a stranger's is the shop's.
    P(item | segment) is drawn towards P(item) by `shrinkage` takings, as in James and Stein, "Estimation with
    quadratic loss" (1961): a small segment is the shop's average.
    """

    source: ClassVar[Source] = "segment"
    reason: ClassVar[ReasonKind] = "profile"
    personal: ClassVar[bool] = True

    takings: GroupTakings
    config: SegmentConfig

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """What this segment takes more than others."""
        row = self.takings.place_of(SEGMENT, profile.segment)
        if row is not None:
            board += weight * self._above(row)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The segment, where it speaks for the item."""
        row = self.takings.place_of(SEGMENT, profile.segment)
        if row is None:
            return [Contributions.none() for _ in items]
        given = self._above(row)[items]
        return [_of_traits(((SEGMENT, profile.segment),), given[at : at + 1]) for at in range(len(items))]

    def _above(self, row: int) -> FloatArray:
        popularity, counts = self.takings.popularity, self.takings.counts[row].astype(np.float64)
        mass = max(float(counts.sum()) + self.config.shrinkage, 1e-300)
        share = (counts + self.config.shrinkage * popularity) / mass
        above: FloatArray = np.maximum(share - popularity, 0.0) / max(float(popularity.max()), 1e-300)
        return above


@dataclass(frozen=True)
class Traits:
    """Score = what P(item | traits) has above P(item), where the most popular item has P = 1.

    Naive Bayes: P(item | traits) = P(item) * product over traits of P(value | item) / P(value), with a
    Dirichlet prior of `shrinkage` takings in the shop's own mix on every P(value | item); Manning, Raghavan
    and Schuetze, "Introduction to information retrieval" (2008), chapter 13. A trait that the shopper or the
    log lacks is left out of the product. Worked in logarithms.
    """

    source: ClassVar[Source] = "traits"
    reason: ClassVar[ReasonKind] = "profile"
    personal: ClassVar[bool] = True

    takings: GroupTakings
    config: TraitsConfig

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """What shoppers with these traits take more than others."""
        known = self._known(profile)
        if known:
            board += weight * self._above(self._evidence(known))

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The traits that speak for each item, in proportion to their evidence."""
        known = self._known(profile)
        if not known:
            return [Contributions.none() for _ in items]
        evidence = self._evidence(known)
        given = self._above(evidence)[items]
        names = tuple(self._name(row) for row in known)
        return [
            _of_traits(names, total * _shares(evidence[:, item]))
            for item, total in zip(items.tolist(), given.tolist(), strict=True)
        ]

    def _known(self, profile: Profile) -> list[int]:
        rows = (self.takings.place_of(*pair) for pair in sorted(profile.traits.items()))
        return [row for row in rows if row is not None]

    def _name(self, row: int) -> Trait:
        return str(self.takings.trait[row]), str(self.takings.value[row])

    def _evidence(self, rows: Iterable[int]) -> FloatArray:
        """ln(P(value | item) / P(value)): a row a trait, a column an item."""
        return np.array([self._log_ratio(row) for row in rows])

    def _log_ratio(self, row: int) -> FloatArray:
        if row not in self._ratios:
            self._ratios[row] = self._fresh_ratio(row)
        return self._ratios[row]

    def _fresh_ratio(self, row: int) -> FloatArray:
        mine = self.takings.counts[row].astype(np.float64)
        all_values = self._asked[str(self.takings.trait[row])]
        share = max(float(mine.sum()), 1e-300) / max(float(all_values.sum()), 1e-300)
        prior = self.config.shrinkage
        ratio: FloatArray = np.log((mine / share + prior) / (all_values + prior))
        return ratio

    def _above(self, evidence: FloatArray) -> FloatArray:
        popularity = self.takings.popularity
        ratio = np.expm1(np.minimum(evidence.sum(axis=0), STEEPEST))
        above: FloatArray = popularity * np.maximum(ratio, 0.0) / max(float(popularity.max()), 1e-300)
        return above

    @cached_property
    def _ratios(self) -> dict[int, FloatArray]:
        """Log ratios that were asked for so far, by group."""
        return {}

    @cached_property
    def _asked(self) -> dict[str, FloatArray]:
        """For each trait, takings by all shoppers of whom it is known, one an item."""
        names: list[str] = np.unique(self.takings.trait).tolist()
        return {
            name: self.takings.counts[self.takings.trait == name].sum(axis=0, dtype=np.float64)
            for name in names
        }


def _shares(evidence: FloatArray) -> FloatArray:
    """What of a score each trait accounts for: nothing where it speaks against the item."""
    speaking = np.maximum(evidence, 0.0)
    shares: FloatArray = speaking / max(float(speaking.sum()), 1e-300)
    return shares


def _of_traits(names: tuple[Trait, ...], weights: FloatArray) -> Contributions:
    given = np.flatnonzero(weights > 0.0)
    causes = np.full(len(given), NO_CAUSE)
    return Contributions(causes, weights[given], tuple(names[at] for at in given.tolist()))
