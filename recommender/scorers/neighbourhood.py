"""What the shopper's past items call for: by co-occurrence, and by content for items too new for that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from recommender.neighbours import Neighbours, Voice
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.linear import Linear


@dataclass(frozen=True)
class _Neighbourhood(Linear):
    """Score of an item = sum over past items of weight in the profile times likeness to the item."""

    neighbours: Neighbours

    def voices(self, profile: Profile) -> Sequence[Voice]:
        """All past items."""
        return [Voice(self.neighbours, profile.items, profile.weights)]


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
