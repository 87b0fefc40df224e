"""Recency, frequency, monetary value, and the scores from 1 to 5 that marketers read."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.shoppers.config import ValueConfig
from recommender.shoppers.purchases import Orders

SCORES = 5


@dataclass(frozen=True)
class Rfm:
    """One value a shopper in every column; who never ordered has frequency 0 and scores of 0.

    recency: days since the last order (for who never ordered: since the shop's first). frequency: orders.
    monetary: what they were worth. The scores run from 1 to 5, 5 being the most recent, frequent, valuable.
    """

    recency: FloatArray
    frequency: FloatArray
    monetary: FloatArray
    recency_score: IntArray
    frequency_score: IntArray
    monetary_score: IntArray

    @property
    def bought(self) -> BoolArray:
        """Who has ordered at all."""
        return self.frequency > 0


def measure_rfm(orders: Orders, n_shoppers: int, now: float) -> Rfm:
    """RFM of every shopper as in Hughes, "Strategic Database Marketing" (1994)."""
    frequency = orders.counts(n_shoppers)
    monetary = orders.sums(orders.worth, n_shoppers)
    first = float(orders.day.min()) if len(orders.day) else now
    last = np.full(n_shoppers, first)
    np.maximum.at(last, orders.shopper, orders.day)
    recency = np.maximum(now - last, 0.0)
    bought = frequency > 0
    return Rfm(
        recency,
        frequency,
        monetary,
        _scores(-recency, bought),
        _scores(frequency, bought),
        _scores(monetary, bought),
    )


def percentiles(values: FloatArray) -> FloatArray:
    """The place of each value in (0, 1); equals share the middle of their places, 0.5 where all are equal."""
    if len(values) == 0:
        return np.zeros(0)
    return np.asarray((rankdata(values) - 0.5) / len(values))


def quintiles(values: FloatArray) -> IntArray:
    """Scores from 1 (lowest fifth) to 5; equal values get one score, a constant column 3s."""
    return (1 + np.floor(percentiles(values) * SCORES)).astype(np.int64)


def _scores(values: FloatArray, bought: BoolArray) -> IntArray:
    scores = np.zeros(len(values), dtype=np.int64)
    scores[bought] = quintiles(values[bought])
    return scores


def high_value(rfm: Rfm, config: ValueConfig | None = None) -> BoolArray:
    """Who both spends much and comes often."""
    limits = config or ValueConfig()
    spends = rfm.monetary_score >= limits.monetary_score
    return np.asarray(spends & (rfm.frequency_score >= limits.frequency_score))
