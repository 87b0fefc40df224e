"""Everything a fitted model is made of: arrays about items, none about shoppers."""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from recommender.arrays import AnyArray
from recommender.catalogue import ItemIds, Labels
from recommender.config import RecommenderConfig
from recommender.content import ContentNeighbours
from recommender.neighbours import Neighbours
from recommender.scorers import (
    Content,
    Frequency,
    GroupTakings,
    ItemKnn,
    Popularity,
    Scorer,
    Segment,
    Session,
    Traits,
    Transitions,
)
from recommender.search import SearchIndex


@dataclass(frozen=True)
class Facts:
    """How the model came about: what was fitted, chosen and measured, as plain values."""

    now: float
    n_interactions: int
    repeat_purchase: bool
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """The parts of a model.

    taken_with: neighbours by what shoppers take over time; basket: by what lies in one basket. followers:
    what comes a basket later; segments, traits: what groups of shoppers take. These three are None where the
    hold-out had no use for them.
    """

    ids: ItemIds
    category: Labels
    department: Labels
    popularity: Popularity
    frequency: Frequency
    taken_with: Neighbours
    basket: Neighbours
    content: ContentNeighbours
    search: SearchIndex
    config: RecommenderConfig
    facts: Facts
    followers: Neighbours | None = None
    segments: GroupTakings | None = None
    traits: GroupTakings | None = None

    def __post_init__(self) -> None:
        # Nobody may change a model in service; and kernels compile once for fitted and for mapped arrays.
        for array in self.arrays().values():
            array.setflags(write=False)

    def scorers(self) -> tuple[Scorer, ...]:
        """The scorers in a fixed order."""
        config = self.config
        scorers: list[Scorer] = [
            self.frequency,
            ItemKnn(self.taken_with),
            Content(self.content.cold),
            Session(self.taken_with, self.basket, self.content.alike, config.session),
            self.popularity,
        ]
        if self.followers:
            scorers.append(Transitions(self.followers, config.transitions))
        if self.segments:
            scorers.append(Segment(self.segments, config.segment))
        if self.traits:
            scorers.append(Traits(self.traits, config.traits))
        return tuple(scorers)

    def arrays(self) -> dict[str, AnyArray]:
        """Every array by name: what save writes."""
        groups: dict[str, dict[str, AnyArray]] = {
            "items": {
                "ids": self.ids.ids,
                "popularity": self.popularity.values,
                "tendency": self.frequency.tendency,
            },
            "category": {"names": self.category.names, "codes": self.category.codes},
            "department": {"names": self.department.names, "codes": self.department.codes},
            "taken_with": self.taken_with.arrays(),
            "basket": self.basket.arrays(),
            "alike": self.content.alike.arrays(),
            "cold": self.content.cold.arrays(),
            "search": self.search.arrays(),
        }
        for name in ("followers", "segments", "traits"):
            if part := getattr(self, name):
                groups[name] = part.arrays()
        return {
            f"{group}.{name}": array for group, arrays in groups.items() for name, array in arrays.items()
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, AnyArray], config: RecommenderConfig, facts: Facts) -> Self:
        """The way back; KeyError where an array is missing."""
        popularity = arrays["items.popularity"]
        return cls(
            ids=ItemIds(arrays["items.ids"]),
            category=Labels(**_group(arrays, "category")),
            department=Labels(**_group(arrays, "department")),
            popularity=Popularity(popularity),
            frequency=Frequency(arrays["items.tendency"], config.frequency),
            taken_with=Neighbours(**_group(arrays, "taken_with")),
            basket=Neighbours(**_group(arrays, "basket")),
            content=ContentNeighbours(
                Neighbours(**_group(arrays, "alike")), Neighbours(**_group(arrays, "cold"))
            ),
            search=SearchIndex.from_arrays(_group(arrays, "search"), popularity),
            config=config,
            facts=facts,
            followers=Neighbours(**found) if (found := _group(arrays, "followers")) else None,
            segments=GroupTakings(**found) if (found := _group(arrays, "segments")) else None,
            traits=GroupTakings(**found) if (found := _group(arrays, "traits")) else None,
        )

    def check(self) -> None:
        """ValueError unless the arrays fit together: compiled loops trust their indices."""
        n_items = len(self.ids)
        columns = (
            self.category.codes,
            self.department.codes,
            self.popularity.values,
            self.frequency.tendency,
        )
        if any(len(column) != n_items for column in columns):
            raise ValueError("a column is not as long as the catalogue")
        for labels in (self.category, self.department):
            if labels.codes.min() < 0 or labels.codes.max() >= len(labels.names):
                raise ValueError("a label code is out of range")
        tables = (self.taken_with, self.basket, self.content.alike, self.content.cold, self.followers)
        for table in filter(None, tables):
            check_csr(table.indptr, table.indices, table.values, n_items, n_items)
        for groups in filter(None, (self.segments, self.traits)):
            groups.check(n_items)
        words = len(self.search.lexicon.vocabulary)
        check_csr(self.search.indptr, self.search.indices, self.search.values, words, n_items)


def check_csr(indptr: AnyArray, indices: AnyArray, values: AnyArray, rows: int, columns: int) -> None:
    """ValueError unless the three arrays are a matrix of that size with finite values, none below 0."""
    if len(indptr) != rows + 1 or indptr[0] != 0 or indptr[-1] != len(indices) or len(indices) != len(values):
        raise ValueError("a matrix has rows of the wrong size")
    if (np.diff(indptr) < 0).any():
        raise ValueError("a matrix has rows out of order")
    if len(indices) and (indices.min() < 0 or indices.max() >= columns):
        raise ValueError("a matrix points out of the catalogue")
    steps = np.diff(indices.astype(np.int64)) > 0
    steps[indptr[1:-1][(indptr[1:-1] > 0) & (indptr[1:-1] < len(indices))] - 1] = True
    if not steps.all():
        raise ValueError("a matrix has columns out of order")
    if len(values) and not (np.isfinite(values).all() and values.min() >= 0.0):
        raise ValueError("a matrix holds values that are no likenesses")


def _group(arrays: dict[str, AnyArray], group: str) -> dict[str, AnyArray]:
    prefix = f"{group}."
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
