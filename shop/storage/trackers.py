"""Rasa's own database, as far as the shop must reach into it: to forget conversations."""

from collections.abc import Sequence

from sqlalchemy import NullPool, column, create_engine, delete, event, inspect, make_url, table
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from shop.errors import StorageDown
from shop.storage.database import BUSY_TIMEOUT_MS

AT_ONCE = 500
# Rasa's table; only this column of it is of interest.
_events = table("events", column("sender_id"))


def forget_trackers(url: str, conversation_ids: Sequence[str]) -> int:
    """Delete everything that Rasa keeps of these conversations; how many events there were.

    A tracker store that was not made yet holds nothing. On SQLite what is deleted is overwritten.

    Raises:
        StorageDown: it cannot be reached, or Rasa held it for too long.
    """
    engine = _engine(url)
    try:
        if not inspect(engine).has_table("events"):
            return 0
        forgotten = 0
        with engine.begin() as connection:
            for start in range(0, len(conversation_ids), AT_ONCE):
                some = conversation_ids[start : start + AT_ONCE]
                forgotten += connection.execute(delete(_events).where(_events.c.sender_id.in_(some))).rowcount
        return forgotten
    except OperationalError as problem:
        raise StorageDown("Rasa's tracker store cannot be used now") from problem
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    options = {"timeout": BUSY_TIMEOUT_MS / 1000}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=options)
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA secure_delete=ON"))
    return engine
