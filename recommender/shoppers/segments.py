"""Groups of shoppers who are alike: K-means, as many groups as the silhouette asks for."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from recommender.arrays import FloatArray, IntArray
from recommender.shoppers.config import SegmentConfig
from recommender.shoppers.features import Features, scaled

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Segments:
    """label: one a row of the features, 1 to k by falling value. sizes: shoppers of label 1, 2, ...
    silhouettes: of every k that was tried (mean, from -1 to 1; higher is better separated)."""

    label: IntArray
    sizes: IntArray
    silhouettes: dict[int, float]

    @property
    def k(self) -> int:
        """How many segments there are."""
        return len(self.sizes)


def find_segments(
    features: Features,
    rng: np.random.Generator,
    config: SegmentConfig | None = None,
    progress: Progress | None = None,
) -> Segments:
    """Group shoppers by their features, finely, but no finer than the silhouette bears.

    K-means as in Lloyd, "Least squares quantization in PCM" (1982), started by k-means++; silhouettes as in
    Rousseeuw, "Silhouettes: a graphical aid" (1987), on a sample; the largest k within `tolerance` of the
    best is taken. Label 1 has the highest mean of the feature `monetary`. Shoppers who are all alike make one
    segment. The same features and generator state give the same labels.
    """
    limits = config or SegmentConfig()
    points = scaled(features.values)
    seed = int(rng.integers(2**31))
    fitted_on = _sample(len(points), limits.sample, rng)
    judged_on = _sample(len(points), limits.silhouette_sample, rng)
    distinct = len(np.unique(points[fitted_on], axis=0)) if points.shape[1] else 1
    tried: dict[int, tuple[float, IntArray]] = {}
    largest = min(limits.most, distinct, len(judged_on) - 1, len(points) // limits.members)
    ks = range(limits.fewest if largest >= limits.fewest else 2, largest + 1)
    for step, k in enumerate(ks):
        model = KMeans(k, n_init=limits.restarts, random_state=seed).fit(points[fitted_on])
        label = np.asarray(model.predict(points), dtype=np.int64)
        tried[k] = (_silhouette(points[judged_on], label[judged_on]), label)
        if progress:
            progress((step + 1) / len(ks))
    value = features.column("monetary")
    if not tried:
        return Segments(np.ones(len(points), dtype=np.int64), np.array([len(points)]), {})
    usable = _large_enough(tried, limits.least_share)
    enough = max(tried[k][0] for k in usable) * (1.0 - limits.tolerance)
    chosen = max((k for k in usable if tried[k][0] >= enough), default=usable[0])
    label = _by_value(tried[chosen][1], value)
    return Segments(label, np.bincount(label)[1:], {k: quality for k, (quality, _) in tried.items()})


def _sample(n: int, most: int, rng: np.random.Generator) -> IntArray:
    return np.arange(n) if n <= most else np.sort(rng.choice(n, most, replace=False))


def _silhouette(points: FloatArray, label: IntArray) -> float:
    """The mean silhouette; -1 where the sample holds one group, or only groups of one."""
    groups = len(np.unique(label))
    return float(silhouette_score(points, label)) if 1 < groups < len(label) else -1.0


def _large_enough(tried: dict[int, tuple[float, IntArray]], share: float) -> list[int]:
    """Every k whose smallest segment is no splinter; all of them where each has one."""
    fit = [k for k, (_, label) in tried.items() if np.bincount(label).min() >= share * len(label)]
    return fit or list(tried)


def _by_value(label: IntArray, value: FloatArray) -> IntArray:
    """Labels renamed 1, 2, ... by the falling mean value of their members; empty ones vanish."""
    size = np.bincount(label)
    used = np.flatnonzero(size)
    mean = np.bincount(label, value)[used] / size[used]
    rank = np.zeros(len(size), dtype=np.int64)
    rank[used[np.argsort(-mean, kind="stable")]] = np.arange(1, len(used) + 1)
    return rank[label]
