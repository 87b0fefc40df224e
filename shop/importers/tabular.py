"""Imports a shop's own CSV or Parquet files: products, customers, orders, events, in any combination."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from shop.importers import own_data
from shop.importers.cleaning import Cleaning
from shop.importers.layout import LAYOUTS
from shop.importers.parsing import parse
from shop.importers.reading import TextTable, read_table
from shop.importers.report import ImportReport, TableReport, write_set_aside
from shop.importers.stages import Progress, Stages, silent
from shop.storage import tables
from shop.storage.bulk import upsert_frame
from shop.storage.database import Database
from shop.storage.imports import current_prices, delete_lines_of, known_ids
from shop.storage.rows import Connection

Checked = dict[str, Cleaning]


def import_files(
    database: Database,
    *,
    products: Path | None = None,
    customers: Path | None = None,
    orders: Path | None = None,
    events: Path | None = None,
    state_dir: Path | None = None,
    now: datetime | None = None,
    currency: str = "USD",
    progress: Progress = silent,
) -> ImportReport:
    """Read, check and write the files named; importing the same files again changes nothing.

    Rows that break a rule are set aside (and kept in full in a CSV below `state_dir`, where one is given).
    The others are written in one transaction, so a failed import leaves the database as it was; what is there
    already under the same id is renewed. Without a customers file, shoppers of orders and events that are
    not known yet are made.

    Raises:
        InvalidInput: a file is missing, unreadable, or lacks a required column; nothing was written.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    given = {"products": products, "customers": customers, "orders": orders, "events": events}
    paths = {name: path for name, path in given.items() if path is not None}
    stages = Stages(progress)
    with stages.stage("reading", 0.0):
        read = {name: read_table(name, Path(path), LAYOUTS[name]) for name, path in paths.items()}
    with stages.stage("cleaning", 0.3):
        checked = _checked(database, read, moment.replace(tzinfo=None), currency)
    with stages.stage("writing", 0.6), database.write() as connection:
        written = _write(connection, checked, moment.replace(tzinfo=None), currency)
    stages.done()
    cleanings = list(checked.values())
    return ImportReport(
        source=", ".join(path.name for path in map(Path, paths.values())),
        tables={cleaning.table: TableReport.of(cleaning) for cleaning in cleanings},
        written=written,
        seconds=stages.seconds,
        simulated=_simulated(checked),
        notes=_notes(read),
        set_aside_file=write_set_aside(cleanings, state_dir, "files", moment) if state_dir else None,
    )


def _checked(database: Database, read: Mapping[str, TextTable], now: datetime, currency: str) -> Checked:
    """Every file parsed and checked, in the order in which they refer to each other."""
    parsed = {name: parse(table.cleaning, LAYOUTS[name], currency) for name, table in read.items()}
    if "products" in parsed:
        own_data.check_products(parsed["products"])
    if "customers" in parsed:
        own_data.check_customers(parsed["customers"])
    with database.read() as connection:
        items = _all_ids(known_ids(connection, tables.products), parsed.get("products"), "item_id")
        known = known_ids(connection, tables.shoppers)
    shoppers = _all_ids(known, parsed.get("customers"), "shopper_id") if "customers" in parsed else None
    if "orders" in parsed:
        own_data.check_orders(parsed["orders"], items, shoppers, now)
    if "events" in parsed:
        own_data.check_events(parsed["events"], items, shoppers, now)
    return parsed


def _all_ids(known: pl.Series, incoming: Cleaning | None, column: str) -> pl.Series:
    return known if incoming is None else pl.concat([known, incoming.kept[column].alias("id")])


def _write(connection: Connection, checked: Checked, now: datetime, currency: str) -> dict[str, int]:
    frames = {name: cleaning.frame for name, cleaning in checked.items()}
    written: dict[str, int] = {}
    if "products" in frames:
        written |= _write_products(connection, frames["products"], now, currency)
    if "customers" in frames:
        rows = own_data.shopper_rows(frames["customers"], now, currency)
        keep = _unsaid(rows, frames["customers"], renamed={"id": "shopper_id"})
        written["shoppers"] = upsert_frame(connection, tables.shoppers, rows, keep=keep)
    else:
        written |= _make_shoppers(connection, frames, now, currency)
    if "orders" in frames:
        written |= _write_orders(connection, frames["orders"], currency)
    if "events" in frames:
        rows = own_data.event_rows(frames["events"])
        written["events"] = upsert_frame(connection, tables.events, rows)
    return written


def _unsaid(rows: pl.DataFrame, file: pl.DataFrame, renamed: Mapping[str, str]) -> list[str]:
    """Columns of rows that the file says nothing of: what is there already stays."""
    return [name for name in rows.columns if renamed.get(name, name) not in file.columns]


def _write_products(
    connection: Connection, products: pl.DataFrame, now: datetime, currency: str
) -> dict[str, int]:
    rows = own_data.product_rows(products, now)
    keep = _unsaid(rows, products, renamed={"id": "item_id"})
    written = {"products": upsert_frame(connection, tables.products, rows, keep=keep)}
    prices = own_data.price_rows(products, current_prices(connection, now.date()), now, currency)
    written["prices"] = upsert_frame(connection, tables.prices, prices)
    stock = own_data.stock_rows(products, now)
    kept = () if "stock" in products.columns else stock.columns
    written["stock"] = upsert_frame(connection, tables.stock, stock, keep=kept)
    names = own_data.chinese_name_rows(products)
    written["product_names"] = upsert_frame(connection, tables.product_names, names, keep=("aliases",))
    groups = own_data.group_name_rows(rows)
    written["category_names"] = upsert_frame(connection, tables.category_names, groups, keep=groups.columns)
    return written


def _make_shoppers(
    connection: Connection, frames: Mapping[str, pl.DataFrame], now: datetime, currency: str
) -> dict[str, int]:
    """Shoppers whom orders or events name and nobody knows yet; of them only the id is known."""
    named = [frame.select("shopper_id") for frame in frames.values() if "shopper_id" in frame.columns]
    if not named:
        return {}
    rows = own_data.shopper_rows(pl.concat(named).drop_nulls().unique(maintain_order=True), now, currency)
    return {"shoppers": upsert_frame(connection, tables.shoppers, rows, keep=rows.columns)}


def _write_orders(connection: Connection, orders: pl.DataFrame, currency: str) -> dict[str, int]:
    rows = own_data.order_rows(orders, currency)
    lines = own_data.order_line_rows(orders)
    written = {"orders": upsert_frame(connection, tables.orders, rows)}
    delete_lines_of(connection, rows["id"].to_list())
    return written | {"order_lines": upsert_frame(connection, tables.order_lines, lines)}


def _simulated(checked: Checked) -> list[str]:
    facts = []
    if "products" in checked and "stock" not in checked["products"].kept.columns:
        facts.append(f"Stock: the file says nothing, so {own_data.UNKNOWN_STOCK} of each (stock.simulated).")
    if "orders" in checked and "status" not in checked["orders"].kept.columns:
        facts.append("Delivery: the file has no status, so all are delivered (orders.delivery_simulated).")
    return facts


def _notes(read: Mapping[str, TextTable]) -> list[str]:
    return [
        f"{name}: columns that are not used: {', '.join(table.ignored)}"
        for name, table in read.items()
        if table.ignored
    ]
