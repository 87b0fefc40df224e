"""How often a shopper buys each thing, and when it is next due."""

from dataclasses import dataclass

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.shoppers.config import RhythmConfig
from recommender.shoppers.purchases import distinct, whole_days


@dataclass(frozen=True)
class Rhythms:
    """One row for a shopper and a thing with a rhythm: on how many days it was bought, every how many days,
    on which day last, and on which day it is due again."""

    shopper: IntArray
    thing: IntArray
    times: IntArray
    every_days: FloatArray
    last_day: FloatArray
    due_day: FloatArray

    def __len__(self) -> int:
        return len(self.shopper)


def rhythms_of(
    shopper: IntArray, thing: IntArray, day: FloatArray, config: RhythmConfig | None = None
) -> Rhythms:
    """Every rhythm in a log of (shopper, thing, day); several purchases on one day count once.

    A thing bought on n days from the first to the last, of which everybody's mean gap is m, is bought every
    (last - first + a m) / (n - 1 + a) days, and due that long after the last.
    """
    limits = config or RhythmConfig()
    days, n_things = whole_days(day), int(thing.max(initial=0)) + 1
    pair, bought_on = distinct(shopper * n_things + thing, days)
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    times = np.diff(np.append(first, len(pair)))
    last = first + times - 1
    who, what = np.divmod(pair[first], n_things)
    span = (bought_on[last] - bought_on[first]).astype(np.float64)
    usual = _usual_gaps(what, span, times)
    every = (span + limits.prior_gaps * usual) / np.maximum(times - 1 + limits.prior_gaps, 1.0)
    kept = times >= limits.fewest_times
    last_day = bought_on[last].astype(np.float64)
    return Rhythms(
        who[kept],
        what[kept],
        times[kept],
        every[kept],
        last_day[kept],
        (last_day + every)[kept],
    )


def _usual_gaps(thing: IntArray, span: FloatArray, times: IntArray) -> FloatArray:
    """Everybody's mean gap for the thing of each row."""
    size = int(thing.max()) + 1 if len(thing) else 0
    gaps = np.bincount(thing, times - 1, minlength=size)
    return np.asarray((np.bincount(thing, span, minlength=size) / np.maximum(gaps, 1))[thing])
