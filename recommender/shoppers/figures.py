"""A segment in numbers: what a marketer compares segments by."""

from dataclasses import dataclass

import numpy as np

from recommender.shoppers.study import Study


@dataclass(frozen=True)
class SegmentFigures:
    """size: shoppers; share: of all buyers; worth_share: of all that was ever spent. orders, worth, basket
    (worth of an order), recency_days, every_days (between visits; 0 unknown): of the member in the middle.
    discounted, price_level: means (recommender.shoppers.price). high_value, lapsing: members; buys: the mean
    chance of an order within the horizon. Worth is in the purchases' unit."""

    size: int
    share: float
    worth_share: float
    orders: float
    worth: float
    basket: float
    recency_days: float
    every_days: float
    discounted: float
    price_level: float
    high_value: int
    lapsing: int
    buys: float


def figures_of(found: Study, label: int) -> SegmentFigures:
    """The figures of a segment that has members."""
    members = found.segment == label
    measures = found.measures
    rfm = measures.rfm
    worth, orders = rfm.monetary[members], rfm.frequency[members]
    return SegmentFigures(
        size=int(members.sum()),
        share=float(members.sum() / max(int(rfm.bought.sum()), 1)),
        worth_share=float(worth.sum() / max(float(rfm.monetary.sum()), 1e-9)),
        orders=float(np.median(orders)),
        worth=float(np.median(worth)),
        basket=float(np.median(worth / orders)),
        recency_days=float(np.median(rfm.recency[members])),
        every_days=float(np.median(measures.pace.every_days[members])),
        discounted=float(measures.prices.discounted[members].mean()),
        price_level=float(measures.prices.level[members].mean()),
        high_value=int(measures.high_value[members].sum()),
        lapsing=int(measures.lapsing[members].sum()),
        buys=float(found.chances.visit[members].mean()),
    )
