"""What the items looked at just now call for."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray
from recommender.config import SessionConfig
from recommender.neighbours import Neighbours
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.base import Contributions, Scores


@dataclass(frozen=True)
class Session:
    """Score = sum over session items, fading backwards, of likeness by co-occurrence and by content.

    So that a session weighs as much with a shopper of ten years as with a stranger, its unit is the heaviest
    line of the profile (at least one line).
    """

    source: ClassVar[Source] = "session"
    reason: ClassVar[ReasonKind] = "session"
    personal: ClassVar[bool] = True

    taken_with: Neighbours
    alike: Neighbours
    config: SessionConfig

    def score(self, profile: Profile) -> Scores:
        """Items that session items speak for; nothing without a session."""
        if len(profile.session) == 0:
            return Scores.none()
        weights = self._weights(profile)
        share = self.config.content_share
        board = np.zeros(self.alike.n_items)
        for neighbours, part in ((self.taken_with, 1.0 - share), (self.alike, share)):
            items, values = neighbours.spread(profile.session, weights * part)
            board[items] += values
        found = np.flatnonzero(board)
        return Scores(found.astype(np.int32), board[found])

    def contributions(self, profile: Profile, item: int) -> Contributions:
        """The session items that speak for this one."""
        if len(profile.session) == 0:
            return Contributions.none()
        weights, share = self._weights(profile), self.config.content_share
        given = np.zeros(self.alike.n_items)
        for neighbours, part in ((self.taken_with, 1.0 - share), (self.alike, share)):
            causes, values = neighbours.gather(profile.session, weights * part, item)
            given[causes] += values
        return Contributions.of(profile.session, given[profile.session])

    def _weights(self, profile: Profile) -> FloatArray:
        unit = max(1.0, float(profile.weights.max(initial=0.0)))
        weights: FloatArray = unit * np.power(self.config.fade, profile.session_ages.astype(np.float64))
        return weights
