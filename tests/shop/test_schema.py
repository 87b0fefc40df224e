"""Migrations on both databases: up, no difference to the tables, down again."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from shop.storage.database import Database
from shop.storage.schema import alembic_config, is_current, migrate
from shop.storage.tables import metadata
from tests.conftest import BOTH


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_up_and_down(empty_url: str) -> None:
    database = Database(empty_url)
    assert not is_current(database)
    migrate(database)
    migrate(database)
    assert is_current(database)
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    config = alembic_config(empty_url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    database.close()


def test_lines_of_an_order_lie_side_by_side(empty_url: str) -> None:
    database = Database(empty_url)
    migrate(database)
    with database.read() as connection:
        query = "SELECT sql FROM sqlite_master WHERE name = 'order_lines'"
        assert "WITHOUT ROWID" in str(connection.exec_driver_sql(query).scalar())
    database.close()
