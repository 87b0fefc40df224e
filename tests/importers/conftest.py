"""Fixtures for the importers: the demo shop of a few households, loaded once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shop.importers.complete_journey import load_demo_shop
from shop.importers.complete_journey.vocabulary import Vocabulary, read_vocabulary
from shop.importers.report import ImportReport
from shop.storage.database import Database
from shop.storage.schema import migrate
from tests.importers.own_files import CUSTOMERS, EVENTS, ORDERS, PRODUCTS

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
HOUSEHOLDS = 12


class Loaded(NamedTuple):
    """A database with the demo shop of a few households in it, and the report on how it came there."""

    database: Database
    report: ImportReport
    state_dir: Path


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The files with readable names."""
    return read_vocabulary()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """The demo shop on SQLite; tests only read it."""
    state = tmp_path_factory.mktemp("demo")
    database = Database(f"sqlite:///{state / 'aisle.db'}")
    migrate(database)
    yield Loaded(database, load_demo_shop(database, state_dir=state, now=NOW, shoppers=HOUSEHOLDS), state)
    database.close()


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    """An empty database with its schema; SQLite, or PostgreSQL where `empty_url` is parametrised so."""
    database = Database(empty_url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """`write(name, content)` puts a file into the test's directory."""

    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


@pytest.fixture
def files(write: Any) -> dict[str, Path]:
    """The four good files."""
    contents = {"products": PRODUCTS, "customers": CUSTOMERS, "orders": ORDERS, "events": EVENTS}
    return {name: write(f"{name}.csv", content) for name, content in contents.items()}
