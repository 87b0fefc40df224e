"""From an empty state directory to all that the processes need: secrets, schema, data, trained models."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from cli.assistant import train_assistant
from cli.console import jobs
from shop.settings import Settings, ensure_secrets
from shop.storage.database import Database
from shop.storage.schema import is_empty, migrate


def prepare(settings: Settings, shoppers: int | None = None) -> None:
    """Do what is still missing: demo data into an empty database, lexicon, recommender, assistant.

    The assistant trains from the project's files alone, so it does so beside the import.
    """
    complete = bring_up_to_date(settings)
    with jobs() as show, ThreadPoolExecutor(1) as pool:
        assistant = pool.submit(train_assistant, settings, show.start("Assistant"))
        if not complete:
            # Imports the importers and the recommender: seconds that a second start does without.
            from cli.build import build_shop

            build_shop(settings, shoppers, show)
        assistant.result()


def bring_up_to_date(settings: Settings) -> bool:
    """Make the secrets and bring the schema up to date; whether data and recommender are there already."""
    ensure_secrets(settings.state_dir)
    with closing(Database(settings.url)) as database:
        migrate(database)
        files = (settings.catalogue_path, settings.recommender_pointer)
        return not is_empty(database) and all(path.exists() for path in files)
