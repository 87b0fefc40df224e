"""Settings of the one-off-purchase model; all that depends on the data is fitted, starting from here."""

from typing import Literal

from pydantic import Field

from recommender.settings import KnnConfig, Settings


class RidgeConfig(Settings):
    """Local ridge regression (recommender.oneoff.ridge)."""

    neighbours: int = Field(200, ge=1)
    """Items that may speak for a target: the nearest ones by cosine."""
    row_exponent: float = Field(0.5, ge=0.0, le=2.0)
    """Discount of shoppers with many items."""
    strength: float = Field(10.0, gt=0.0)
    """Penalty that is the same for all items."""
    share: float = Field(1.0, ge=0.0)
    """Penalty in proportion to an item's own weight, as dropping items at random would give it."""
    target_exponent: float = Field(0.0, ge=-1.0, le=1.0)
    """Discount of frequent items among the recommendations, after the solving."""


class SpectralConfig(Settings):
    """The low-rank term (recommender.oneoff.spectral)."""

    rank: int = Field(512, ge=1)
    """Singular vectors kept."""
    item_exponent: float = Field(0.5, ge=0.0, le=1.0)
    """Discount of frequent items in the history; as much is given back to them as recommendations."""
    spectrum_exponent: float = Field(0.25, ge=0.0, le=2.0)
    """Power of its singular value by which a direction weighs; 0 is the ideal low-pass filter."""


class TermWeights(Settings):
    """Weights of the terms once each is divided by its own spread over a shopper's items."""

    knn: float = Field(1.0, ge=0.0)
    ridge: float = Field(1.0, ge=0.0)
    spectral: float = Field(1.0, ge=0.0)


class SearchConfig(Settings):
    """The hold-out, and how long to search on it."""

    seconds: float = Field(80.0, ge=0.0)
    """Time that all of fitting may take, about; the search gets what the rest leaves, a tenth at least."""
    shoppers: int = Field(6000, ge=0)
    """Shoppers of whose items a part is held out, at most; 0 switches the search off."""
    user_share: float = Field(0.5, gt=0.0, le=1.0)
    """Share of all shoppers that may be used so, at most: the rest keep the data as dense as it is."""
    item_share: float = Field(0.2, gt=0.0, lt=1.0)
    """Share of such a shopper's items held out."""
    cuts: tuple[Literal["scattered", "together"], ...] = ("scattered", "together")
    """How they are chosen (recommender.oneoff.holdout); every cut counts the same."""
    n: int = Field(20, ge=1)
    """Length of the rankings that are judged (recall and NDCG at n)."""
    pool: int = Field(80, ge=1)
    """Best items of each term, per shopper, among which settings are compared."""


class OneOffConfig(Settings):
    """All of it."""

    knn: KnnConfig = KnnConfig(neighbours=200, min_support=1)
    ridge: RidgeConfig = RidgeConfig()
    spectral: SpectralConfig = SpectralConfig()
    weights: TermWeights = TermWeights()
    search: SearchConfig = SearchConfig()
