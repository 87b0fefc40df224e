"""How good a ranking is, given what was really taken. All in [0, 1]; order of `taken` does not matter."""

import numpy as np

from recommender.arrays import AnyArray, FloatArray


def hits(ranked: AnyArray, taken: AnyArray) -> FloatArray:
    """1 for each ranked item that was taken, else 0."""
    return np.isin(ranked, taken).astype(np.float64)


def ndcg(ranked: AnyArray, taken: AnyArray, n: int) -> float:
    """Normalised discounted cumulative gain with binary gains; the ideal ranks min(n, taken) items.

    Jarvelin and Kekalainen, "Cumulated gain-based evaluation of IR techniques" (TOIS 2002).
    """
    if len(taken) == 0:
        return 0.0
    discounts = 1.0 / np.log2(np.arange(2, n + 2))
    gained = hits(ranked[:n], taken)
    return float((gained * discounts[: len(gained)]).sum() / discounts[: min(n, len(taken))].sum())


def recall(ranked: AnyArray, taken: AnyArray, n: int) -> float:
    """Share of the taken items among the first n."""
    return float(hits(ranked[:n], taken).sum() / len(taken)) if len(taken) else 0.0


def hit_rate(ranked: AnyArray, taken: AnyArray, n: int) -> float:
    """1 if any of the first n was taken (averaged over shoppers: the personal hit ratio)."""
    return float(hits(ranked[:n], taken).any())
