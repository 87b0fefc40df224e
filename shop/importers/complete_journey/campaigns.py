"""The source's campaigns: whom they reached, their coupons, what these are worth, and who redeemed them."""

from datetime import timedelta

import polars as pl

from shop.importers.cleaning import Cleaning, Rule, duplicate, unknown
from shop.importers.complete_journey.chance import generator
from shop.importers.complete_journey.source import Source
from shop.importers.complete_journey.vocabulary import HERE

# What a store coupon without a known value is said to be worth, in cents: the usual values of the others.
USUAL_VALUES = (50, 75, 100, 100, 100, 150, 200)
# A coupon is "for" the category or brand that this share of its products have in common.
COMMON_SHARE = 0.7
MAKERS_COUPON = 5
COUPON = ["coupon_upc", "campaign_id"]


def clean_campaigns(source: Source, households: pl.Series, products: pl.Series) -> dict[str, Cleaning]:
    """Sets aside repeated rows, households that do not shop here, and products that are not sold here."""
    recipients = Cleaning("campaign recipients", source.recipients).apply(
        duplicate("campaign_id", "household_id"),
        unknown("household_id", households, "household"),
        unknown("campaign_id", source.campaigns["campaign_id"], "campaign"),
    )
    coupons = Cleaning("coupons", source.coupons).apply(
        duplicate("coupon_upc", "product_id", "campaign_id"),
        unknown("campaign_id", source.campaigns["campaign_id"], "campaign"),
        unknown("product_id", products, "product: never bought or set aside"),
    )
    ids = coupons.kept.select(_coupon_id()).to_series().unique()
    redemptions = Cleaning("coupon redemptions", source.redemptions).apply(
        duplicate("household_id", *COUPON, "redemption_date"),
        unknown("household_id", households, "household"),
        Rule(
            "coupon_upc",
            "unknown coupon, or none of its products is sold",
            ~_coupon_id().is_in(ids.implode()),
        ),
    )
    campaigns = Cleaning("campaigns", source.campaigns).apply(
        duplicate("campaign_id"),
        Rule("end_date", "ends before it starts", pl.col("end_date") < pl.col("start_date")),
    )
    return {
        "campaigns": campaigns,
        "recipients": recipients,
        "coupons": coupons,
        "redemptions": redemptions,
    }


def campaign_rows(
    clean: dict[str, Cleaning], sales: pl.DataFrame, catalogue: pl.DataFrame, shift: timedelta, seed: int
) -> dict[str, pl.DataFrame]:
    """Rows for the five tables, by name, in the order in which they refer to each other.

    `sales` are the source's kept lines; `catalogue` has product_id, category and brand.
    """
    coupons = clean["coupons"].frame
    redemptions = clean["redemptions"].frame
    return {
        "campaigns": _campaigns(clean["campaigns"].frame, shift),
        "campaign_recipients": clean["recipients"]
        .frame.select("campaign_id", pl.col("household_id").alias("shopper_id"))
        .sort("campaign_id", "shopper_id"),
        "coupons": _coupons(coupons, redemptions, sales, catalogue, seed),
        "coupon_products": coupons.select(_coupon_id("coupon_id"), "product_id").sort(
            "coupon_id", "product_id"
        ),
        "coupon_redemptions": _redemptions(redemptions, sales, shift),
    }


def _coupon_id(name: str = "id") -> pl.Expr:
    """A coupon's code runs in several campaigns, with different dates and products."""
    return pl.concat_str(COUPON, separator="-").alias(name)


def _campaigns(campaigns: pl.DataFrame, shift: timedelta) -> pl.DataFrame:
    return campaigns.select(
        pl.col("campaign_id").alias("id"),
        pl.col("campaign_type").alias("kind"),
        (pl.col("start_date").cast(pl.Date) + shift).alias("starts_on"),
        (pl.col("end_date").cast(pl.Date) + shift).alias("ends_on"),
    ).sort("id")


