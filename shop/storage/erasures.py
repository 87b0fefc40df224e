"""Queries that erase a subject from the database, and the receipts that prove it."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from shop.storage.database import Database
from shop.storage.personal import STORES, Store, Subject
from shop.storage.rows import all_of, first_of
from shop.storage.tables import erasures, turns

CHECKPOINT_TRIES = 20
CHECKPOINT_PAUSE_S = 0.1


@dataclass(frozen=True)
class ErasureRow:
    """An erasure; `subjects` (shopper_id, visits, turns, email) is None once nothing is left of them."""

    id: str
    requested_at: datetime
    finished_at: datetime | None
    subjects: dict[str, Any] | None
    counts: dict[str, int]


_COLUMNS = [erasures.c[name] for name in ErasureRow.__dataclass_fields__]


def count_rows(connection: Connection, subject: Subject) -> dict[str, int]:
    """How many rows each table holds of the subject."""
    return {
        store.table.name: connection.scalar(
            select(func.count()).select_from(store.table).where(store.belongs(subject))
        )
        or 0
        for store in STORES
    }


def erase_rows(connection: Connection, subject: Subject) -> dict[str, int]:
    """Delete or unlink every row of the subject; how many, by table. Doing it twice does no harm."""
    done: Counter[str] = Counter()
    for store in STORES:
        done[store.table.name] += _erase(connection, store, subject)
    return dict(done)


def _erase(connection: Connection, store: Store, subject: Subject) -> int:
    theirs = store.belongs(subject)
    if store.set_to is None:
        return connection.execute(delete(store.table).where(theirs)).rowcount
    if store.set_to:
        return connection.execute(update(store.table).where(theirs).values(**store.set_to)).rowcount
    return connection.scalar(select(func.count()).select_from(store.table).where(theirs)) or 0


def turn_ids(connection: Connection, subject: Subject) -> list[str]:
    """Ids of the subject's turns, as logs name them."""
    return list(connection.scalars(select(turns.c.id).where(turns.c.conversation_id.in_(subject.visits))))


def add_erasure(connection: Connection, row: ErasureRow) -> None:
    """Write down an erasure that has begun."""
    connection.execute(insert(erasures), vars(row))


def forget_subjects(connection: Connection, number: str, counts: Mapping[str, int]) -> None:
    """Forget whose data it was; `counts` is what was done in every store."""
    values = {"subjects": None, "counts": dict(counts)}
    connection.execute(update(erasures).where(erasures.c.id == number).values(**values))


def finish_erasure(connection: Connection, number: str, now: datetime) -> None:
    """Write down that nothing is left to do."""
    connection.execute(update(erasures).where(erasures.c.id == number).values(finished_at=now))


def find_erasure(connection: Connection, number: str) -> ErasureRow | None:
    """The erasure of a receipt."""
    return first_of(ErasureRow, connection.execute(select(*_COLUMNS).where(erasures.c.id == number)))


def unfinished_erasures(connection: Connection) -> list[ErasureRow]:
    """Erasures that began and did not end, the oldest first."""
    chosen = select(*_COLUMNS).where(erasures.c.finished_at.is_(None)).order_by(erasures.c.requested_at)
    return all_of(ErasureRow, connection.execute(chosen))


def empty_journal(database: Database) -> bool:
    """Fold SQLite's write-ahead log into the database, where what was deleted has been overwritten, and cut
    it off; whether that was possible. Readers are short, so it is tried for two seconds. PostgreSQL looks
    after its own.
    """
    if not database.is_sqlite:
        return True
    for _ in range(CHECKPOINT_TRIES):
        # Outside a transaction, in which SQLite would refuse.
        raw = database.engine.raw_connection()
        try:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
        if not busy:
            return True
        time.sleep(CHECKPOINT_PAUSE_S)
    return False
