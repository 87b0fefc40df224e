"""The source's households, as shoppers."""

from typing import Any

import polars as pl

from shop.importers.cleaning import Cleaning, duplicate, unknown
from shop.importers.complete_journey.chance import place_of
from shop.importers.complete_journey.simulate import display_names
from shop.importers.complete_journey.source import Source

HOUSEHOLDS = {
    "1 Adult Kids": "1 adult with kids",
    "1 Adult No Kids": "1 adult, no kids",
    "2 Adults Kids": "2 adults with kids",
    "2 Adults No Kids": "2 adults, no kids",
}
FACTS = {
    "age": "age",
    "income": "income",
    "home_ownership": "home",
    "marital_status": "marital_status",
    "household_size": "household_size",
    "household_comp": "household",
    "kids_count": "kids",
}


def choose_households(source: Source, count: int, seed: int) -> pl.Series:
    """`count` households for a small shop: those of whom most is known come first, in an order of the seed.

    Most is known of those with demographics who were reached by campaigns and redeemed a coupon.
    """
    everyone = source.sales.select(pl.col("household_id").unique())
    known = pl.sum_horizontal(
        pl.col("household_id").is_in(table["household_id"].unique().implode()).cast(pl.Int8)
        for table in (source.demographics, source.recipients, source.redemptions)
    )
    drawn = pl.Series([place_of(str(household), seed, 1 << 30) for household in everyone["household_id"]])
    ranked = everyone.with_columns(known=known, drawn=drawn)
    return ranked.sort("known", "drawn", "household_id", descending=[True, False, False])[
        "household_id"
    ].head(count)


def clean_demographics(demographics: pl.DataFrame, households: pl.Series) -> Cleaning:
    """One row per household that shops here."""
    return Cleaning("demographics", demographics).apply(
        duplicate("household_id"), unknown("household_id", households, "household")
    )


def shopper_rows(
    orders: pl.DataFrame, demographics: pl.DataFrame, words: dict[str, Any], seed: int
) -> pl.DataFrame:
    """Rows for the table of shoppers; each is said to have joined with the first order.

    `orders` has shopper_id and placed_at. Names and addresses are invented, so `simulated` is true.
    """
    facts = demographics.with_columns(pl.col("household_comp").replace(HOUSEHOLDS)).select(
        pl.col("household_id").alias("id"),
        *(pl.col(column).alias(name) for column, name in FACTS.items()),
    )
    joined = orders.group_by(pl.col("shopper_id").alias("id")).agg(created_at=pl.col("placed_at").min())
    shoppers = joined.join(facts, on="id", how="left").sort("id")
    return shoppers.select(
        "id",
        pl.Series("display_name", display_names(shoppers.height, words, seed)),
        pl.format("{}@example.com", "id").alias("email"),
        pl.lit("en").alias("locale"),
        pl.lit("USD").alias("currency"),
        _as_json(list(FACTS.values())).alias("demographics"),
        "created_at",
        pl.lit(True).alias("simulated"),
    )


def _as_json(fields: list[str]) -> pl.Expr:
    """The fields that are known, as a JSON object; their values hold no quotes."""
    parts = pl.concat_list(pl.lit(f'"{field}": "') + pl.col(field) + pl.lit('"') for field in fields)
    return pl.lit("{") + parts.list.drop_nulls().list.join(", ") + pl.lit("}")
