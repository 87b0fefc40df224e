"""What the items looked at just now call for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from recommender.config import SessionConfig
from recommender.neighbours import Neighbours, Voice
from recommender.profile import Profile
from recommender.ranking import ReasonKind, Source
from recommender.scorers.linear import Linear


@dataclass(frozen=True)
class Session(Linear):
    """Score = sum over session items, fading backwards, of likeness by co-occurrence (over time and in one
    basket) and by content.

    The nearest neighbour of the latest item scores one unit: the weight of the shopper's heaviest past item
    (one line at least), so that a session counts with a shopper of ten years as with a stranger.
    """

    source: ClassVar[Source] = "session"
    reason: ClassVar[ReasonKind] = "session"
    personal: ClassVar[bool] = True

    taken_with: Neighbours
    basket: Neighbours
    alike: Neighbours
    config: SessionConfig

    def voices(self, profile: Profile) -> Sequence[Voice]:
        """The items of the session, in all relations that have a share; nobody without a session."""
        if len(profile.session) == 0:
            return []
        unit = max(1.0, float(profile.weights.max(initial=0.0)))
        weights = unit * np.power(self.config.fade, profile.session_ages.astype(np.float64))
        content, basket = self.config.content_share, self.config.basket_share
        shares = ((1.0 - content) * (1.0 - basket), (1.0 - content) * basket, content)
        relations = (self.taken_with, self.basket, self.alike)
        return [
            Voice(neighbours, profile.session, part * weights / neighbours.peaks(profile.session))
            for neighbours, part in zip(relations, shares, strict=True)
            if part > 0.0
        ]
