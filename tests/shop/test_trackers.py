"""Forgetting conversations in Rasa's own database, with the tables of both tracker stores."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from shop.errors import StorageDown
from shop.storage.trackers import TABLES, forget_trackers

WORDS = "a secret about batteries"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "tracker.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        for name in TABLES:
            database.execute(f"CREATE TABLE {name} (sender_id TEXT, data TEXT)")
    return path


def fill(rasa: sqlite3.Connection) -> None:
    for name in TABLES:
        rasa.executemany(f"INSERT INTO {name} VALUES (?, ?)", [("gone", WORDS), ("kept", "x")])


def test_every_table_forgets_while_rasa_has_the_database_open(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as rasa:
        fill(rasa)
        assert forget_trackers(f"sqlite:///{path}", ["gone"]) == 2  # events; other rows are not counted
        for name in TABLES:
            assert rasa.execute(f"SELECT sender_id FROM {name}").fetchall() == [("kept",)]
        assert not any(WORDS.encode() in file.read_bytes() for file in path.parent.iterdir())


def test_a_journal_that_is_being_read_is_no_finished_erasure(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as rasa:
        fill(rasa)
        rasa.execute("BEGIN")
        rasa.execute("SELECT * FROM events").fetchall()
        with pytest.raises(StorageDown):
            forget_trackers(f"sqlite:///{path}", ["gone"])
        rasa.execute("COMMIT")
        assert forget_trackers(f"sqlite:///{path}", ["gone"]) == 0
        assert not any(WORDS.encode() in file.read_bytes() for file in path.parent.iterdir())


def test_a_store_that_was_never_made_holds_nothing(tmp_path: Path) -> None:
    assert forget_trackers(f"sqlite:///{tmp_path / 'none.db'}", ["gone"]) == 0
