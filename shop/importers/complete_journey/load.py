"""Loads the demo shop into an empty database: read, clean, name, simulate, write."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from shop.errors import Conflict
from shop.importers.cleaning import Cleaning, Rule
from shop.importers.complete_journey import products as catalogue_tables
from shop.importers.complete_journey.campaigns import campaign_rows, clean_campaigns
from shop.importers.complete_journey.orders import (
    CURRENCY,
    clean_sales,
    first_sold,
    order_lines,
    order_rows,
    shift_to,
    text_ids,
)
from shop.importers.complete_journey.shoppers import choose_households, clean_demographics, shopper_rows
from shop.importers.complete_journey.simulate import stock_rows, with_delivery
from shop.importers.complete_journey.source import NAME, Source, read_source
from shop.importers.complete_journey.vocabulary import Vocabulary, read_vocabulary
from shop.importers.price_history import price_history, sold_by_weight
from shop.importers.report import ImportReport, TableReport, write_set_aside
from shop.importers.stages import Progress, Stages, silent
from shop.storage import tables
from shop.storage.bulk import analyse, insert_frame, loading
from shop.storage.database import Database
from shop.storage.schema import is_empty

SIMULATED = (
    "Brands: the data knows makers by number only; their names are invented (products.attributes.simulated).",
    "Varieties, where two products of a brand would carry the same name (products.attributes.simulated).",
    "Stock: quantities follow sales and a seed, 3 % are sold out (stock.simulated).",
    "Delivery: states and dates of all orders (orders.delivery_simulated).",
    "Names of shoppers: the data knows households by number only (shoppers.simulated).",
    "Values of the store's own coupons that were never redeemed (coupons.simulated).",
    "Pictures: one drawing per group of products.",
)


@dataclass(frozen=True)
class Demo:
    """What an import is asked for, and what it starts from."""

    source: Source
    vocabulary: Vocabulary
    now: datetime
    seed: int


@dataclass(frozen=True)
class Catalogue:
    """The named products, and the cleaning that goes on while it turns out which of them have prices."""

    products: pl.DataFrame
    cleaning: Cleaning


@dataclass(frozen=True)
class Sales:
    """The source's kept sales, the cleaning they went through, and the weeks by which dates are moved."""

    frame: pl.DataFrame
    cleaning: Cleaning
    shift: timedelta


@dataclass(frozen=True)
class Result:
    """Rows by table, in the order of writing, and every cleaning for the report."""

    rows: dict[str, pl.DataFrame]
    cleanings: list[Cleaning]


