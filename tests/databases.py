"""Databases for tests: SQLite files, and databases of their own on a real PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from shop.storage.database import Database
from shop.storage.schema import migrate

URL_VARIABLE = "AISLE_TEST_POSTGRES_URL"
DEFAULT_URL = "postgresql+psycopg://postgres@127.0.0.1:5432/"
HOW_TO_GET_ONE = (
    "no PostgreSQL server at {url}: start one with "
    "`docker run -e POSTGRES_HOST_AUTH_METHOD=trust -p 127.0.0.1:5432:5432 postgres:16`, "
    f"or name one in {URL_VARIABLE}"
)


def new_sqlite(url: str) -> Database:
    """A migrated SQLite database."""
    database = Database(url)
    migrate(database)
    return database


class PostgresServer:
    """Makes databases on a server, one per caller, and drops them again."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def run(self, statement: str) -> None:
        """One statement outside any transaction."""
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def url(self, name: str) -> str:
        """Where a database of this server is reached."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """The name of a new database, gone afterwards; a copy of `template`."""
        name = f"aisle_test_{token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self) -> None:
        """Give back the connections."""
        self._admin.dispose()


def postgres_or_skip() -> PostgresServer:
    """The server; without one the test is skipped, and fails where CI promises one."""
    url = make_url(os.environ.get(URL_VARIABLE, DEFAULT_URL))
    server = PostgresServer(url)
    try:
        server.run("SELECT 1")
    except OperationalError:
        reason = HOW_TO_GET_ONE.format(url=url.render_as_string())
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return server
