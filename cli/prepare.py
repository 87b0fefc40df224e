"""From an empty state directory to all that the processes need: secrets, schema, data, trained models."""

from concurrent.futures import ThreadPoolExecutor

from cli.assistant import train_assistant
from cli.console import jobs
from cli.state import bring_up_to_date
from shop.settings import Settings


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
