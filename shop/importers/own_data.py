"""A shop's own tables, parsed: the rules between rows and files, and the rows of the database."""

import base64
import hashlib
from datetime import datetime, timedelta

import polars as pl

from shop.importers.cleaning import Cleaning, Rule, above, below, duplicate, outlier, unknown
from shop.importers.parsing import DEFAULT_IMAGE, is_safe_image

MOST_OF_ONE = 1000
FAR_OFF = 20
# A million dollars; what databases hold in a whole number ends at twenty of them.
MOST_OF_A_LINE = 100_000_000
UNKNOWN_STOCK = 100


def check_products(products: Cleaning) -> Cleaning:
    """Each item once; no regular price below the price; pictures from safe places alone."""
    products.apply(duplicate("item_id"))
    if "regular_price" in products.kept.columns:
        nothing = pl.lit(None, dtype=pl.Int64).alias("regular_price")
        products.repair(
            "regular_price below price removed", pl.col("regular_price") < pl.col("price"), nothing
        )
    if "image" in products.kept.columns:
        given = products.kept["image"].drop_nulls().unique().to_list()
        unsafe = [address for address in given if not is_safe_image(address)]
        default = pl.lit(DEFAULT_IMAGE).alias("image")
        products.repair("image from an unsafe address replaced", pl.col("image").is_in(unsafe), default)
    return products


def check_customers(customers: Cleaning) -> Cleaning:
    """Each shopper once."""
    return customers.apply(duplicate("shopper_id"))


def check_orders(orders: Cleaning, items: pl.Series, shoppers: pl.Series | None, now: datetime) -> Cleaning:
    """Lines of known items and shoppers (None: any), plausible, and at one with their order's first line."""
    orders.apply(
        duplicate("order_id", "item_id"),
        unknown("item_id", items, "item"),
        *_of_known(orders, shoppers),
        _future("placed_at", now),
        below("quantity", 1, "no quantity"),
        above("quantity", MOST_OF_ONE, f"more than {MOST_OF_ONE} of one item"),
        outlier("unit_price", "item_id", ratio=FAR_OFF),
        Rule("unit_price", "line too large", pl.col("quantity") * pl.col("unit_price") > MOST_OF_A_LINE),
    )
    if "discount" in orders.kept.columns:
        orders.apply(
            Rule(
                "discount",
                "more than the line costs",
                pl.col("discount") > pl.col("quantity") * pl.col("unit_price"),
            )
        )
    shared = [name for name in ("shopper_id", "placed_at") if name in orders.kept.columns]
    return orders.apply(
        *(
            Rule(name, "differs from the order's first line", _differs(name, within="order_id"))
            for name in shared
        )
    )


def check_events(events: Cleaning, items: pl.Series, shoppers: pl.Series | None, now: datetime) -> Cleaning:
    """Events of known items and shoppers (None: any); ratings from 1 to 5; each event once."""
    events.apply(unknown("item_id", items, "item"), *_of_known(events, shoppers), _future("created_at", now))
    if "value" in events.kept.columns:
        odd = (pl.col("kind") == "rating") & ~pl.col("value").is_between(1, 5)
        events.apply(Rule("value", "not a rating from 1 to 5", odd))
    ids = [_event_id(row) for row in events.kept.iter_rows(named=True)]
    events.kept = events.kept.with_columns(pl.Series("event_id", ids, dtype=pl.String))
    return events.apply(duplicate("event_id"))


def _of_known(table: Cleaning, shoppers: pl.Series | None) -> list[Rule]:
    if shoppers is None or "shopper_id" not in table.kept.columns:
        return []
    return [unknown("shopper_id", shoppers, "shopper")]


def _future(field: str, now: datetime) -> Rule:
    return Rule(field, "in the future", pl.col(field) > now + timedelta(days=1))


def _differs(field: str, within: str) -> pl.Expr:
    return ~pl.col(field).eq_missing(pl.col(field).first().over(within))


def _event_id(event: dict[str, object]) -> str:
    """The event's own id, else one made of what it says, so that the same file again changes nothing."""
    if event.get("event_id"):
        return str(event["event_id"])
    said = "|".join(
        str(event.get(field)) for field in ("kind", "item_id", "shopper_id", "created_at", "value")
    )
    digest = hashlib.blake2b(said.encode(), digest_size=16).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _given(frame: pl.DataFrame, column: str, default: pl.Expr) -> pl.Expr:
    """A column with its gaps filled, or the default where the file lacks it."""
    return (pl.coalesce(column, default) if column in frame.columns else default).alias(column)


