"""What is usual in the shop: everything that one shopper is held against, fit to be kept as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from recommender.shoppers.config import ShoppersConfig
from recommender.shoppers.pace import PaceNorm, fit_pace
from recommender.shoppers.preferences import PreferenceNorm, fit_preferences, spending_of
from recommender.shoppers.price import PriceNorm, fit_prices
from recommender.shoppers.purchases import Purchases, orders_of


@dataclass(frozen=True)
class Norms:
    """The shop's pace, its shares of categories and brands, and its prices."""

    pace: PaceNorm
    categories: PreferenceNorm
    brands: PreferenceNorm
    prices: PriceNorm

    def as_json(self) -> dict[str, Any]:
        """As nested dictionaries of numbers."""
        return asdict(self)


def norms_from(kept: Mapping[str, Any]) -> Norms:
    """Norms as `Norms.as_json` gave them."""
    pace = PaceNorm(kept["pace"]["every_days"], tuple(kept["pace"]["relative"]))
    categories, brands = (PreferenceNorm(**kept[name]) for name in ("categories", "brands"))
    return Norms(pace, categories, brands, PriceNorm(**kept["prices"]))


def fit_norms(purchases: Purchases, config: ShoppersConfig | None = None) -> Norms:
    """What is usual among these purchases."""
    settings = config or ShoppersConfig()
    return Norms(
        fit_pace(orders_of(purchases), purchases.n_shoppers, settings.pace),
        fit_preferences(spending_of(purchases, purchases.category)),
        fit_preferences(spending_of(purchases, purchases.brand)),
        fit_prices(purchases),
    )
