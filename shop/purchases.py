"""Orders from the database as the arrays that profiles are computed on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from recommender.catalogue import Labels
from recommender.shoppers import Purchases
from shop.questions import day_number
from shop.storage.interactions import SEPARATOR
from shop.storage.purchases import ItemGroup, PaidColumns


@dataclass(frozen=True)
class ShopPurchases:
    """Purchases, the ids of the shoppers and items that their indices stand for, and the categories with
    something that only adults may buy: no profile speaks of those."""

    purchases: Purchases
    shopper_ids: list[str]
    item_ids: list[str]
    unspoken: frozenset[str]


def purchases_of(
    columns: PaidColumns, items: Sequence[ItemGroup], without: Collection[str] = ()
) -> ShopPurchases:
    """One row a line bought. `items` in the order of their ids; shoppers in `without` are left out.

    Amounts are in minor units, as in the database.
    """
    orders = pl.DataFrame(
        {
            "shopper": pl.Series(columns.shopper_ids, dtype=pl.String),
            "day": pl.Series([day_number(instant) for instant in columns.placed_at], dtype=pl.Float64),
            "order": pl.Series(range(len(columns.shopper_ids)), dtype=pl.Int64),
            "item": _split(columns.item_ids),
            "quantity": _split(columns.quantities),
            "price": _split(columns.unit_prices),
            "discount": _split(columns.discounts),
        }
    ).filter(~pl.col("shopper").is_in(list(without)))
    known = orders["shopper"].unique().sort()
    item_ids = [item.item_id for item in items]
    lines = orders.with_columns(pl.col("shopper").cast(pl.Enum(known)).to_physical()).explode(
        "item", "quantity", "price", "discount"
    )
    lines = lines.with_columns(
        pl.col("item").cast(pl.Enum(item_ids)).to_physical(),
        *(pl.col(name).cast(pl.Float64) for name in ("quantity", "price", "discount")),
    ).with_columns(paid=(pl.col("quantity") * pl.col("price") - pl.col("discount")).clip(0))
    purchases = Purchases(
        **{name: _numbers(lines, name) for name in ("shopper", "item", "order", "day")},
        **{name: _numbers(lines, name) for name in ("quantity", "price", "paid")},
        discount=np.maximum(_numbers(lines, "discount"), 0.0),
        n_shoppers=len(known),
        category=_labels([item.category for item in items]),
        brand=_labels([item.brand or "" for item in items]),
    )
    unspoken = frozenset(item.category for item in items if item.restricted)
    return ShopPurchases(purchases, known.to_list(), item_ids, unspoken)


def _split(joined: Sequence[str]) -> pl.Series:
    return pl.Series(joined, dtype=pl.String).str.split(SEPARATOR)


def _numbers(lines: pl.DataFrame, name: str) -> NDArray[Any]:
    column = lines[name].to_numpy()
    return column if column.dtype.kind == "f" else column.astype(np.int64)


def _labels(values: Sequence[str]) -> Labels:
    return Labels.of(np.array(values, dtype=np.str_))