def product_rows(products: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Rows for the table of products."""
    nothing = pl.lit(None, dtype=pl.String)
    return products.select(
        pl.col("item_id").alias("id"),
        "name",
        _given(products, "department", pl.col("category")),
        "category",
        *(_given(products, column, nothing) for column in ("kind", "brand", "size", "description")),
        _given(products, "image", pl.lit(DEFAULT_IMAGE)),
        _given(products, "added_on", pl.lit(now.date())),
        _given(products, "active", pl.lit(True)),
        pl.lit("{}").alias("attributes"),
    )


def price_rows(products: pl.DataFrame, current: pl.DataFrame, now: datetime, currency: str) -> pl.DataFrame:
    """Prices from today for items whose price is another than the `current` one (product_id, price_minor,
    regular_minor)."""
    return (
        products.select(
            pl.col("item_id").alias("product_id"),
            pl.lit(now.date()).alias("valid_from"),
            pl.col("price").alias("price_minor"),
            _given(products, "regular_price", pl.lit(None, dtype=pl.Int64)).alias("regular_minor"),
            pl.lit(currency).alias("currency"),
        )
        .with_columns(
            regular_minor=pl.when(pl.col("regular_minor") > pl.col("price_minor")).then("regular_minor")
        )
        .join(current, on=["product_id", "price_minor", "regular_minor"], how="anti", nulls_equal=True)
    )


def stock_rows(products: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Rows for the table of stock; where the file does not say, a supply that is labelled as simulated."""
    told = pl.col("stock").is_not_null() if "stock" in products.columns else pl.lit(False)
    return products.select(
        pl.col("item_id").alias("product_id"),
        _given(products, "stock", pl.lit(UNKNOWN_STOCK)).alias("quantity"),
        pl.lit(now).cast(pl.Datetime("us")).alias("updated_at"),
        (~told).alias("simulated"),
    )


def chinese_name_rows(products: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of product names, of those with a Chinese one."""
    named = _given(products, "name_zh", pl.lit(None, dtype=pl.String))
    return products.select(
        pl.col("item_id").alias("product_id"),
        pl.lit("zh").alias("locale"),
        named.alias("name"),
        pl.lit("[]").alias("aliases"),
    ).drop_nulls("name")


def group_name_rows(products: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of category names: each department, category and kind under its own name."""
    rows = [
        products.select(
            pl.lit(level).alias("level"),
            pl.col(level).alias("value"),
            pl.lit("en").alias("locale"),
            pl.col(level).alias("name"),
            pl.lit("[]").alias("aliases"),
        )
        for level in ("department", "category", "kind")
    ]
    return pl.concat(rows).drop_nulls("value").unique(["level", "value"], maintain_order=True)


def shopper_rows(customers: pl.DataFrame, now: datetime, currency: str) -> pl.DataFrame:
    """Rows for the table of shoppers."""
    nothing = pl.lit(None, dtype=pl.String)
    return customers.select(
        pl.col("shopper_id").alias("id"),
        _given(customers, "display_name", nothing),
        _given(customers, "email", nothing),
        _given(customers, "locale", pl.lit("en")),
        pl.lit(currency).alias("currency"),
        pl.lit("{}").alias("demographics"),
        _given(customers, "created_at", pl.lit(now).cast(pl.Datetime("us"))),
        pl.lit(False).alias("simulated"),
    )


def order_rows(orders: pl.DataFrame, currency: str) -> pl.DataFrame:
    """Rows for the table of orders; an order without a status is taken as delivered, and labelled so."""
    lines = orders.with_columns(
        _given(orders, "discount", pl.lit(0, dtype=pl.Int64)),
        _given(orders, "shopper_id", pl.lit(None, dtype=pl.String)),
        _given(orders, "status", pl.lit(None, dtype=pl.String)),
        _given(orders, "expected_on", pl.lit(None, dtype=pl.Date)),
        _given(orders, "delivered_at", pl.lit(None, dtype=pl.Datetime("us"))),
    )
    firsts = [pl.col(name).first() for name in ("shopper_id", "placed_at")]
    seconds = [pl.col(name).drop_nulls().first() for name in ("status", "expected_on", "delivered_at")]
    total = (pl.col("quantity") * pl.col("unit_price") - pl.col("discount")).sum().alias("total_minor")
    return (
        lines.group_by(pl.col("order_id").alias("id"), maintain_order=True)
        .agg(*firsts, *seconds, total)
        .with_columns(
            status=pl.col("status").fill_null("delivered"),
            delivery_simulated=pl.col("status").is_null(),
            currency=pl.lit(currency),
        )
    )


def order_line_rows(orders: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of order lines, numbered as they stand in the file."""
    return orders.select(
        "order_id",
        (pl.int_range(pl.len()).over("order_id") + 1).alias("line"),
        pl.col("item_id").alias("product_id"),
        "quantity",
        pl.col("unit_price").alias("unit_price_minor"),
        _given(orders, "discount", pl.lit(0, dtype=pl.Int64)).alias("discount_minor"),
    )


def event_rows(events: pl.DataFrame) -> pl.DataFrame:
    """Rows for the table of events."""
    return events.select(
        pl.col("event_id").alias("id"),
        "kind",
        "item_id",
        _given(events, "shopper_id", pl.lit(None, dtype=pl.String)),
        _given(events, "value", pl.lit(None, dtype=pl.Float64)),
        "created_at",
    )
