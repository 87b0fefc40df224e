"""How much a shopper looks at the price: what is bought on discount, and how dear it is for its kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from recommender.arrays import FloatArray
from recommender.shoppers.config import PriceConfig
from recommender.shoppers.purchases import Purchases
from recommender.shoppers.rfm import percentiles


@dataclass(frozen=True)
class PriceNorm:
    """The shop's usual prices: the median shelf price by category, the share of lines bought on discount, and
    the mean level of what is bought (a log ratio, see `PriceSense`)."""

    medians: Mapping[str, float]
    discounted: float
    level: float


@dataclass(frozen=True)
class PriceSense:
    """One value a shopper, mixed with the shop's average by shrinkage.

    discounted: share of lines bought on discount. level: what one pays against the median of its category; 1
    is the median, 1.2 a fifth above it. Both are the shop's average for who has bought nothing; 0 and 1 in a
    shop without prices.
    """

    discounted: FloatArray
    level: FloatArray

    @property
    def sensitivity(self) -> FloatArray:
        """From 0 to 1: the mean of one's places among all shoppers, by discounts and by low prices."""
        return np.asarray((percentiles(self.discounted) + percentiles(-self.level)) / 2)


def fit_prices(purchases: Purchases) -> PriceNorm:
    """The shop's usual prices."""
    priced = purchases.price > 0
    if not priced.any():
        return PriceNorm({}, 0.0, 0.0)
    category = purchases.category.codes[purchases.item[priced]]
    price = purchases.price[priced]
    order = np.argsort(category, kind="stable")
    codes, starts = np.unique(category[order], return_index=True)
    medians = {
        str(purchases.category.names[code]): float(np.median(prices))
        for code, prices in zip(codes, np.split(price[order], starts[1:]), strict=True)
    }
    norm = PriceNorm(medians, float((purchases.discount[priced] > 0).mean()), 0.0)
    return PriceNorm(medians, norm.discounted, float(_levels(purchases, norm)[priced].mean()))


def measure_prices(purchases: Purchases, norm: PriceNorm, config: PriceConfig | None = None) -> PriceSense:
    """Everybody's: with n priced lines, d of them discounted, a prior of a lines and the shop's share D,
    discounted = (d + a D) / (n + a); level = exp of the same for log(price / median of the category)."""
    prior = (config or PriceConfig()).prior_lines
    priced = (purchases.price > 0).astype(np.float64)

    def mixed(values: FloatArray, usual: float) -> FloatArray:
        total = np.bincount(purchases.shopper, values * priced, minlength=purchases.n_shoppers)
        count = np.bincount(purchases.shopper, priced, minlength=purchases.n_shoppers)
        return np.asarray((total + prior * usual) / (count + prior))

    discounted = (purchases.discount > 0).astype(np.float64)
    level = np.exp(mixed(_levels(purchases, norm), norm.level))
    return PriceSense(mixed(discounted, norm.discounted), level)


def _levels(purchases: Purchases, norm: PriceNorm) -> FloatArray:
    """log(price / median of the category) of every line; 0 where either is unknown."""
    medians = np.array([norm.medians.get(str(name), 0.0) for name in purchases.category.names])
    usual = (medians if len(medians) else np.zeros(1))[purchases.category.codes[purchases.item]]
    known = (usual > 0) & (purchases.price > 0)
    levels = np.zeros(len(purchases))
    levels[known] = np.log(purchases.price[known] / usual[known])
    return levels
