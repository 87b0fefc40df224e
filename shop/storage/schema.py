"""Brings a database to the current schema with Alembic, and tells whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exists, select

from shop.storage.database import Database
from shop.storage.tables import products

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(url: str = "") -> Config:
    """Alembic's configuration without an ini file: the scripts' place and the database's URL."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(database: Database) -> None:
    """Apply every migration that the database has not seen; a current database is left alone."""
    if is_current(database):
        return
    config = alembic_config(database.url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    """Whether the database carries the newest revision."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def is_empty(database: Database) -> bool:
    """Whether no catalogue was imported yet."""
    with database.read() as connection:
        return not connection.scalar(select(exists().where(products.c.id.is_not(None))))
