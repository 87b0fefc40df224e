"""The long work of a first start: the shop's data, the lexicon and the recommender."""

from concurrent.futures import ThreadPoolExecutor

from cli.assistant import train_assistant
from cli.console import Jobs, console, jobs
from cli.state import bring_up_to_date
from recommender.artefact import readable
from shop.context import Shop, open_shop
from shop.errors import Conflict
from shop.importers.complete_journey import load_demo_shop
from shop.importers.lexicon import write_lexicon
from shop.segments import compute_segments
from shop.settings import Settings
from shop.storage.schema import is_empty
from shop.training import train as train_recommender


def open_prepared(settings: Settings) -> Shop:
    """The shop with its secrets made and its schema current, whatever the state directory held before."""
    bring_up_to_date(settings)
    return open_shop(settings)


def build_shop(settings: Settings, shoppers: int | None, show: Jobs) -> None:
    """Load the demo shop into an empty database, write the lexicon, and train the recommender if need be."""
    shop = open_prepared(settings)
    if is_empty(shop.database):
        report = load_demo_shop(
            shop.database,
            state_dir=settings.state_dir,
            now=shop.now(),
            shoppers=shoppers,
            progress=show.start("Demo shop"),
        )
        console.print(report.summary())
    write_lexicon(shop.database, settings.catalogue_path)
    if not readable(settings.recommender_pointer.parent):
        train_recommender(shop, show.start("Recommender"))
    shop.database.close()


def train_everything(settings: Settings) -> None:
    """Compute segments, and train the recommender and the assistant, anew from the database and the project's
    files."""
    shop = open_prepared(settings)
    with jobs() as show, ThreadPoolExecutor(1) as pool:
        assistant = pool.submit(train_assistant, settings, show.start("Assistant"), force=True)
        write_lexicon(shop.database, settings.catalogue_path)
        renew_segments(shop, show)
        train_recommender(shop, show.start("Recommender"))
        assistant.result()
    shop.database.close()


def renew_segments(shop: Shop, show: Jobs) -> None:
    """Compute segments, from which the recommender learns what each of them likes; none without orders.

    A first start does without: they take as long as loading the shop.
    """
    try:
        compute_segments(shop, show.start("Segments"))
    except Conflict as error:
        if error.code != "no_orders":
            raise
        console.print(f"No segments: {error.message}")
