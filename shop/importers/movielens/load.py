"""Loads MovieLens into an empty database: read, check, write."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from shop.errors import Conflict, InvalidInput
from shop.importers import own_data
from shop.importers.movielens.reading import FIELD, read_movielens
from shop.importers.movielens.tables import (
    LIKED,
    Checked,
    check,
    group_name_rows,
    orders_of,
    products_of,
    shopper_rows,
)
from shop.importers.report import ImportReport, TableReport, write_set_aside
from shop.importers.stages import Progress, Stages, silent
from shop.storage import tables
from shop.storage.bulk import analyse, insert_frame, loading
from shop.storage.database import Database
from shop.storage.schema import is_empty

NAME = "MovieLens"
SIMULATED = (
    f"Orders: nobody bought anything; the films that a shopper rated {LIKED:g} or better on one day stand "
    "as an order (orders.delivery_simulated).",
    "Prices: every film costs the same (products.attributes.simulated).",
    f"Stock: {own_data.UNKNOWN_STOCK} of each film (stock.simulated).",
)
NO_PRICES = pl.DataFrame(schema={"product_id": pl.String, "price_minor": pl.Int64, "regular_minor": pl.Int64})


def import_movielens(
    database: Database,
    directory: Path,
    *,
    state_dir: Path | None = None,
    now: datetime | None = None,
    currency: str = "USD",
    progress: Progress = silent,
) -> ImportReport:
    """Films as products, people as shoppers, ratings as events; what was liked stands as orders as well.

    So everything that learns from takings learns here too. The database is written in one transaction.
    Refused rows are kept in a CSV below `state_dir`, where one is given.

    Raises:
        Conflict: the database holds a catalogue already, whose ids these would mix with.
        InvalidInput: the folder, a file or a column is missing or unreadable, or no film is left.
    """
    if not is_empty(database):
        raise Conflict(
            "the database holds a catalogue already; MovieLens goes into an empty one (name another --state)"
        )
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    stages = Stages(progress)
    with stages.stage("reading", 0.0):
        source = read_movielens(directory)
    with stages.stage("cleaning", 0.3):
        checked = check(source, moment.replace(tzinfo=None), currency)
        if checked.films.kept.is_empty():
            raise InvalidInput(f"{directory}: no film could be read", field=FIELD)
    with stages.stage("writing", 0.6):
        written = _write(database, _rows(checked, moment.replace(tzinfo=None), currency))
    stages.done()
    cleanings = [checked.films, checked.people, checked.ratings]
    return ImportReport(
        source=NAME,
        tables={cleaning.table: TableReport.of(cleaning) for cleaning in cleanings},
        written=written,
        seconds=stages.seconds,
        simulated=SIMULATED,
        notes=(f"All dates were moved by {checked.shift.days} days.",),
        set_aside_file=write_set_aside(cleanings, state_dir, "movielens", moment) if state_dir else None,
    )


def _rows(checked: Checked, now: datetime, currency: str) -> dict[str, pl.DataFrame]:
    """Rows by table, in the order of writing."""
    ratings = checked.ratings.frame
    products = products_of(checked.films.frame, ratings)
    orders = orders_of(ratings)
    invented = pl.lit('{"simulated": ["price"]}').alias("attributes")
    return {
        "products": own_data.product_rows(products, now).with_columns(invented),
        "prices": own_data.price_rows(products, NO_PRICES, now, currency),
        "stock": own_data.stock_rows(products, now),
        "category_names": group_name_rows(products),
        "shoppers": shopper_rows(checked.people.frame, ratings, now, currency),
        "orders": own_data.order_rows(orders, currency),
        "order_lines": own_data.order_line_rows(orders),
        "events": own_data.event_rows(ratings),
    }


def _write(database: Database, rows: dict[str, pl.DataFrame]) -> dict[str, int]:
    named = {name: getattr(tables, name) for name in rows}
    with database.write() as connection:
        with loading(connection, named.values()):
            written = {name: insert_frame(connection, named[name], frame) for name, frame in rows.items()}
        analyse(connection)
    return written
