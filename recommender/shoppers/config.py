"""Settings of profiles, segments and propensities, one small class each."""

from pydantic import Field

from recommender.settings import Settings


class PaceConfig(Settings):
    """When a shopper counts as lapsing (recommender.shoppers.pace)."""

    prior_gaps: float = Field(2.0, gt=0.0)
    """Gaps of the shop's average length that every shopper's own gaps are mixed with."""
    fewest_gaps: int = Field(3, ge=1)
    """With fewer gaps between visits than this, nobody has a rhythm that could be broken."""
    lapsing_share: float = Field(0.05, gt=0.0, lt=1.0)
    """Lapsing: a silence that at most this share of gaps outlasts, each relative to its own shopper's."""


class PriceConfig(Settings):
    """How price sensitivity is told from few lines (recommender.shoppers.price)."""

    prior_lines: float = Field(20.0, gt=0.0)
    """Lines of the shop's average that every shopper's own lines are mixed with."""


class RhythmConfig(Settings):
    """How often a thing is bought (recommender.shoppers.rhythm)."""

    fewest_times: int = Field(3, ge=2)
    """Days on which a thing must have been bought before it has a rhythm; two have an interval, no rhythm."""
    prior_gaps: float = Field(1.0, ge=0.0)
    """Gaps of everybody's average for this thing that the shopper's own are mixed with."""


class ValueConfig(Settings):
    """Who is a high-value shopper (recommender.shoppers.rfm)."""

    monetary_score: int = Field(5, ge=1, le=5)
    """Least monetary score."""
    frequency_score: int = Field(4, ge=1, le=5)
    """Least frequency score: one large order makes no high-value shopper."""


class SegmentConfig(Settings):
    """K-means on scaled features (recommender.shoppers.segments)."""

    fewest: int = Field(4, ge=2)
    """Smallest k tried: three groups or fewer tell a marketer little more than above and below the middle."""
    most: int = Field(10, ge=2)
    """Largest k tried."""
    members: int = Field(10, ge=1)
    """Shoppers per segment, on average, at least: small shops have fewer segments, the smallest have one."""
    restarts: int = Field(5, ge=1)
    """Random starts for each k, of which K-means keeps the tightest."""
    sample: int = Field(20_000, ge=10)
    """Shoppers that K-means is fitted on, at most; the rest are assigned."""
    silhouette_sample: int = Field(2000, ge=10)
    """Shoppers on whom silhouettes are measured, at most."""
    least_share: float = Field(0.03, ge=0.0, lt=1.0)
    """A k with a segment below this share of shoppers is passed over, where another k has none."""
    tolerance: float = Field(0.1, ge=0.0, lt=1.0)
    """The largest k is taken whose silhouette is at most this share below the best."""
    tastes: int = Field(2, ge=0)
    """Directions in which tastes differ most that go in as features."""
    telling: float = Field(0.1, gt=0.0, lt=0.5)
    """A segment is "high" in a feature if its members' mean place among all is so far above the middle."""
    favourite_lift: float = Field(1.15, gt=1.0)
    """A favourite category has at least so many times the share of members' lines that it has of all."""


class PropensityConfig(Settings):
    """Purchase propensity (recommender.shoppers.propensity)."""

    horizon_days: float = Field(14.0, gt=0.0)
    """N of "buys in the next N days"."""
    cuts: int = Field(4, ge=1)
    """Cut-offs, one horizon apart, whose shoppers a model learns from."""
    shoppers: int = Field(20_000, ge=1)
    """Shoppers that a model learns from and is measured on, at most."""
    pairs: int = Field(30_000, ge=1)
    """Pairs of shopper and category per part (learning, calibration, test), at most."""
    trees: int = Field(100, ge=1)
    """Trees of the random forest."""
    leaf: int = Field(20, ge=1)
    """Fewest rows in a leaf of a tree."""
    fewest: int = Field(30, ge=2)
    """Fewest buyers, and non-buyers, to learn or calibrate from; below, the base rate is the answer."""
    isotonic: int = Field(1000, ge=2)
    """Fewest buyers, and non-buyers, for isotonic calibration; below, the sigmoid's two parameters."""


class ShoppersConfig(Settings):
    """All of it."""

    pace: PaceConfig = PaceConfig()
    price: PriceConfig = PriceConfig()
    rhythm: RhythmConfig = RhythmConfig()
    value: ValueConfig = ValueConfig()
    segments: SegmentConfig = SegmentConfig()
    propensity: PropensityConfig = PropensityConfig()
