"""What the shopper's past items call for: by co-occurrence, and by content for items too new for that."""

from dataclasses import dataclass
from typing import ClassVar

from recommender.arrays import FloatArray, IntArray
from recommender.neighbours import Neighbours
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions


@dataclass(frozen=True)
class _Neighbourhood:
    """Score of an item = sum over past items of weight in the profile times likeness to the item."""

    neighbours: Neighbours

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Every item that a past item speaks for."""
        self.neighbours.spread(board, profile.items, weight * profile.weights)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The past items that speak for each."""
        return [
            Contributions(*gathered)
            for gathered in self.neighbours.gather(items, profile.items, profile.weights)
        ]


@dataclass(frozen=True)
class ItemKnn(_Neighbourhood):
    """Neighbours by what shoppers take (recommender.neighbours.asymmetric_cosine)."""

    source: ClassVar[Source] = "item_knn"
    reason: ClassVar[ReasonKind] = "bought_with"
    personal: ClassVar[bool] = True


@dataclass(frozen=True)
class Content(_Neighbourhood):
    """Neighbours by what the catalogue says (recommender.content), towards cold items only."""

    source: ClassVar[Source] = "content"
    reason: ClassVar[ReasonKind] = "similar_to"
    personal: ClassVar[bool] = True
