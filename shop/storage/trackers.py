"""Rasa's own database, as far as the shop must reach into it: to forget conversations."""

from collections.abc import Sequence

from sqlalchemy import NullPool, column, create_engine, delete, event, inspect, make_url, table
from sqlalchemy.engine import Engine

AT_ONCE = 500
# Rasa's table; only this column of it is of interest.
_events = table("events", column("sender_id"))


def forget_trackers(url: str, conversation_ids: Sequence[str]) -> int:
    """Delete everything that Rasa keeps of these conversations; how many events there were.

    A tracker store that was not made yet holds nothing. On SQLite what is deleted is overwritten.
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
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA secure_delete=ON"))
    return engine
