"""Settings of every role, one small class each; unknown keys and values out of bounds are refused.

None is tuned to one shop: what depends on the data is fitted on a hold-out (recommender.tuning), and these
are where the fitting starts.
"""

from typing import Literal

from pydantic import Field

from recommender.oneoff.config import OneOffConfig
from recommender.settings import KnnConfig, Settings


class DecayConfig(Settings):
    """How much a past line still says: 0.5^(age / days) * 0.5^(baskets since / baskets) / size^exponent."""

    half_life_days: float = Field(240.0, gt=0.0)
    """Days after which a line weighs half; infinity switches it off."""
    half_life_baskets: float = Field(20.0, gt=0.0)
    """Baskets after which a line weighs half; infinity switches it off."""
    basket_size_exponent: float = Field(0.2, ge=0.0, le=1.0)
    """0: a line of a large basket says as much as a lone one; 1: every basket weighs the same in all."""


class FrequencyConfig(Settings):
    """Personal frequency: what this shopper keeps buying."""

    repeat_exponent: float = Field(0.25, ge=0.0, le=2.0)
    """Power of an item's tendency to be bought again (milk has it, greeting cards do not)."""
    repeat_prior: float = Field(5.0, gt=0.0)
    """Buyers' worth of the shop's average that every item's tendency starts from."""


class UserKnnConfig(Settings):
    """Shoppers most alike."""

    neighbours: int = Field(100, ge=1)
    """Shoppers asked."""
    likeness: Literal["cosine", "pearson"] = "cosine"
    """How likeness is measured."""


class FactorsConfig(Settings):
    """Matrix factorisation for implicit feedback."""

    factors: int = Field(64, ge=1)
    """Length of an item's vector."""
    alpha: float = Field(4.0, ge=0.0)
    """Confidence that a taking adds."""
    regularisation: float = Field(5.0, gt=0.0)
    """Pull of all vectors towards 0."""
    rounds: int = Field(6, ge=1)
    """Times that either side is solved for."""


class TransitionConfig(Settings):
    """What follows what, from one basket to the next."""

    neighbours: int = Field(50, ge=1)
    """Followers kept per item."""
    fade: float = Field(0.3, gt=0.0, le=1.0)
    """Weight of a basket's items against those of the basket after it."""
    shrinkage: float = Field(10.0, ge=0.0)
    """Baskets' worth of doubt: of items seen less often, little follows for certain."""
    basket_size_exponent: float = Field(0.5, ge=0.0, le=2.0)
    """Discount of large baskets, whose items tell less of what follows."""
    target_exponent: float = Field(0.3, ge=0.0, le=2.0)
    """Discount of frequent followers, which follow on everything."""
    min_support: int = Field(5, ge=1)
    """Items in fewer baskets neither follow nor are followed."""


class SegmentConfig(Settings):
    """What shoppers of one segment take more than others."""

    shrinkage: float = Field(1000.0, ge=0.0)
    """Takings' worth of the shop's average that every segment starts from."""


class TraitsConfig(Settings):
    """What shoppers with a trait take more than others."""

    shrinkage: float = Field(30.0, gt=0.0)
    """Takings' worth of the shop's average mix of shoppers that every item starts from."""


class ColdConfig(Settings):
    """From known items to items too new for co-occurrence; where the fitting starts, and its limits."""

    neighbours: int = Field(12, ge=1)
    """Known items that speak for a cold one."""
    sharpness: float = Field(2.0, gt=0.0)
    """Power of a likeness: how much more the likest counts than the next."""
    popularity: float = Field(0.5, ge=0.0)
    """Power of the takers that items of such a description have."""
    discount: float = Field(0.5, ge=0.0)
    """Power by which a cold item pays for having neighbours that everybody takes."""
    words: float = Field(1.0, ge=0.0)
    """Weight of shared words, by their rarity."""
    kind: float = Field(0.0, ge=0.0)
    """Weight of the same text, numbers left out."""
    measure: float = Field(0.1, ge=0.0)
    """Weight of the same numbers in the text."""
    category: float = Field(0.25, ge=0.0)
    """Weight of the same category."""
    department: float = Field(0.1, ge=0.0)
    """Weight of the same department."""
    brand: float = Field(0.5, ge=0.0)
    """Weight of the same brand."""
    price: float = Field(0.6, ge=0.0)
    """Weight of a price alike."""
    meaning: float = Field(0.0, ge=0.0)
    """Weight of texts alike in meaning, where there is an encoder."""
    most_texts: int = Field(3000, ge=0)
    """Texts encoded at most: those of most items first."""
    seconds: float = Field(10.0, ge=0.0)
    """Processor time after which no further setting is tried; 0: these settings as they are."""


