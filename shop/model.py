"""The trained recommender as the processes see it: opened at first need, switched when published."""

import threading
from pathlib import Path

from recommender import ArtefactError, Recommender
from recommender.artefact import current_version, open_current
from shop.availability import AvailabilityCache
from shop.errors import Unavailable


class ModelHandle:
    """The recommender that serves, and what its items cost and have in stock, for one process.

    Opening happens in the thread that asks first, with others waiting; afterwards a new version costs one
    small read per question to notice. A version that cannot be opened leaves the one that serves in place.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.availability = AvailabilityCache()
        self._lock = threading.Lock()
        self._model: Recommender | None = None
        self._refused: str | None = None

    def current(self) -> Recommender:
        """The recommender that serves now.

        Raises:
            Unavailable: nothing was trained yet (code `model_not_trained`), or what was cannot be opened
                (code `model_damaged`).
        """
        version = self._published()
        model = self._model
        if model is not None and version in (model.version, self._refused):
            return model
        with self._lock:
            return self._switch(version)

    def _published(self) -> str | None:
        try:
            return current_version(self.directory)
        except ArtefactError:
            return self._refused

    def _switch(self, version: str | None) -> Recommender:
        serving = self._model
        if serving is not None and version in (serving.version, self._refused, None):
            return serving
        if version is None:
            raise Unavailable(
                f"no recommender in {self.directory}; run ./aisle train", code="model_not_trained"
            )
        try:
            self._model = open_current(self.directory)
        except ArtefactError as error:
            self._refused = version
            if serving is None:
                raise Unavailable(
                    f"the recommender cannot be opened: {error}", code="model_damaged"
                ) from error
            return serving
        self._model.warm()
        return self._model
