"""Scorers: one opinion a file, all behind the contract of recommender.scorers.base."""

from recommender.scorers.base import Contributions, Scorer
from recommender.scorers.frequency import Frequency
from recommender.scorers.neighbourhood import Content, ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.scorers.session import Session

__all__ = ["Content", "Contributions", "Frequency", "ItemKnn", "Popularity", "Scorer", "Session"]
