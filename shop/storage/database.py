"""The database handle: one engine, short transactions, the same behaviour on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url

from shop.errors import StorageDown, StorageFull

BUSY_TIMEOUT_MS = 2500


class Database:
    """Hands out connections: `read()` for looking, `write()` for one transaction that commits or rolls back.

    SQLite runs in WAL mode with synchronous=FULL, so a committed turn survives a power cut; its writers begin
    with BEGIN IMMEDIATE, so that two of them queue instead of failing half-way.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        self.url = url
        self.engine = (
            _sqlite_engine(url)
            if self.is_sqlite
            else create_engine(url, pool_pre_ping=True, hide_parameters=True)
        )
        event.listen(self.engine, "handle_error", _translate)
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries, all of which see one snapshot."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: commits when the block ends, rolls back when it raises."""
        with self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give back every pooled connection."""
        self.engine.dispose()


def _translate(context: ExceptionContext) -> None:
    """Turn what an operator must act on into our own errors; programming errors stay as they are."""
    problem = context.original_exception
    if isinstance(problem, sqlite3.OperationalError):
        if "full" in str(problem):
            raise StorageFull("the disk that holds the database is full") from problem
        if "locked" in str(problem) or "unable to open" in str(problem):
            raise StorageDown(f"the database cannot be used now: {problem}") from problem
    if isinstance(problem, psycopg.errors.DiskFull):
        raise StorageFull("the disk that holds the database is full") from problem
    if context.is_disconnect or type(problem) is psycopg.OperationalError:
        raise StorageDown("the database cannot be reached") from problem


def _sqlite_engine(url: str) -> Engine:
    options = {"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}
    engine = create_engine(url, connect_args=options, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: a writer that begins as a reader fails at once
        # under contention, where BEGIN IMMEDIATE waits its turn.
        # What is deleted is overwritten: an erased shopper must not be found in the file's free pages.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
