"""Scorers: one opinion a file, all behind the contract of recommender.scorers.base."""

from recommender.scorers.base import Contributions, Scorer
from recommender.scorers.factors import Factors
from recommender.scorers.frequency import Frequency
from recommender.scorers.groups import GroupTakings, Segment, Traits
from recommender.scorers.neighbourhood import Content, ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.scorers.session import Session
from recommender.scorers.transitions import Transitions
from recommender.scorers.user_knn import UserKnn

__all__ = [
    "Content",
    "Contributions",
    "Factors",
    "Frequency",
    "GroupTakings",
    "ItemKnn",
    "Popularity",
    "Scorer",
    "Segment",
    "Session",
    "Traits",
    "Transitions",
    "UserKnn",
]
