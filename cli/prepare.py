"""From an empty state directory to all that the processes need: secrets, schema, data, trained models."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from cli.console import Jobs, Report, console, jobs
from cli.system import NLU_PYTHON
from recommender.artefact import current_version
from shop.context import Shop, open_shop
from shop.errors import AisleError
from shop.importers.complete_journey import load_demo_shop
from shop.importers.lexicon import write_lexicon
from shop.settings import PROJECT_ROOT, Settings, ensure_secrets
from shop.storage.schema import is_empty, migrate
from shop.training import train as train_recommender

# Rasa prints a great deal while it trains; these lines tell what it is at.
TRAINING_STAGE = re.compile(r"Starting to train component '(\w+)'")


class TrainingFailed(AisleError):
    """The assistant could not be trained."""

    code = "training_failed"


def open_prepared(settings: Settings) -> Shop:
    """The shop with its secrets made and its schema current, whatever the state directory held before."""
    ensure_secrets(settings.state_dir)
    shop = open_shop(settings)
    migrate(shop.database)
    return shop


def prepare(settings: Settings, shoppers: int | None = None) -> None:
    """Do what is still missing: demo data into an empty database, lexicon, recommender, assistant.

    The assistant trains from the project's files alone, so it does so beside the import.
    """
    shop = open_prepared(settings)
    with jobs() as show, ThreadPoolExecutor(1) as pool:
        assistant = pool.submit(train_assistant, settings, show.start("Assistant"))
        _prepare_data(shop, shoppers, show)
        assistant.result()
    shop.database.close()


def train(settings: Settings) -> None:
    """Train the recommender and the assistant anew from the database and the project's files."""
    shop = open_prepared(settings)
    with jobs() as show, ThreadPoolExecutor(1) as pool:
        assistant = pool.submit(train_assistant, settings, show.start("Assistant"), force=True)
        write_lexicon(shop.database, settings.catalogue_path)
        train_recommender(shop, show.start("Recommender"))
        assistant.result()
    shop.database.close()


def train_assistant(settings: Settings, report: Report, *, force: bool = False) -> None:
    """Train Rasa in its own environment; left alone when its newest model is of the same files.

    Raises:
        TrainingFailed: with the last line that Rasa's environment said.
    """
    command = [str(NLU_PYTHON), "-m", "nlu.train", *(["--force"] if force else [])]
    environment = settings.environment()
    last = ""
    with subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        for number, line in enumerate(process.stderr or ()):
            last = line.strip() or last
            if stage := TRAINING_STAGE.search(line):
                report(stage[1], min(0.1 + number / 200, 0.9))
    if process.returncode:
        raise TrainingFailed(f"the assistant could not be trained: {last}")
    report("ready", 1.0)


def _prepare_data(shop: Shop, shoppers: int | None, show: Jobs) -> None:
    settings = shop.settings
    if is_empty(shop.database):
        report = load_demo_shop(
            shop.database,
            state_dir=settings.state_dir,
            now=shop.now(),
            shoppers=shoppers,
            progress=show.start("Demo shop"),
        )
        console.print(report.summary())
    if not settings.catalogue_path.exists():
        write_lexicon(shop.database, settings.catalogue_path)
    if current_version(settings.recommender_dir) is None:
        train_recommender(shop, show.start("Recommender"))
