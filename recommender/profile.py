"""What a query says about its shopper, as numbers: the input of every scorer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from recommender import kernels
from recommender.arrays import FloatArray, IntArray
from recommender.config import DecayConfig
from recommender.history import History


@dataclass(frozen=True)
class Profile:
    """A shopper's past items, distinct and by index, each with what its lines still weigh.

    times: baskets that held the item; first_day, last_day: of those baskets; ages: baskets since the latest
    of them. session: indices of items looked at just now, distinct; session_ages: items looked at since (0
    for the latest). segment and traits: see Query.
    """

    items: IntArray
    weights: FloatArray
    times: IntArray
    first_day: FloatArray
    last_day: FloatArray
    session: IntArray
    session_ages: IntArray
    ages: IntArray
    segment: str = ""
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def place_of(self, item: int) -> int | None:
        """The position of an item in the arrays; None where it was never bought."""
        place = int(np.searchsorted(self.items, item))
        return place if place < len(self.items) and self.items[place] == item else None

    def weight_of(self, items: IntArray) -> FloatArray:
        """The weights of these items, 0 where never bought."""
        if len(self.items) == 0:
            return np.zeros(len(items))
        places = np.minimum(np.searchsorted(self.items, items), len(self.items) - 1)
        return np.where(self.items[places] == items, self.weights[places], 0.0)

    def without(self, item: int) -> "Profile":
        """This profile as if the item had never been bought or looked at, all else weighing what it did."""
        kept, looked = self.items != item, self.session != item
        return replace(
            self,
            items=self.items[kept],
            weights=self.weights[kept],
            times=self.times[kept],
            first_day=self.first_day[kept],
            last_day=self.last_day[kept],
            session=self.session[looked],
            session_ages=self.session_ages[looked],
            ages=self.ages[kept],
        )

    def without_trait(self, name: str) -> "Profile":
        """This profile as if one trait ("segment": the segment) were not known."""
        if name == SEGMENT:
            return replace(self, segment="")
        return replace(self, traits={trait: self.traits[trait] for trait in self.traits if trait != name})


SEGMENT = "segment"
"""The name under which a shopper's segment stands among their traits."""

NOTHING: IntArray = np.zeros(0, dtype=np.int64)
NOBODY = Profile(NOTHING, np.zeros(0), NOTHING, np.zeros(0), np.zeros(0), NOTHING, NOTHING, NOTHING)
"""Somebody of whom nothing is known."""


def build(
    history: History,
    indices: IntArray,
    session: IntArray,
    decay: DecayConfig,
    now: float,
    segment: str = "",
    traits: Mapping[str, str] = NOBODY.traits,
) -> Profile:
    """The profile of a history whose lines are the given item indices, and of a session, oldest first.

    A line weighs 0.5^(age / days) * 0.5^(baskets since / baskets) / size^exponent, and an item counts once a
    basket. Lines dated after `now` count as new. Forgetting in time as in Ding and Li, "Time weight
    collaborative filtering" (CIKM 2005); per basket as in Faggioli et al., "Recency aware collaborative
    filtering for next basket recommendation" (UMAP 2020).
    """
    items, weights, times, first_day, last_day = kernels.fold_lines(
        indices,
        history.baskets_ago,
        history.basket_sizes,
        history.days,
        now,
        1.0 / decay.half_life_days,
        1.0 / decay.half_life_baskets,
        decay.basket_size_exponent,
        np.lexsort((history.baskets_ago, indices)),
    )
    ages = np.full(len(items), np.iinfo(np.int64).max)
    np.minimum.at(ages, np.searchsorted(items, indices), history.baskets_ago)
    session_ages = np.arange(len(session))[::-1]
    return Profile(items, weights, times, first_day, last_day, session, session_ages, ages, segment, traits)
