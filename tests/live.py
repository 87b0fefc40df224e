"""The live system for tests: `./aisle up` on a small state of its own, the way a shop would start it."""

import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shop.settings import PROJECT_ROOT, Settings
from shop.storage.database import Database

READY = re.compile(r"Aisle is ready: (http://\S+)")
READY_WITHIN_S = 420
SHOPPERS = 300


@dataclass(frozen=True)
class LiveAisle:
    """A running Aisle: where it answers, and where it keeps what it knows."""

    url: str
    state: Path
    process: subprocess.Popen[str]

    @property
    def settings(self) -> Settings:
        """The settings with which it runs, as far as tests need them."""
        return Settings(state_dir=self.state)

    def open_database(self) -> Database:
        """A second handle on its database, to see what really was stored."""
        return Database(self.settings.url)


def start_aisle(state: Path, *arguments: str) -> LiveAisle:
    """Run `./aisle up` and wait for its ready line.

    Raises:
        RuntimeError: with everything that it printed, when it ends or stays silent instead.
    """
    command = [str(PROJECT_ROOT / "aisle"), "up", "--port", "0", "--state", str(state), *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AISLE_")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    watchdog = threading.Timer(READY_WITHIN_S, process.kill)
    watchdog.start()
    said = []
    for line in process.stdout or ():
        said.append(line)
        if match := READY.search(line):
            watchdog.cancel()
            threading.Thread(target=lambda: [None for _ in process.stdout or ()], daemon=True).start()
            return LiveAisle(match[1], state, process)
    watchdog.cancel()
    raise RuntimeError("./aisle up did not get ready:\n" + "".join(said))


def stop_aisle(aisle: LiveAisle) -> int:
    """Stop it as Ctrl-C would; the exit code."""
    aisle.process.send_signal(signal.SIGINT)
    return aisle.process.wait(timeout=30)


@pytest.fixture(scope="session")
def live_aisle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveAisle]:
    """One live system for the whole run, with the demo shop of 300 shoppers."""
    aisle = start_aisle(tmp_path_factory.mktemp("state"), "--shoppers", str(SHOPPERS))
    yield aisle
    stop_aisle(aisle)
