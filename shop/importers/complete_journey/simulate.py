"""What the data lacks, drawn from a seed: stock, delivery, and what to call a household."""

from datetime import datetime, timedelta
from typing import Any

import polars as pl

from shop.importers.complete_journey.chance import generator
from shop.importers.complete_journey.orders import utc_clock

OUT_OF_STOCK = 0.03
MOST_IN_STOCK = 400
WEEKS_IN_STOCK = (1.0, 4.0)
DELIVERY_HOURS = (18.0, 52.0)
MICROSECONDS_PER_HOUR = 3_600_000_000
# Orders of the data's last days are still under way, whichever day the import happens on.
UNDER_WAY = {"placed": timedelta(hours=5), "packing": timedelta(hours=18), "on_the_way": timedelta(hours=44)}


def stock_rows(lines: pl.DataFrame, now: datetime, seed: int) -> pl.DataFrame:
    """Rows for the table of stock: what sells in one to four weeks; 3 % of the products are sold out."""
    weeks = max(1.0, lines.select((pl.col("day").max() - pl.col("day").min()).dt.total_days()).item() / 7)
    sold = lines.group_by("product_id").agg(pl.col("quantity").sum()).sort("product_id")
    chance = generator(seed, "stock")
    supply = pl.Series(chance.uniform(*WEEKS_IN_STOCK, sold.height))
    there = pl.Series(chance.random(sold.height) >= OUT_OF_STOCK)
    expected = (pl.col("quantity") / weeks * supply).ceil() + 1
    return sold.select(
        "product_id",
        (expected.clip(1, MOST_IN_STOCK) * there).cast(pl.Int64).alias("quantity"),
        pl.lit(utc_clock(now)).cast(pl.Datetime("us")).alias("updated_at"),
        pl.lit(True).alias("simulated"),
    )


def with_delivery(orders: pl.DataFrame, now: datetime, seed: int) -> pl.DataFrame:
    """Adds status, expected_on, delivered_at and delivery_simulated.

    Orders of the last two days of data are placed, being packed or on the way, and expected today or in the
    two days after; all others arrived 18 to 52 hours after they were placed.
    """
    today = utc_clock(now)
    age = orders["placed_at"].max() - pl.col("placed_at")
    status = pl.lit("delivered")
    for name, limit in reversed(UNDER_WAY.items()):
        status = pl.when(age < limit).then(pl.lit(name)).otherwise(status)
    chance = generator(seed, "delivery")
    travel = pl.Series(chance.uniform(*DELIVERY_HOURS, orders.height) * MICROSECONDS_PER_HOUR)
    days = pl.Series(chance.integers(0, 2, orders.height))
    arrives = pl.col("placed_at") + travel.cast(pl.Int64).cast(pl.Duration("us"))
    wait = pl.col("status").replace_strict({"placed": 1, "packing": 1, "on_the_way": 0}, default=0) + days
    delivered = pl.col("status") == "delivered"
    return (
        orders.with_columns(status=status, arrives=pl.min_horizontal(arrives, pl.lit(today)))
        .with_columns(
            expected_on=pl.when(delivered)
            .then(pl.col("arrives").dt.date())
            .otherwise(pl.lit(today.date()) + pl.duration(days=wait)),
            delivered_at=pl.when(delivered).then(pl.col("arrives")),
            delivery_simulated=pl.lit(True),
        )
        .drop("arrives")
    )


def display_names(count: int, words: dict[str, Any], seed: int) -> list[str]:
    """Invented names for so many households: "Robin K."."""
    chance = generator(seed, "display names")
    given = chance.choice(words["given"], count)
    initials = chance.choice(list("ABCDEFGHJKLMNPRSTVWYZ"), count)
    return [f"{name} {initial}." for name, initial in zip(given, initials, strict=True)]
