"""The model for one-off purchases: a matrix of who took what in, items not yet taken out, nothing to set."""

from recommender.oneoff.config import OneOffConfig
from recommender.oneoff.model import OneOffModel

__all__ = ["OneOffConfig", "OneOffModel"]
