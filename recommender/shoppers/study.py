"""Everything at once: norms, profiles, segments and propensities of all shoppers."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from recommender.arrays import BoolArray, FloatArray, IntArray
from recommender.errors import InputError
from recommender.shoppers.config import PropensityConfig, ShoppersConfig
from recommender.shoppers.features import Features, features_of, tastes_of
from recommender.shoppers.norms import Norms, fit_norms
from recommender.shoppers.pace import Pace, measure_pace
from recommender.shoppers.preferences import spending_of
from recommender.shoppers.price import PriceSense, measure_prices
from recommender.shoppers.propensity import Fitted, fit_propensity, pair_log, pair_rows, visit_rows
from recommender.shoppers.purchases import Orders, Purchases, last_moment, orders_of
from recommender.shoppers.rfm import Rfm, high_value, measure_rfm
from recommender.shoppers.segments import Segments, find_segments
from recommender.shoppers.traits import Traits, traits_of_segments

Progress = Callable[[str, float], None]


def silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Measures:
    """What is measured of every shopper."""

    rfm: Rfm
    pace: Pace
    prices: PriceSense
    high_value: BoolArray
    lapsing: BoolArray


@dataclass(frozen=True)
class Chances:
    """How likely purchases are: by shopper (0 for who never ordered), and by pair of a shopper and a category
    (a code) that this shopper has bought; pairs by shopper, the likeliest first."""

    visit: FloatArray
    shopper: IntArray
    category: IntArray
    chance: FloatArray
    visit_fit: Fitted
    category_fit: Fitted


@dataclass(frozen=True)
class Study:
    """The results. as_of: the day that they speak of. segment: one a shopper; 0 for who never ordered."""

    as_of: float
    norms: Norms
    measures: Measures
    features: Features
    segments: Segments
    segment: IntArray
    traits: list[Traits]
    chances: Chances

    def report(self) -> dict[str, Any]:
        """What was chosen and how good it is, fit for JSON."""
        return {
            "shoppers": len(self.segment),
            "k": self.segments.k,
            "silhouettes": {str(k): round(value, 4) for k, value in self.segments.silhouettes.items()},
            "high_value": int(self.measures.high_value.sum()),
            "lapsing": int(self.measures.lapsing.sum()),
            "buys": self.chances.visit_fit.report(),
            "buys_category": self.chances.category_fit.report(),
        }


def study(
    purchases: Purchases,
    now: float,
    rng: np.random.Generator,
    config: ShoppersConfig | None = None,
    *,
    unspoken: Collection[str] = (),
    progress: Progress = silent,
) -> Study:
    """Measure, group and foretell every shopper. `unspoken`: categories that no segment is described by.

    Raises:
        InputError: nobody has bought anything.
    """
    settings = config or ShoppersConfig()
    as_of = last_moment(purchases, now)
    known = purchases.before(as_of)
    if len(known) == 0:
        raise InputError("purchases", "nobody has bought anything yet")
    progress("measuring shoppers", 0.0)
    orders, norms = orders_of(known), fit_norms(known, settings)
    measures = _measure(known, orders, norms, as_of, settings)
    spending = spending_of(known, known.category)
    tastes = tastes_of(spending, settings.segments.tastes)
    features = features_of(measures.rfm, measures.prices, tastes)
    segments = find_segments(
        features, rng, settings.segments, lambda share: progress("finding segments", 0.2 + 0.3 * share)
    )
    traits = traits_of_segments(features, segments, spending, settings.segments, unspoken)
    chances = _foretell(known, orders, as_of, rng, settings.propensity, progress)
    segment = np.zeros(known.n_shoppers, dtype=np.int64)
    segment[features.shopper] = segments.label
    return Study(as_of, norms, measures, features, segments, segment, traits, chances)


def _measure(
    purchases: Purchases, orders: Orders, norms: Norms, as_of: float, config: ShoppersConfig
) -> Measures:
    rfm = measure_rfm(orders, purchases.n_shoppers, as_of)
    pace = measure_pace(orders, purchases.n_shoppers, as_of, norms.pace, config.pace)
    prices = measure_prices(purchases, norms.prices, config.price)
    return Measures(rfm, pace, prices, high_value(rfm, config.value), pace.lapsing(config.pace))


def _foretell(
    purchases: Purchases,
    orders: Orders,
    as_of: float,
    rng: np.random.Generator,
    config: PropensityConfig,
    say: Progress,
) -> Chances:
    horizon, n = config.horizon_days, purchases.n_shoppers
    visits = partial(visit_rows, orders, n, horizon=horizon)
    say("foretelling orders", 0.5)
    visit_fit = fit_propensity(visits, as_of, rng, config)
    say("foretelling categories", 0.65)
    log = pair_log(purchases)
    pairs = partial(pair_rows, log, horizon=horizon)
    tell = partial(_within, say, "foretelling categories", 0.65, 0.95)
    category_fit = fit_propensity(pairs, as_of, rng, config, most_rows=config.pairs, progress=tell)
    rows, each = visits(as_of), pairs(as_of)
    visit = np.zeros(n)
    visit[rows.who] = visit_fit.predict(rows.values)
    shopper, category = np.divmod(each.who, log.n_categories)
    chance = category_fit.predict(each.values)
    order = np.lexsort((category, -chance, shopper))
    say("done", 1.0)
    return Chances(visit, shopper[order], category[order], chance[order], visit_fit, category_fit)


def _within(say: Progress, stage: str, begin: float, end: float, share: float) -> None:
    say(stage, begin + (end - begin) * share)
