"""The state directory: its secrets, the database's schema, and whether anything is in it."""

from contextlib import closing

from shop.settings import Settings, ensure_secrets
from shop.storage.database import Database
from shop.storage.schema import is_empty, migrate


def bring_up_to_date(settings: Settings) -> bool:
    """Make the secrets and bring the schema up to date; whether data and recommender are there already."""
    ensure_secrets(settings.state_dir)
    with closing(Database(settings.url)) as database:
        migrate(database)
        files = (settings.catalogue_path, settings.recommender_pointer)
        return not is_empty(database) and all(path.exists() for path in files)
