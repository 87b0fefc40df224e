"""Writes whole frames: millions of rows in one transaction, on SQLite and on PostgreSQL.

SQLite gets `executemany` on its own driver, PostgreSQL gets COPY; both skip SQLAlchemy's work per row. Frames
carry the table's columns by name: text, numbers, booleans, dates, instants in UTC, and JSON as text.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from sqlalchemy import Connection, Constraint, Table
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

BATCH = 100_000
# While loading, SQLite keeps more of what references point to in memory than its usual 2 MB.
CACHE_KIB, USUAL_CACHE_KIB = 64 * 1024, 2000


def insert_frame(connection: Connection, table: Table, frame: pl.DataFrame) -> int:
    """Insert every row of the frame; how many there were.

    Raises:
        sqlalchemy.exc.IntegrityError, or the driver's own: a row breaks a constraint.
    """
    if connection.dialect.name == "postgresql":
        _copy(connection, table.name, frame)
    else:
        _execute_many(connection, _insert(table, frame.columns), frame)
    return frame.height


def upsert_frame(
    connection: Connection, table: Table, frame: pl.DataFrame, *, keep: Collection[str] = ()
) -> int:
    """Insert every row; one whose primary key is there already changes that row's columns instead.

    Columns in `keep` get the frame's values in new rows only.
    """
    keys = [column.name for column in table.primary_key]
    changed = [name for name in frame.columns if name not in keys and name not in keep]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
    conflict = f" ON CONFLICT ({_names(keys)}) DO " + (f"UPDATE SET {changes}" if changes else "NOTHING")
    if connection.dialect.name == "postgresql":
        _upsert_by_copy(connection, table, frame, conflict)
    else:
        _execute_many(connection, _insert(table, frame.columns) + conflict, frame)
    return frame.height


@contextmanager
def loading(connection: Connection, tables: Collection[Table]) -> Iterator[None]:
    """For the block, do without the tables' secondary indexes and (on PostgreSQL) without their foreign keys.

    Both are cheaper to build and check once, over everything, than row by row. All of it happens inside the
    caller's transaction: a row that refers to nothing fails the block's end, and a failure brings all back.
    """
    indexes = [
        index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    references = [key for table in tables for key in sorted(table.foreign_key_constraints, key=_name)]
    if connection.dialect.name != "postgresql":
        references = []  # SQLite cannot alter constraints, and checks them quickly
        connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
    for index in indexes:
        connection.execute(DropIndex(index))
    for reference in references:
        connection.execute(DropConstraint(reference))
    yield
    for index in indexes:
        connection.execute(CreateIndex(index))
    for reference in references:
        connection.execute(AddConstraint(reference, isolate_from_table=False))
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(f"PRAGMA cache_size=-{USUAL_CACHE_KIB}")


def _name(constraint: Constraint) -> str:
    return str(constraint.name)


def analyse(connection: Connection) -> None:
    """Let the database look at its new contents, so that it plans queries well."""
    connection.exec_driver_sql("ANALYZE")


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _insert(table: Table, columns: Sequence[str]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({_names(columns)}) VALUES ({marks})"  # noqa: S608 - our own names


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _execute_many(connection: Connection, statement: str, frame: pl.DataFrame) -> None:
    driver = _driver(connection)
    for batch in _as_sqlite(frame).iter_slices(BATCH):
        driver.executemany(statement, batch.iter_rows())


def _as_sqlite(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates and instants as SQLAlchemy stores them in SQLite: ISO text, UTC, microseconds."""
    instants = pl.selectors.datetime().dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
    return frame.with_columns(instants, pl.selectors.date().dt.strftime("%Y-%m-%d"))


def _as_postgres(frame: pl.DataFrame) -> pl.DataFrame:
    """Instants with their offset, or the server would read them in its own time zone."""
    return frame.with_columns(pl.selectors.datetime().dt.strftime("%Y-%m-%d %H:%M:%S%.6f+00"))


def _copy(connection: Connection, table: str, frame: pl.DataFrame) -> None:
    statement = f"COPY {table} ({_names(frame.columns)}) FROM STDIN (FORMAT csv)"
    with _driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for batch in _as_postgres(frame).iter_slices(BATCH):
            # Unquoted nothing is NULL, quoted nothing is the empty text: the same convention on both sides.
            copy.write(batch.write_csv(None, include_header=False, quote_style="necessary").encode())


def _upsert_by_copy(connection: Connection, table: Table, frame: pl.DataFrame, conflict: str) -> None:
    incoming = f"incoming_{table.name}"
    names = _names(frame.columns)
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {incoming} ON COMMIT DROP AS SELECT {names} FROM {table.name} LIMIT 0"  # noqa: S608
    )
    _copy(connection, incoming, frame)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {incoming}{conflict}"  # noqa: S608
    )
    connection.exec_driver_sql(f"DROP TABLE {incoming}")
