"""Settings of the rating predictors; what depends on the data is fitted, starting from here."""

from typing import Literal

from pydantic import Field

from recommender.settings import Settings


class BaselineConfig(Settings):
    """Biases of shoppers and items (recommender.ratings.baseline)."""

    shopper_prior: float = Field(10.0, ge=0.0)
    """Ratings' worth of no bias at all that every shopper starts from."""
    item_prior: float = Field(5.0, ge=0.0)
    """The same for items."""
    rounds: int = Field(10, ge=1)
    """How often the two sides are solved in turn."""


class KnnConfig(Settings):
    """Neighbours among shoppers or items (recommender.ratings.knn)."""

    likeness: Literal["cosine", "adjusted_cosine", "pearson", "pearson_baseline"] = "pearson_baseline"
    """What two rows of ratings are compared by."""
    baseline: BaselineConfig = BaselineConfig()
    """What the neighbours correct."""
    neighbours: int = Field(40, ge=1)
    """Most neighbours that speak for one pair: the most alike of those that have a rating to offer."""
    shrinkage: float = Field(50.0, ge=0.0)
    """Likeness is multiplied by n / (n + shrinkage), n being the ratings in common."""
    significance: int = Field(0, ge=0)
    """Likeness is multiplied by min(n, significance) / significance; 0 switches it off."""
    power: float = Field(1.0, gt=0.0)
    """Power of the likeness by which a neighbour weighs."""
    damping: float = Field(0.1, ge=0.0)
    """Weight of a neighbour more who has nothing to add to the baseline."""
    pairs: int = Field(500_000_000, ge=1)
    """Most pairs of ratings looked at to predict for everybody; beyond, only the busiest are neighbours."""


class FactorConfig(Settings):
    """Biased matrix factorisation by stochastic gradient descent (recommender.ratings.factors)."""

    rank: int = Field(32, ge=1)
    """Factors of a shopper and of an item."""
    regularisation: float = Field(0.08, ge=0.0)
    """Pull of biases and factors towards 0."""
    learning_rate: float = Field(0.01, gt=0.0)
    """Step, for ratings divided by their standard deviation."""
    epochs: int = Field(60, ge=1)
    """Passes over the ratings."""


class BayesianConfig(Settings):
    """Factorisation sampled by Gibbs (recommender.ratings.bayesian)."""

    rank: int = Field(16, ge=1)
    """Factors of a shopper and of an item."""
    implicit: bool = True
    """Whether a shopper's place also rests on which items they rated, and an item's on who rated it."""
    sweeps: int = Field(180, ge=2)
    """Draws of every unknown in turn."""
    burn_in: int = Field(30, ge=1)
    """Sweeps at the start that are forgotten."""
    samples: int = Field(75, ge=1)
    """Draws kept for predictions, evenly spread over the rest."""
    memory_mb: int = Field(256, ge=1)
    """What the kept draws may take; fewer are kept where they are large, but 8 at least."""


class RatingBlendConfig(Settings):
    """The blend (recommender.ratings.blend)."""

    seconds: float = Field(60.0, gt=0.0)
    """Time that fitting should take, about; counted in work, so that the answer is the same anywhere."""
    cuts: int = Field(2, ge=1)
    """Disjoint parts held out in turn to learn the weights, at most."""
    share: float = Field(0.1, gt=0.0, lt=0.5)
    """Size of such a part, at most."""
    held_out: int = Field(16_000, ge=1)
    """Ratings that are enough to learn from; no more are held out in all, nor more parts than they take."""
    threads: int = Field(2, ge=1)
    """Fits under way at a time."""
