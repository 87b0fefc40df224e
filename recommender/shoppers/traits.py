"""What sets a segment apart, as words that programs can read; shop.segments turns them into sentences."""

from collections.abc import Collection

import numpy as np
import scipy.sparse as sp

from recommender.arrays import BoolArray
from recommender.shoppers.config import SegmentConfig
from recommender.shoppers.features import Features
from recommender.shoppers.preferences import Spending
from recommender.shoppers.rfm import percentiles
from recommender.shoppers.segments import Segments

# Feature, trait, and what the trait is called where members stand low, in the middle, and high.
LEVELS = (
    ("monetary", "value", ("low", "middle", "high")),
    ("recency", "recency", ("recent", "middle", "away")),
    ("frequency", "frequency", ("rarely", "sometimes", "often")),
    ("basket", "basket", ("small", "medium", "big")),
    ("discount", "discount", ("rarely", "average", "often")),
    ("price", "price", ("budget", "average", "premium")),
)
FAVOURITE = "favourite_category"

Traits = dict[str, str]


def traits_of_segments(
    features: Features,
    segments: Segments,
    spending: Spending,
    config: SegmentConfig | None = None,
    unspoken: Collection[str] = (),
) -> list[Traits]:
    """One set of traits a segment, by label: where its members stand, on average, among all shoppers; and the
    category that they favour most, if they clearly favour one that is not `unspoken`."""
    limits = config or SegmentConfig()
    places = {name: percentiles(features.column(name)) for name, _, _ in LEVELS}
    found = []
    for label in range(1, segments.k + 1):
        members = segments.label == label
        traits = {
            trait: _level(float(places[name][members].mean()), limits.telling, words)
            for name, trait, words in LEVELS
        }
        favourite = _favourite(features, spending, members, limits.favourite_lift, unspoken)
        found.append(traits | ({FAVOURITE: favourite} if favourite else {}))
    return found


def _level(place: float, telling: float, words: tuple[str, str, str]) -> str:
    low, middle, high = words
    if place <= 0.5 - telling:
        return low
    return high if place >= 0.5 + telling else middle


def _favourite(
    features: Features, spending: Spending, members: BoolArray, lift: float, unspoken: Collection[str]
) -> str | None:
    """The category with the largest part in how the members' shares of lines differ from everybody's.

    By lines and not by amounts, or one dear purchase would speak for a whole segment; and every shopper
    counts for as much as any other, or the best buyers would be everybody.
    """
    shares = _shares(spending.lines)
    everybody = np.asarray(shares[features.shopper].mean(axis=0)).ravel()
    theirs = np.asarray(shares[features.shopper[members]].mean(axis=0)).ravel()
    lifts = theirs / np.where(everybody > 0, everybody, 1.0)
    excess = theirs * np.log(np.maximum(lifts, 1.0))
    spoken = ~np.isin(spending.names, list(unspoken))
    fit = np.flatnonzero((lifts >= lift) & spoken)
    return str(spending.names[fit[excess[fit].argmax()]]) if len(fit) else None


def _shares(lines: sp.csr_array) -> sp.csr_array:
    """Each shopper's lines as shares."""
    total = np.maximum(np.asarray(lines.sum(axis=1), dtype=np.float64), 1.0)
    return sp.csr_array(sp.diags_array(1.0 / total) @ lines)
