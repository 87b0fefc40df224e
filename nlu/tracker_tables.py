"""The tables of the tracker store, and how their database is opened.

Their names cannot meet those of Rasa's own store (`events`) or of the shop, so that one database may hold
all.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_S = 1.5  # how long a writer waits for another; well below the turn's deadline

metadata = MetaData()

# `version` goes up by one with every save, `events` and `turns` count what there is; `session` is the place
# of the event that began the newest session.
conversations = Table(
    "tracker_conversations",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    sqlite_with_rowid=False,
)
# Events are written once and never changed; `seq` counts from 0 without gaps, `data` is Rasa's own JSON.
events = Table(
    "tracker_events",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)
# Where a turn begins (`seq`), and which events before it still matter (`head`, a JSON list of their places).
turns = Table(
    "tracker_turns",
    metadata,
    Column("sender_id", String(255), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("head", Text, nullable=False),
    sqlite_with_rowid=False,
)


def open_engine(url: str) -> Engine:
    """Return an engine for SQLite or PostgreSQL; nothing is connected to yet.

    PostgreSQL is spoken to through psycopg2, whichever driver the URL names: the app, which is given the same
    URL to erase conversations, has another one.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    driver = "postgresql+psycopg2"
    return create_engine(parsed.set(drivername=driver), pool_pre_ping=True, hide_parameters=True)


def make_tables(engine: Engine) -> None:
    """Make the tables that are missing; several processes may do so at a time."""
    try:
        metadata.create_all(engine)
    except (IntegrityError, ProgrammingError, OperationalError):
        metadata.create_all(engine)  # another process was first: now they are there, or it is an error


def file_of(engine: Engine) -> tuple[int, int] | None:
    """Return what tells a SQLite file from another in its place; None without one, and for PostgreSQL."""
    path = Path(engine.url.database or "")
    if engine.dialect.name != "sqlite" or not path.exists():
        return None
    told = path.stat()
    return told.st_dev, told.st_ino


def _sqlite(url: URL) -> Engine:
    """Open a file; its connections are kept, since the pragmas and the journal cost more than a query."""
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    options = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    """Make a commit survive a power cut, and an erased conversation be found in no free page."""
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin as a writer: who begins as a reader cannot wait for the writer before it."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
