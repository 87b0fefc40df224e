"""Rating prediction: what a shopper would give an item, by several algorithms and their blend."""

from recommender.ratings.baseline import Baseline
from recommender.ratings.bayesian import BayesianFactors, OrdinalFactors
from recommender.ratings.blend import RatingBlend
from recommender.ratings.contract import RatingPredictor
from recommender.ratings.factors import Factors
from recommender.ratings.knn import ItemKnn, UserKnn
from recommender.ratings.log import Ratings

__all__ = [
    "Baseline",
    "BayesianFactors",
    "Factors",
    "ItemKnn",
    "OrdinalFactors",
    "RatingBlend",
    "RatingPredictor",
    "Ratings",
    "UserKnn",
]
