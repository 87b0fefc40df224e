"""Everything a fitted model is made of: arrays about items, none about shoppers."""

from dataclasses import dataclass, field
from typing import Any, Self

from recommender.arrays import AnyArray, check_csr
from recommender.catalogue import ItemIds, Labels
from recommender.config import RecommenderConfig
from recommender.relations import Relations
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

    segments, traits: what groups of shoppers take; None where the hold-out had no use for them.
    """

    ids: ItemIds
    category: Labels
    department: Labels
    popularity: Popularity
    frequency: Frequency
    relations: Relations
    search: SearchIndex
    config: RecommenderConfig
    facts: Facts
    segments: GroupTakings | None = None
    traits: GroupTakings | None = None

    def __post_init__(self) -> None:
        for array in self._columns().values():
            array.setflags(write=False)  # as those of the relations are, for the same reasons

    def scorers(self) -> tuple[Scorer, ...]:
        """The scorers in a fixed order."""
        config, said = self.config, self.relations
        scorers: list[Scorer] = [
            self.frequency,
            ItemKnn(said.taken_with),
            Content(said.cold),
            Session(said.taken_with, said.basket, said.alike, config.session),
            self.popularity,
        ]
        if not said.followers.empty:
            scorers.append(Transitions(said.followers, config.transitions))
        if self.segments:
            scorers.append(Segment(self.segments, config.segment))
        if self.traits:
            scorers.append(Traits(self.traits, config.traits))
        return tuple(scorers)

    def arrays(self) -> dict[str, AnyArray]:
        """Every array by name: what save writes."""
        matrix = {f"matrix.{name}": array for name, array in self.relations.arrays().items()}
        return self._columns() | matrix

    def _columns(self) -> dict[str, AnyArray]:
        """All but the item-item matrix."""
        groups: dict[str, dict[str, AnyArray]] = {
            "items": {
                "ids": self.ids.ids,
                "popularity": self.popularity.values,
                "tendency": self.frequency.tendency,
            },
            "category": {"names": self.category.names, "codes": self.category.codes},
            "department": {"names": self.department.names, "codes": self.department.codes},
            "search": self.search.arrays(),
        }
        for name in ("segments", "traits"):
            if part := getattr(self, name):
                groups[name] = part.arrays()
        return {
            f"{group}.{name}": array for group, arrays in groups.items() for name, array in arrays.items()
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, AnyArray], config: RecommenderConfig, facts: Facts) -> Self:
        """The way back; KeyError where an array is missing, ValueError where the matrix is none."""
        ids, popularity = ItemIds(arrays["items.ids"]), arrays["items.popularity"]
        return cls(
            ids=ids,
            category=Labels(**_group(arrays, "category")),
            department=Labels(**_group(arrays, "department")),
            popularity=Popularity(popularity),
            frequency=Frequency(arrays["items.tendency"], config.frequency),
            relations=Relations.of_matrix(_group(arrays, "matrix"), len(ids)),
            search=SearchIndex.from_arrays(_group(arrays, "search"), popularity),
            config=config,
            facts=facts,
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
        for groups in filter(None, (self.segments, self.traits)):
            groups.check(n_items)
        words = len(self.search.lexicon.vocabulary)
        check_csr(self.search.indptr, self.search.indices, self.search.values, words, n_items)


def _group(arrays: dict[str, AnyArray], group: str) -> dict[str, AnyArray]:
    prefix = f"{group}."
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
