"""What can be said of one shopper: structured facts, computed fresh from the shopper's own orders."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import numpy as np

from recommender.shoppers import (
    Norms,
    ShoppersConfig,
    fit_norms,
    last_moment,
    life_stage,
    norms_from,
    orders_of,
)
from recommender.shoppers.pace import measure_pace
from recommender.shoppers.preferences import Preference, PreferenceNorm, Spending, preferences_of, spending_of
from recommender.shoppers.price import measure_prices
from recommender.shoppers.rhythm import rhythms_of
from shop.purchases import ShopPurchases
from shop.storage.profiles import ProfileRow, SegmentationRow, SegmentRow

Origin = Literal["orders", "told", "survey", "computed", "visit"]

FEWEST_ORDERS = 3
FEWEST_LINES = 3
FAVOURITES = 3
THINGS = 5
# A level so far from the median is told as dear or cheap.
TELLING_LEVEL = 0.08


@dataclass(frozen=True)
class Fact:
    """One thing known of a shopper; `topic` names its sentence, `detail` what the sentence mentions."""

    topic: str
    origin: Origin
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What facts from orders are drawn from. run, row and segment are None where no run knew the shopper;
    `now` is in days since the epoch."""

    read: ShopPurchases
    run: SegmentationRow | None
    row: ProfileRow | None
    segment: SegmentRow | None
    now: float


def told_facts(demographics: Mapping[str, Any]) -> Iterator[Fact]:
    """What a survey said, one fact an answer, and the stage of life that it speaks of."""
    stage = life_stage(demographics)
    if stage is not None:
        yield Fact("life_stage", "survey", {"stage": stage})
    for name, value in sorted(demographics.items()):
        if value not in (None, ""):
            yield Fact("known", "survey", {"name": name, "value": str(value)})


def order_facts(known: Known, config: ShoppersConfig | None = None) -> Iterator[Fact]:
    """What the shopper's own orders say; held against the shop's norms where there are any."""
    purchases = known.read.purchases
    if len(purchases) == 0:
        return
    settings = config or ShoppersConfig()
    compared = known.run is not None
    norms = norms_from(known.run.norms) if known.run is not None else fit_norms(purchases, settings)
    yield from _pace_facts(known, norms, settings)
    for topic, labels, norm in (
        ("category", purchases.category, norms.categories),
        ("brand", purchases.brand, norms.brands),
    ):
        spending = spending_of(purchases, labels)
        for favourite in _favourites(spending, norm, known.read.unspoken, compared=compared):
            detail = {"lift": round(favourite.lift, 2), "lines": favourite.lines, "compared": compared}
            yield Fact(topic, "orders", {topic: favourite.group} | detail)
    yield from _price_facts(known, norms, settings, compared=compared)
    yield from _thing_facts(known, settings)


def computed_facts(known: Known) -> Iterator[Fact]:
    """What the last run over all shoppers found of this one."""
    if known.segment is not None:
        detail = {"label": known.segment.label, "others": known.segment.size - 1}
        yield Fact("segment", "computed", detail | {"traits": known.segment.traits})
    if known.run is not None and known.row is not None:
        days = round(known.run.report["buys"]["horizon_days"])
        yield Fact("buys", "computed", {"days": days, "share": known.row.buys})


def _pace_facts(known: Known, norms: Norms, config: ShoppersConfig) -> Iterator[Fact]:
    purchases = known.read.purchases
    orders = orders_of(purchases)
    pace = measure_pace(orders, 1, known.now, norms.pace, config.pace)
    if pace.gaps[0] >= FEWEST_ORDERS - 1 and pace.every_days[0] > 0:
        yield Fact("pace", "orders", {"every_days": round(float(pace.every_days[0]), 1)})
    if pace.lapsing(config.pace)[0]:
        yield Fact("lapsing", "orders", {"silence_days": int(pace.silence[0])})
    if purchases.has_prices:
        yield Fact("basket", "orders", {"worth_minor": round(float(np.median(orders.worth)))})


def _favourites(
    spending: Spending, norm: PreferenceNorm, unspoken: Collection[str], *, compared: bool
) -> list[Preference]:
    found = [
        each
        for each in preferences_of(spending, 0, norm)
        if each.lines >= FEWEST_LINES and each.group not in unspoken and (each.excess > 0 or not compared)
    ]
    if not compared:
        found.sort(key=lambda each: (-each.lines, each.group))
    return found[:FAVOURITES]


def _price_facts(known: Known, norms: Norms, config: ShoppersConfig, *, compared: bool) -> Iterator[Fact]:
    purchases = known.read.purchases
    if not (purchases.price > 0).any():
        return
    sense = measure_prices(purchases, norms.prices, config.price)
    shares = {"share": round(float(sense.discounted[0]), 3), "usual": round(norms.prices.discounted, 3)}
    yield Fact("discount", "orders", shares | {"compared": compared})
    level = float(np.log(sense.level[0]))
    if compared:
        word = "premium" if level > TELLING_LEVEL else "budget" if level < -TELLING_LEVEL else "average"
        yield Fact("price", "orders", {"level": word, "against_median": round(float(sense.level[0]), 3)})


def _thing_facts(known: Known, config: ShoppersConfig) -> Iterator[Fact]:
    """The things with a rhythm that were bought on most days, and when each is due."""
    purchases = known.read.purchases
    names = purchases.category.names[purchases.category.codes[purchases.item]]
    spoken = ~np.isin(names, list(known.read.unspoken))
    rhythms = rhythms_of(
        purchases.shopper[spoken], purchases.item[spoken], purchases.day[spoken], config.rhythm
    )
    for row in np.lexsort((rhythms.thing, -rhythms.times))[:THINGS].tolist():
        due, every = float(rhythms.due_day[row]), float(rhythms.every_days[row])
        given_up = known.now - due > 2 * every
        yield Fact(
            "item",
            "orders",
            {
                "item_id": known.read.item_ids[int(rhythms.thing[row])],
                "times": int(rhythms.times[row]),
                "every_days": round(every, 1),
                "due": None if given_up else _date_of(due).isoformat(),
            },
        )


def _date_of(day: float) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date()


def moment_of(read: ShopPurchases, now: float, shops_last: float | None) -> float:
    """The day up to which the shop's orders are known."""
    latest = shops_last if shops_last is not None else last_moment(read.purchases, now)
    return min(now, latest)