def load_demo_shop(
    database: Database,
    *,
    state_dir: Path,
    now: datetime,
    shoppers: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> ImportReport:
    """Load the demo shop, whole or with the purchases of `shoppers` households alone.

    All dates are moved by whole weeks, so that the last sale lies in the seven days before `now`. The
    database is written in one transaction: a failed import leaves it as it was. Refused rows go to a CSV in
    `state_dir`.

    Raises:
        Conflict: the database holds a catalogue already.
    """
    if not is_empty(database):
        raise Conflict("the database holds a catalogue already; the demo shop goes into an empty one")
    stages = Stages(progress)
    with stages.stage("reading", 0.0):
        whole = Demo(read_source(), read_vocabulary(), now, seed)
        demo = replace(whole, source=of_households(whole.source, shoppers, seed))
    with stages.stage("naming products", 0.1):
        catalogue = read_catalogue(whole)
    with stages.stage("cleaning sales", 0.2):
        sales = read_sales(demo, catalogue)
    with stages.stage("prices, orders, coupons", 0.35):
        result = tables_of(demo, catalogue, sales, complete=shoppers is None)
    with stages.stage("writing", 0.5):
        _write(database, result.rows, progress)
    stages.done()
    return ImportReport(
        source=NAME,
        tables={cleaning.table: TableReport.of(cleaning) for cleaning in result.cleanings},
        written={name: frame.height for name, frame in result.rows.items()},
        seconds=stages.seconds,
        simulated=SIMULATED,
        notes=(f"All dates were moved by {sales.shift.days} days.",),
        figures=_figures(catalogue.products, result.rows),
        set_aside_file=write_set_aside(result.cleanings, state_dir, "demo-shop", now),
    )


def of_households(source: Source, count: int | None, seed: int) -> Source:
    """The source with the tables of so many households; everything when `count` is None."""
    if count is None:
        return source
    chosen = choose_households(source, count, seed).implode()
    tables_of_households = (
        table.name for table in fields(Source) if "household_id" in getattr(source, table.name).columns
    )
    theirs = {
        name: getattr(source, name).filter(pl.col("household_id").is_in(chosen))
        for name in tables_of_households
    }
    return replace(source, **theirs)


def read_catalogue(demo: Demo) -> Catalogue:
    """Every product that was ever sold, named; names do not depend on how many shoppers are taken."""
    sold = demo.source.sales.group_by("product_id").agg(
        lines=pl.len(), typical_price=pl.col("sales_value").sum() / pl.col("quantity").sum()
    )
    cleaning = catalogue_tables.clean_products(demo.source.products, sold, demo.vocabulary)
    return Catalogue(
        catalogue_tables.named_products(cleaning.frame, sold, demo.vocabulary, demo.seed), cleaning
    )


def read_sales(demo: Demo, catalogue: Catalogue) -> Sales:
    """The sales of kept products; lines of products that were set aside carry those products' reasons."""
    refused = catalogue.cleaning.set_aside.with_columns(
        product_id=pl.col("record").str.json_path_match("$.product_id").cast(pl.Int64)
    )
    by_reason = dict(refused.group_by("reason", maintain_order=True).agg("product_id").iter_rows())
    cleaning = clean_sales(
        demo.source.sales,
        catalogue.products["product_id"],
        {
            reason: pl.Series(ids)
            for reason, ids in by_reason.items()
            if reason != catalogue_tables.NEVER_BOUGHT
        },
    )
    last = cleaning.kept.select(pl.col("transaction_timestamp").max()).item()
    return Sales(cleaning.frame, cleaning, shift_to(demo.now, last))


def tables_of(demo: Demo, catalogue: Catalogue, sales: Sales, *, complete: bool) -> Result:
    """The shop's tables. `complete` says whether all households were taken, or a few for a quick start."""
    lines = order_lines(sales.frame, sales.shift)
    by_weight = sold_by_weight(lines)
    prices = price_history(lines, by_weight).with_columns(currency=pl.lit(CURRENCY))
    priced = prices["product_id"].unique()
    unpriced = "no sale with a price" if complete else "not bought by the shoppers taken"
    catalogue.cleaning.apply(Rule("product_id", unpriced, ~_is_in(priced)))
    products = catalogue.products.filter(_is_in(priced))
    sales.cleaning.apply(Rule("product_id", "product that was only ever given away", ~_is_in(priced)))
    lines = lines.filter(_is_in(priced))
    orders = with_delivery(order_rows(lines), demo.now, demo.seed)
    demographics = clean_demographics(demo.source.demographics, orders["shopper_id"].unique())
    campaigns = clean_campaigns(demo.source, orders["shopper_id"].unique(), priced)
    rows = {
        "products": catalogue_tables.catalogue_rows(products, by_weight, first_sold(lines)),
        "product_names": catalogue_tables.chinese_names(products),
        "category_names": catalogue_tables.group_names(products, demo.vocabulary),
        "prices": prices,
        "stock": stock_rows(lines, demo.now, demo.seed),
        "shoppers": shopper_rows(orders, demographics.frame, demo.vocabulary.words, demo.seed),
        "orders": orders,
        "order_lines": lines.select(
            "order_id", "line", "product_id", "quantity", "unit_price_minor", "discount_minor"
        ),
        **campaign_rows(campaigns, sales.frame, products, sales.shift, demo.seed),
    }
    return Result(
        rows={name: text_ids(frame) for name, frame in rows.items()},
        cleanings=[catalogue.cleaning, sales.cleaning, demographics, *campaigns.values()],
    )


def _is_in(ids: pl.Series) -> pl.Expr:
    return pl.col("product_id").is_in(ids.implode())


def _figures(catalogue: pl.DataFrame, rows: dict[str, pl.DataFrame]) -> dict[str, float]:
    alike = rows["products"].filter(pl.struct("name", "brand").is_duplicated())
    curated = catalogue.select(pl.col("lines").filter("curated").sum() / pl.col("lines").sum()).item()
    return {
        "share of sales lines whose product type has a hand-written name": round(curated, 4),
        "products filed under another category than the source's": int(catalogue["moved"].sum()),
        "products with a Chinese name": rows["product_names"].height,
        "products that share name and brand with another": alike.height,
    }


def _write(database: Database, rows: dict[str, pl.DataFrame], progress: Progress) -> None:
    named = {name: getattr(tables, name) for name in rows}
    total = sum(frame.height for frame in rows.values())
    done = 0
    with database.write() as connection:
        with loading(connection, named.values()):
            for name, frame in rows.items():
                progress(f"writing {name.replace('_', ' ')}", 0.5 + 0.4 * done / total)
                done += insert_frame(connection, named[name], frame)
            progress("building indexes", 0.9)
        analyse(connection)
