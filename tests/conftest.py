"""Fixtures for every package: databases of both kinds, and small shops that are ready to serve.

`small_shop` is a `Shop` on SQLite with a trained recommender and a clock that stands still; `each_shop` is
the same on SQLite and then on PostgreSQL; `shop_factory` makes several. `tests/small_shop.py` says what is in
it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shop.context import Audience, Shop, open_shop
from shop.settings import Settings
from shop.storage.database import Database
from shop.storage.schema import migrate
from shop.training import train
from tests.databases import PostgresServer, postgres_or_skip
from tests.small_shop import NOW, fill

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.time = now

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **units: float) -> None:
        """Move on by `timedelta(**units)`."""
        self.time += timedelta(**units)


@pytest.fixture
def clock() -> FakeClock:
    """The clock of this test's shops."""
    return FakeClock()


@pytest.fixture
def anna() -> Audience:
    """A baker who is logged in."""
    return Audience(shopper_id="anna", conversation_id="conversation-of-anna")


@pytest.fixture
def visitor() -> Audience:
    """Somebody who is not logged in."""
    return Audience(conversation_id="conversation-of-a-visitor")


@pytest.fixture(scope="session")
def small_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """State directory of the small shop, filled and trained once; tests get copies."""
    state = tmp_path_factory.mktemp("small_shop")
    shop = open_shop(Settings(state_dir=state, database_url=None), now=FakeClock())
    migrate(shop.database)
    with shop.database.write() as connection:
        fill(connection)
    train(shop)
    shop.database.close()
    return state


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, or the test is skipped with a line that says how to get one."""
    server = postgres_or_skip()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """Name of a PostgreSQL database that holds the small shop; tests get copies."""
    with postgres_server.database() as name:
        database = Database(postgres_server.url(name))
        migrate(database)
        with database.write() as connection:
            fill(connection)
        database.close()
        yield name


@pytest.fixture
def empty_url(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of an empty database; SQLite, or what indirect parametrisation with `BOTH` says."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    with server.database() as name:
        yield server.url(name)


ShopFactory = Callable[..., Shop]


@pytest.fixture
def shop_factory(
    small_state: Path, tmp_path: Path, clock: FakeClock, request: pytest.FixtureRequest
) -> Iterator[ShopFactory]:
    """`shop_factory(backend="sqlite")`: a small shop of its own, trained, on the test's clock."""
    with ExitStack() as cleanup:

        def make(backend: str = "sqlite", **settings: Any) -> Shop:
            state = tmp_path / f"shop-{len(list(tmp_path.iterdir()))}"
            shutil.copytree(small_state, state)
            url = None
            if backend == "postgres":
                template = request.getfixturevalue("postgres_template")
                server = request.getfixturevalue("postgres_server")
                url = server.url(cleanup.enter_context(server.database(template)))
            shop = open_shop(Settings(state_dir=state, database_url=url, **settings), now=clock)
            cleanup.callback(shop.database.close)
            return shop

        yield make


@pytest.fixture
def small_shop(shop_factory: ShopFactory) -> Shop:
    """The small shop on SQLite."""
    return shop_factory()


@pytest.fixture(params=BOTH)
def each_shop(shop_factory: ShopFactory, request: pytest.FixtureRequest) -> Shop:
    """The small shop on SQLite, then on PostgreSQL."""
    return shop_factory(request.param)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: Playwright keeps an event loop running in this thread until the session ends."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
