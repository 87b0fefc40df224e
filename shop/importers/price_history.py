"""Prices over time, worked out from what was paid."""

import polars as pl

# A discount that nobody has met for this long is over.
DISCOUNT_WEEKS = 2
# Smaller differences than this come from rounding and from stores that differ by a few cents.
LEAST_DISCOUNT = 0.05
# Packages cut to weight have nearly as many prices as sales; packed goods have a few that nearly all share.
USUAL_PRICES = 5
LEAST_AT_USUAL_PRICES = 0.6
MANY_SALES = 12
FEW_SALES = 6
MOSTLY_DIFFERENT = 0.6

COLUMNS = ("product_id", "valid_from", "price_minor", "regular_minor")


def sold_by_weight(sales: pl.DataFrame) -> pl.Series:
    """Ids of products whose price differs from package to package.

    `sales` has product_id and regular_minor (the shelf price of one). In the demo shop's data, all but one in
    a thousand packed goods sold at one of their five most usual prices at least 77 % of the time; loose and
    cut ones less than half of the time.
    """
    at_price = sales.group_by("product_id", "regular_minor").len().sort("len", descending=True)
    counted = at_price.group_by("product_id").agg(
        sales=pl.col("len").sum(),
        usual=pl.col("len").head(USUAL_PRICES).sum() / pl.col("len").sum(),
        different=pl.len() / pl.col("len").sum(),
    )
    scattered = (pl.col("sales") >= MANY_SALES) & (pl.col("usual") < LEAST_AT_USUAL_PRICES)
    all_different = (pl.col("sales") >= FEW_SALES) & (pl.col("different") > MOSTLY_DIFFERENT)
    return counted.filter(scattered | all_different)["product_id"].sort()


def price_history(sales: pl.DataFrame, by_weight: pl.Series) -> pl.DataFrame:
    """The days on which each product's price changed: product_id, valid_from, price_minor, regular_minor.

    `sales` has product_id, day, price_minor (what one cost with the shop's own discounts) and regular_minor.
    A week's price is the median of its sales, so that a slip at the till changes nothing. `regular_minor` is
    null while nothing is discounted. A discount that was not seen for two weeks before the last day has
    ended. Products in `by_weight` get one price, the median over all sales.
    """
    priced = sales.filter(pl.col("price_minor") > 0)
    weekly = _medians(
        priced.filter(~pl.col("product_id").is_in(by_weight.implode())), pl.col("day").dt.truncate("1w")
    )
    changes = _changes(_marked(weekly))
    typical = _medians(
        priced.filter(pl.col("product_id").is_in(by_weight.implode())), pl.col("day").min().over("product_id")
    ).with_columns(regular_minor=pl.lit(None, dtype=pl.Int64))
    ended = _ended(changes, weekly, priced["day"].max())
    return pl.concat([frame.select(COLUMNS) for frame in (changes, ended, typical)]).sort(
        "product_id", "valid_from"
    )


def _medians(sales: pl.DataFrame, valid_from: pl.Expr) -> pl.DataFrame:
    middle = [
        pl.col(column).quantile(0.5, "nearest").cast(pl.Int64) for column in ("price_minor", "regular_minor")
    ]
    return (
        sales.group_by("product_id", valid_from.alias("valid_from"))
        .agg(middle)
        .sort("product_id", "valid_from")
    )


def _marked(weekly: pl.DataFrame) -> pl.DataFrame:
    """Weeks with the regular price only where it is really above what was paid."""
    reduced = pl.col("regular_minor") - pl.col("price_minor") >= pl.col("regular_minor") * LEAST_DISCOUNT
    return weekly.with_columns(
        price_minor=pl.when(reduced)
        .then("price_minor")
        .otherwise(pl.max_horizontal("price_minor", "regular_minor")),
        regular_minor=pl.when(reduced).then("regular_minor"),
    )


def _changes(weekly: pl.DataFrame) -> pl.DataFrame:
    """Only the weeks that differ from the product's week before; `weekly` is sorted by product and week."""
    same = pl.all_horizontal(
        pl.col(column).eq_missing(pl.col(column).shift()) for column in COLUMNS if column != "valid_from"
    )
    return weekly.filter(~same)


def _ended(changes: pl.DataFrame, weekly: pl.DataFrame, last_day: object) -> pl.DataFrame:
    """The return to the regular price of products that were last seen discounted, weeks ago."""
    last_seen = weekly.group_by("product_id").agg(seen=pl.col("valid_from").max())
    return (
        changes.group_by("product_id", maintain_order=True)
        .last()
        .filter(pl.col("regular_minor").is_not_null())
        .join(last_seen, on="product_id")
        .with_columns(valid_from=pl.col("seen").dt.offset_by(f"{DISCOUNT_WEEKS}w"))
        .filter(pl.col("valid_from") <= pl.lit(last_day))
        .with_columns(price_minor="regular_minor", regular_minor=pl.lit(None, dtype=pl.Int64))
    )
