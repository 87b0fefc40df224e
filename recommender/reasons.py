"""Saying why: the contributions that carried an item's score, as structured reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from recommender.arrays import TextArray
from recommender.blend import Part
from recommender.catalogue import Labels
from recommender.profile import Profile
from recommender.ranking import Reason, ReasonKind
from recommender.scorers import Contributions
from recommender.scorers.base import NO_CAUSE

NEIGHBOURLY: tuple[ReasonKind, ...] = ("bought_with", "similar_to")
NO_DETAIL: Mapping[str, float | int | str] = MappingProxyType({})
LEAST_SHARE = 0.05
"""Share of a score below which a cause is not worth a shopper's reading."""

CROWD = 3
"""Past items of the item's own category from which on they are named together, as a favourite category."""


@dataclass(frozen=True)
class Explainer:
    """Turns the parts of a score into reasons, largest share first."""

    ids: TextArray
    category: Labels

    def reasons(
        self,
        parts: Sequence[Part],
        profile: Profile,
        item: int,
        count: int,
        least_share: float = LEAST_SHARE,
    ) -> tuple[Reason, ...]:
        """At most `count` reasons for an item that the parts (of Blend.parts) are about.

        Each but the first has at least that share of the score.
        """
        total = sum(part.total for part in parts)
        found: list[Reason] = []
        for part in sorted(parts, key=lambda part: -part.total):
            # A reason weighs no more than its part: smaller parts cannot displace what is found.
            share = part.total / total
            if found and (share < least_share or sum(reason.weight >= share for reason in found) >= count):
                break
            found.extend(self._of_part(part, part.weight / total, profile, item, count))
        found.sort(key=lambda reason: -reason.weight)
        return tuple(found[:1] + [reason for reason in found[1:] if reason.weight >= least_share])[:count]

    def _of_part(self, part: Part, scale: float, profile: Profile, item: int, count: int) -> list[Reason]:
        kind, given = part.scorer.reason, part.given
        if kind == "profile":
            return _of_traits(given, scale)
        if kind not in NEIGHBOURLY:
            return [self._of_cause(kind, *cause, scale, profile) for cause in _heaviest(given, count)]
        category = self.category.name_of(item)
        own = self.category.codes[given.causes] == self.category.codes[item]
        if not category or np.count_nonzero(own) < CROWD:
            return [self._of_cause(kind, *cause, scale, profile) for cause in _heaviest(given, count)]
        # Many causes of the item's own category speak as one; the others by name.
        share = min(float(given.weights[own].sum()) * scale, 1.0)
        others = Contributions.of(given.causes, given.weights * ~own)
        named = [self._of_cause(kind, *cause, scale, profile) for cause in _heaviest(others, count)]
        return [Reason("favourite_category", None, share, MappingProxyType({"category": category})), *named]

    def _of_cause(
        self, kind: ReasonKind, cause: int, weight: float, scale: float, profile: Profile
    ) -> Reason:
        item_id = None if cause == NO_CAUSE else str(self.ids[cause])
        detail = _rhythm(profile, cause) if kind == "bought_often" else NO_DETAIL
        return Reason(kind, item_id, min(weight * scale, 1.0), detail)


def _of_traits(given: Contributions, scale: float) -> list[Reason]:
    """One reason a trait."""
    return [
        Reason("profile", None, min(weight * scale, 1.0), MappingProxyType({"trait": trait, "value": value}))
        for (trait, value), weight in zip(given.traits, given.weights.tolist(), strict=True)
    ]


def _heaviest(given: Contributions, count: int) -> list[tuple[int, float]]:
    """The largest contributions, largest first."""
    if len(given.causes) == 1:
        return [(int(given.causes[0]), float(given.weights[0]))]
    best = np.argsort(-given.weights, kind="stable")[:count]
    return list(zip(given.causes[best].tolist(), given.weights[best].tolist(), strict=True))


def _rhythm(profile: Profile, item: int) -> Mapping[str, float | int | str]:
    """How often an item was bought, and the mean number of days between two purchases."""
    place = profile.place_of(item)
    if place is None:
        return NO_DETAIL
    times = int(profile.times[place])
    span = float(profile.last_day[place] - profile.first_day[place])
    if times < 2 or span <= 0.0:
        return MappingProxyType({"times": times})
    return MappingProxyType({"times": times, "every_days": span / (times - 1)})
