"""Tells how far an import is, and how long its stages took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

Progress = Callable[[str, float], None]
"""Is told the stage that begins, and the share of the whole that is done, from 0 to 1."""


def silent(stage: str, share: float) -> None:
    """Progress that nobody wants to see."""


class Stages:
    """Announces stages to a `Progress` and keeps their `seconds`."""

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str, share: float) -> Iterator[None]:
        """Time the block under `name`; `share` of the import is done when it begins."""
        self._progress(name, share)
        started = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - started

    def done(self) -> None:
        """Say that all is done."""
        self._progress("done", 1.0)