def _coupons(
    coupons: pl.DataFrame, redemptions: pl.DataFrame, sales: pl.DataFrame, catalogue: pl.DataFrame, seed: int
) -> pl.DataFrame:
    """What each is worth: what its bar code says, else what was taken off when it was redeemed, else a usual
    value from the seed, which is then labelled as simulated."""
    each = (
        coupons.select(COUPON).unique().sort(COUPON)
        .join(printed_values(coupons), on="coupon_upc", how="left")
        .join(observed_values(coupons, redemptions, sales), on=COUPON, how="left")
        .join(_scopes(coupons, catalogue), on=COUPON, how="left")
    )  # fmt: skip
    usual = pl.Series(generator(seed, "coupon values").choice(USUAL_VALUES, each.height))
    return each.select(
        _coupon_id(),
        "campaign_id",
        pl.lit("amount").alias("discount_kind"),
        pl.coalesce("printed", "observed", usual).cast(pl.Int64).alias("discount_value"),
        pl.lit("USD").alias("currency"),
        "scope",
        pl.all_horizontal(pl.col("printed", "observed").is_null()).alias("simulated"),
    ).sort("id")


def printed_values(coupons: pl.DataFrame) -> pl.DataFrame:
    """What makers' coupons say themselves: coupon_upc, printed (cents).

    Codes that start with 5 follow the grocers' old coupon standard (UPC-5): maker, family, and a value code
    in the last two digits, listed in `coupon_codes.csv`. Of the 264 such coupons that were redeemed with a
    known discount, 259 gave exactly the amount that the list says.
    """
    codes = pl.read_csv(HERE / "coupon_codes.csv").select("code", pl.col("cents").alias("printed"))
    return (
        coupons.select(pl.col("coupon_upc").unique())
        .filter(pl.col("coupon_upc") // 10**10 == MAKERS_COUPON)
        .with_columns(code=pl.col("coupon_upc") % 100)
        .join(codes, on="code")
        .select("coupon_upc", "printed")
    )


def observed_values(coupons: pl.DataFrame, redemptions: pl.DataFrame, sales: pl.DataFrame) -> pl.DataFrame:
    """The median that was taken off the lines with which a coupon was redeemed: coupon, observed (cents)."""
    discounted = sales.filter(pl.col("coupon_disc") > 0).with_columns(
        redemption_date=pl.col("transaction_timestamp").dt.date()
    )
    return (
        redemptions.with_columns(pl.col("redemption_date").cast(pl.Date))
        .join(coupons, on=COUPON)
        .join(discounted, on=["household_id", "redemption_date", "product_id"])
        .group_by(COUPON)
        .agg(observed=(pl.col("coupon_disc") * 100).median().round().cast(pl.Int64))
    )


def _scopes(coupons: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """What most of a coupon's products have in common: their category, else their brand, else nothing."""
    named = coupons.join(catalogue.select("product_id", "category", "brand"), on="product_id")
    shared = [_shared(named, level) for level in ("category", "brand")]
    both = shared[0].join(shared[1], on=COUPON, how="full", coalesce=True)
    return both.select(*COUPON, pl.coalesce("category", "brand").alias("scope"))


def _shared(named: pl.DataFrame, level: str) -> pl.DataFrame:
    counted = (
        named.group_by(*COUPON, level).len().with_columns(share=pl.col("len") / pl.sum("len").over(COUPON))
    )
    return counted.filter(pl.col(level).is_not_null() & (pl.col("share") >= COMMON_SHARE)).select(
        *COUPON, level
    )


def _redemptions(redemptions: pl.DataFrame, sales: pl.DataFrame, shift: timedelta) -> pl.DataFrame:
    baskets = sales.group_by("household_id", redemption_date=pl.col("transaction_timestamp").dt.date()).agg(
        order_id=pl.col("basket_id").min()
    )
    dated = redemptions.with_columns(pl.col("redemption_date").cast(pl.Date))
    day = pl.col("redemption_date").dt.strftime("%Y%m%d")
    return (
        dated.join(baskets, on=["household_id", "redemption_date"], how="left")
        .sort("household_id", *COUPON, "redemption_date")
        .select(
            pl.concat_str("household_id", _coupon_id(), day, separator="-").alias("id"),
            _coupon_id("coupon_id"),
            pl.col("household_id").alias("shopper_id"),
            (pl.col("redemption_date") + shift).alias("redeemed_on"),
            "order_id",
        )
    )  # fmt: skip