class ContentConfig(Settings):
    """Likeness of what the catalogue says about items."""

    neighbours: int = Field(30, ge=1)
    """Neighbours kept per item."""
    category_weight: float = Field(2.0, ge=0.0)
    """Weight of sharing a category, in words."""
    department_weight: float = Field(0.5, ge=0.0)
    """Weight of sharing a department, in words."""
    brand_weight: float = Field(1.0, ge=0.0)
    """Weight of sharing a brand, in words."""
    price_weight: float = Field(1.0, ge=0.0)
    """Weight of a price of about the same size, in words."""
    meaning_weight: float = Field(1.0, ge=0.0)
    """Weight of much the same meaning, in words, where texts are compared by meaning."""
    least_lonely: int = Field(20, ge=0)
    """Items sharing no word nor category with any known one, from which on texts are compared by meaning."""
    common_share: float = Field(0.1, gt=0.0, le=1.0)
    """Features that more than this share of the items have are too common to tell items apart."""
    cold: ColdConfig = ColdConfig()
    """How cold items find their shoppers."""


class PopularityConfig(Settings):
    """What everybody buys."""

    half_life_days: float = Field(30.0, gt=0.0)
    """Half-life of the recent part."""
    recent_share: float = Field(0.5, ge=0.0, le=1.0)
    """Share of the recent part, against the whole log."""


class SessionConfig(Settings):
    """What the items looked at just now call for."""

    fade: float = Field(0.8, gt=0.0, le=1.0)
    """Weight of each item against the one that came after it."""
    content_share: float = Field(0.3, ge=0.0, le=1.0)
    """Share of content neighbours, against neighbours by co-occurrence."""
    basket_share: float = Field(0.5, ge=0.0, le=1.0)
    """Of the neighbours by co-occurrence, the share of those in one basket, against those over time."""


class BlendWeights(Settings):
    """Weights of the scorers, in units of the shopper's own lines (see recommender.blend)."""

    frequency: float = Field(1.0, ge=0.0)
    item_knn: float = Field(0.05, ge=0.0)
    content: float = Field(0.05, ge=0.0)
    session: float = Field(0.5, ge=0.0)
    popularity: float = Field(0.3, ge=0.0)
    transitions: float = Field(0.0, ge=0.0)
    segment: float = Field(0.0, ge=0.0)
    traits: float = Field(0.0, ge=0.0)


class RankConfig(Settings):
    """Limits that keep ten kinds of milk off one slate; lifted only where nothing else is left to show."""

    category_share: float = Field(0.4, gt=0.0, le=1.0)
    """Largest share of a slate from one category (never less than one item)."""
    department_share: float = Field(0.8, gt=0.0, le=1.0)
    """Largest share of a slate from one department."""
    promotion_slots: tuple[int, ...] = (3,)
    """Places of a slate, from 1, that promoted items may take."""
    most_showings: int = Field(6, ge=1)
    """An item shown to a shopper this often and left alone rests, unless nothing else is left to show."""


class TuningConfig(Settings):
    """The hold-out on which decay, blend and neighbours are chosen inside fit."""

    shoppers: int = Field(1000, ge=0)
    """Shoppers whose last basket is held out, at most; 0 switches tuning off."""
    seconds: float = Field(25.0, ge=0.0)
    """Processor time after which no further setting is tried."""
    n: int = Field(10, ge=1)
    """Length of the slates that are judged (NDCG at n)."""


class RecommenderConfig(Settings):
    """All of it."""

    decay: DecayConfig = DecayConfig()
    frequency: FrequencyConfig = FrequencyConfig()
    item_knn: KnnConfig = KnnConfig()
    basket_knn: KnnConfig = KnnConfig(row_exponent=0.5, source_exponent=0.5, target_exponent=0.4)
    content: ContentConfig = ContentConfig()
    popularity: PopularityConfig = PopularityConfig()
    transitions: TransitionConfig = TransitionConfig()
    segment: SegmentConfig = SegmentConfig()
    traits: TraitsConfig = TraitsConfig()
    session: SessionConfig = SessionConfig()
    blend: BlendWeights = BlendWeights()
    """For slates on which past items may stand."""
    blend_new: BlendWeights = BlendWeights(frequency=0.0, item_knn=1.0, content=0.5, popularity=0.1)
    """For slates of items that the shopper has never had."""
    oneoff: OneOffConfig = OneOffConfig()
    """Neighbours where things are bought once; elsewhere item_knn gives them."""
    rank: RankConfig = RankConfig()
    tuning: TuningConfig = TuningConfig()
    repeat_purchase: bool | None = None
    """Whether items are bought again in this shop; None: seen from the data."""
