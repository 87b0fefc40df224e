"""Rasa component: extracts the live catalogue's names, amounts of all kinds, days, order numbers and e-mails.

The shop writes the catalogue's names to a file (see nlu/lexicon.py for its shape, nlu/settings.py for its
place); a newer file is taken up without a restart. Without a usable file the component finds amounts only,
and says so in the log once.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.amounts import find_amounts, find_emails
from nlu.catalogue_matcher import CatalogueMatcher
from nlu.found import Found
from nlu.lexicon import NO_LEXICON, LexiconError, read_lexicon
from nlu.settings import Settings

logger = logging.getLogger(__name__)

# Makes the readers of dates and of misspelled words load what they need before a shopper waits for it.
WARMING_UP = "yesterday, choclatte, two, 昨天二十块"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CatalogueEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Adds entities category, brand, product, department and colour (a name of the catalogue), order_id and
    email (texts), date (ISO), size ("24 oz"), quantity (a whole number), price_min and price_max (numbers)
    and price_currency (an ISO 4217 code).
    """

    def __init__(self, live: "LiveMatcher") -> None:
        self._live = live

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options. `path`: the lexicon file; None takes it from the settings."""
        return {"path": None}

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's signature
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> "CatalogueEntityExtractor":
        """Make the component with the catalogue as it stands now."""
        live = LiveMatcher(Path(config["path"] or Settings.from_environment().catalogue))
        live.find(WARMING_UP)
        return cls(live)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found in each message's text to those it has."""
        for message in messages:
            found = self._live.find(message.get(TEXT) or "")
            entities = self.add_extractor_name([_entity(each) for each in found])
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages


def _entity(found: Found) -> dict[str, Any]:
    return found._asdict()


class LiveMatcher:
    """The matcher of the newest lexicon file. It is read at the start, and again in a thread whenever the
    file changes.

    today: the day that "yesterday" is counted from.
    """

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today
        self._matcher = CatalogueMatcher(NO_LEXICON)
        self._seen: tuple[int, int, int] | None = None
        self._loading: threading.Thread | None = None
        self._load(self._stamp())

    def find(self, text: str) -> list[Found]:
        """Return the entities of a text in its order; spaCy forgets afterwards which words were new to it."""
        self._take_up_changes()
        matcher = self._matcher
        with matcher.language.memory_zone():
            doc = matcher.language.make_doc(text)
            named = find_emails(text)
            named += matcher.find(doc, named)
            return sorted(named + find_amounts(doc, named, self._today()), key=lambda found: found.start)

    def wait(self) -> None:
        """Wait until a reading of the file that is under way has ended."""
        if self._loading is not None:
            self._loading.join()

    def _take_up_changes(self) -> None:
        stamp = self._stamp()
        if stamp != self._seen and not (self._loading and self._loading.is_alive()):
            self._loading = threading.Thread(target=self._load, args=(stamp,), name="catalogue", daemon=True)
            self._loading.start()

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _load(self, stamp: tuple[int, int, int] | None) -> None:
        """Compile the file and swap it in; a file that cannot be used leaves what is there, with one line in
        the log.
        """
        self._seen = stamp
        try:
            self._matcher = CatalogueMatcher(read_lexicon(self._path))
        except FileNotFoundError:
            logger.warning("No catalogue at %s: no catalogue entities until there is one", self._path)
        except (OSError, LexiconError) as error:
            logger.error("The catalogue was not taken up: %s", error)
        else:
            logger.info("Catalogue %s taken up", self._matcher.version)
