"""One answer of the recommender: immutable, structured, without a word of prose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ReasonKind = Literal[
    "bought_often",
    "bought_with",
    "bought_after",
    "similar_to",
    "popular",
    "profile",
    "favourite_category",
    "session",
    "new",
]
Source = Literal[
    "frequency",
    "item_knn",
    "transitions",
    "content",
    "session",
    "popularity",
    "segment",
    "traits",
    "basket",
    "search",
    "user_knn",
    "factors",
]
"""Who spoke for an item. The last two stand for comparison and serve nobody (recommender.scorers.base)."""


@dataclass(frozen=True)
class Reason:
    """A cause that carried part of an item's score.

    item_id: the past item that is the cause, where there is one. weight: its share of the score, in (0, 1].
    detail: bought_often {"times", and "every_days" if bought more than once}; favourite_category
    {"category"}; profile {"trait", "value"}. Take the cause away and the score falls. "new" is for callers
    who rank novelties alone.
    """

    kind: ReasonKind
    item_id: str | None
    weight: float
    detail: Mapping[str, float | int | str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RankedItem:
    """An item with its score (comparable within one ranking only) and the scorer that gave most of it.

    promoted: it stands where it does for promotion, and would not by its score.
    """

    item_id: str
    score: float
    source: Source
    reasons: tuple[Reason, ...] = ()
    promoted: bool = False


@dataclass(frozen=True)
class Ranking:
    """Items, best first (but for promoted ones); equal scores in catalogue order."""

    items: tuple[RankedItem, ...] = ()

    def __iter__(self) -> Iterator[RankedItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The ids alone, best first."""
        return tuple(item.item_id for item in self.items)
