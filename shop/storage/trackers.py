"""Rasa's own database, as far as the shop must reach into it: to forget conversations."""

import time
from collections.abc import Sequence

from sqlalchemy import NullPool, column, create_engine, delete, event, inspect, make_url, table
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from shop.errors import StorageDown
from shop.storage.database import BUSY_TIMEOUT_MS

AT_ONCE = 500
CHECKPOINT_TRIES, CHECKPOINT_PAUSE_S = 20, 0.1
# The tracker store's tables (nlu/tracker_tables.py), and that of Rasa's own store, which older states hold.
# The first goes first: without its row in it, no turn under way can be saved any more.
TABLES = ("tracker_conversations", "tracker_turns", "tracker_events", "events")
OF_EVENTS = ("tracker_events", "events")


def forget_trackers(url: str, conversation_ids: Sequence[str]) -> int:
    """Delete everything that Rasa keeps of these conversations; how many events there were.

    A tracker store that was not made yet holds nothing. On SQLite what is deleted is overwritten.

    Raises:
        StorageDown: it cannot be reached, or Rasa held it for too long.
    """
    engine = _engine(url)
    try:
        there = [name for name in TABLES if inspect(engine).has_table(name)]
        with engine.begin() as connection:
            counts = {name: _delete(connection, name, conversation_ids) for name in there}
        if there:
            _fold_journal(engine)
        return sum(counts[name] for name in OF_EVENTS if name in counts)
    except OperationalError as problem:
        raise StorageDown("Rasa's tracker store cannot be used now") from problem
    finally:
        engine.dispose()


def _delete(connection: Connection, name: str, conversation_ids: Sequence[str]) -> int:
    """Delete a table's rows of these conversations; how many there were."""
    rows = table(name, column("sender_id"))
    deleted = 0
    for start in range(0, len(conversation_ids), AT_ONCE):
        some = conversation_ids[start : start + AT_ONCE]
        deleted += connection.execute(delete(rows).where(rows.c.sender_id.in_(some))).rowcount
    return deleted


def _fold_journal(engine: Engine) -> None:
    """Cut off SQLite's write-ahead log, in which the deleted still stands; PostgreSQL looks after its own."""
    for _ in range(CHECKPOINT_TRIES if engine.dialect.name == "sqlite" else 0):
        raw = engine.raw_connection()
        try:
            if not raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return
        finally:
            raw.close()
        time.sleep(CHECKPOINT_PAUSE_S)
    if engine.dialect.name == "sqlite":
        raise StorageDown(
            "the journal of Rasa's tracker store is in use; what was erased may still stand in it"
        )


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    options = {"timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=options)
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA secure_delete=ON"))
    return engine
