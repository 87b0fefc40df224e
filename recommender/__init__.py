"""What to show whom: arrays in, ranked items out. No SQL, no HTTP, no dialogue, no sentences."""

from recommender.catalogue import Catalogue
from recommender.config import RecommenderConfig
from recommender.errors import ArtefactError, InputError, PublishRefused, RecommenderError
from recommender.history import History
from recommender.interactions import Interactions
from recommender.model import Recommender
from recommender.query import Query
from recommender.ranking import RankedItem, Ranking, Reason

__all__ = [
    "ArtefactError",
    "Catalogue",
    "History",
    "InputError",
    "Interactions",
    "PublishRefused",
    "Query",
    "RankedItem",
    "Ranking",
    "Reason",
    "Recommender",
    "RecommenderConfig",
    "RecommenderError",
]
