"""The source's sales lines: cleaned, in whole cents, and made into orders."""

from datetime import UTC, datetime, timedelta

import polars as pl

from shop.importers.cleaning import Cleaning, Rule, above, below, duplicate, outlier

FIRST_DAY = datetime(2017, 1, 1)
LAST_DAY = datetime(2018, 1, 2)
MOST_OF_ONE = 100
FAR_OFF = 10
MONEY = ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")
CURRENCY = "USD"


def utc_clock(moment: datetime) -> datetime:
    """An aware instant as the frames carry instants: UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def shift_to(now: datetime, last: datetime) -> timedelta:
    """Whole weeks that bring the data's last sale into the week before `now`; weekdays stay weekdays."""
    return timedelta(weeks=(utc_clock(now) - last) // timedelta(weeks=1))


def clean_sales(sales: pl.DataFrame, known: pl.Series, refused: dict[str, pl.Series]) -> Cleaning:
    """Sets aside lines that are no purchase. `known` are the kept products, `refused` the others by reason.

    In the source `sales_value` is what the shop received. The shelf price is that plus the shop's own
    discounts (`retail_disc`, `coupon_match_disc`); a maker's coupon (`coupon_disc`) is paid by the maker, so
    shoppers paid that much less. Checked on the data: of lines with a matched coupon, 91 % of the shelf
    prices so computed end in 9, against 29 % of the bare sales values.
    """
    cleaning = Cleaning("sales", sales).apply(
        duplicate("basket_id", "product_id"),
        *(
            Rule("product_id", f"product set aside: {why}", _is_in("product_id", ids))
            for why, ids in refused.items()
        ),
        Rule("product_id", "unknown product", ~_is_in("product_id", known)),
        below("quantity", 1, "no quantity"),
        above("quantity", MOST_OF_ONE, f"more than {MOST_OF_ONE} of one product"),
        *(below(field, 0, "negative amount") for field in MONEY),
        Rule(
            "transaction_timestamp",
            "outside the year",
            ~pl.col("transaction_timestamp").is_between(FIRST_DAY, LAST_DAY),
        ),
    )
    cleaning.kept = cleaning.kept.with_columns(shelf=_cents(SHELF), received=_cents(pl.col("sales_value")))
    cleaning.kept = cleaning.kept.with_columns(shelf_each=pl.col("shelf") / pl.col("quantity"))
    cleaning.apply(
        below("shelf", 1, "no price"),
        outlier("shelf_each", "product_id", ratio=FAR_OFF),
    )
    return cleaning.repair(
        "coupon worth more than the line",
        pl.col("coupon_disc") > pl.col("sales_value"),
        pl.col("sales_value").alias("coupon_disc"),
    )


SHELF = pl.col("sales_value") + pl.col("retail_disc") + pl.col("coupon_match_disc")


def _is_in(field: str, ids: pl.Series) -> pl.Expr:
    return pl.col(field).is_in(ids.implode())


def _cents(dollars: pl.Expr) -> pl.Expr:
    return (dollars * 100).round().cast(pl.Int64)


def order_lines(cleaned: pl.DataFrame, shift: timedelta) -> pl.DataFrame:
    """Lines in cents and in today's time.

    Adds order_id, line, shopper_id, placed_at, day, unit_price_minor (shelf price of one), discount_minor
    (off the whole line), paid_minor, and for the price history price_minor and regular_minor (of one). Where
    a price does not divide evenly ("3 for $1"), the shelf price of one is rounded up and the discount makes
    the line's total exact.
    """
    each = (pl.col("shelf") + pl.col("quantity") - 1) // pl.col("quantity")
    return (
        cleaned.with_columns(
            order_id=pl.col("basket_id"),
            shopper_id=pl.col("household_id"),
            placed_at=pl.col("transaction_timestamp").cast(pl.Datetime("us")) + shift,
            unit_price_minor=each,
            regular_minor=each,
            price_minor=_cents((pl.col("sales_value") + pl.col("coupon_match_disc")) / pl.col("quantity")),
            paid_minor=_cents(pl.col("sales_value") - pl.col("coupon_disc")),
        )
        .with_columns(
            day=pl.col("placed_at").dt.date(),
            discount_minor=pl.col("unit_price_minor") * pl.col("quantity") - pl.col("paid_minor"),
        )
        .sort("order_id", "product_id")
        .with_columns(line=pl.int_range(1, pl.len() + 1).over("order_id"))
    )


def text_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Ids as the shop keeps them: text. (Numbers are faster to work with until then.)"""
    return rows.with_columns(pl.selectors.matches(r"^id$|_id$").cast(pl.String))


def order_rows(lines: pl.DataFrame) -> pl.DataFrame:
    """One row per order, without delivery: id, shopper_id, placed_at, total_minor, currency."""
    return (
        lines.group_by("order_id", maintain_order=True)
        .agg(
            pl.col("shopper_id").first(),
            pl.col("placed_at").first(),
            pl.col("paid_minor").sum().alias("total_minor"),
        )
        .rename({"order_id": "id"})
        .with_columns(currency=pl.lit(CURRENCY))
    )


def first_sold(lines: pl.DataFrame) -> pl.DataFrame:
    """The day on which each product was first bought: product_id, added_on."""
    return lines.group_by("product_id").agg(added_on=pl.col("day").min())
