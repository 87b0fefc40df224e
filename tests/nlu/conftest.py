"""A small bot, trained once for each change of it, and a real Rasa process that serves it."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlu.train import train
from tests.nlu.fake_actions import FakeActionServer
from tests.nlu.live import BOT, LiveRasa, environment, serve, wait_until_ready

TERMS = [
    {"entity": "category", "value": "milk", "forms": {"en": ["milk", "fluid milk"], "zh": ["牛奶"]}},
    {"entity": "category", "value": "strawberries", "forms": {"en": ["strawberries"], "zh": ["草莓"]}},
    {"entity": "category", "value": "batteries", "forms": {"en": ["batteries"]}},
    {"entity": "product", "value": "white-milk-gallon", "forms": {"en": ["White milk, 1 gallon"]}},
    {"entity": "product", "value": "duracell-aa", "forms": {"en": ["AA Batteries (4-pack)"]}},
    {"entity": "brand", "value": "m&m", "forms": {"en": ["M&M's"]}},
    {"entity": "department", "value": "dairy", "forms": {"en": ["dairy", "milk"]}},
]


@pytest.fixture(scope="session")
def catalogue_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.json"
    path.write_text(json.dumps({"version": "tests", "terms": TERMS}))
    return path


@pytest.fixture(scope="session")
def model() -> Path:
    """Return the trained small bot; kept between runs, under its fingerprint."""
    kept = Path(tempfile.gettempdir()) / "aisle-nlu-tests"
    return train(BOT / "config.yml", BOT / "domain.yml", BOT / "data", kept)[0]


@pytest.fixture(scope="session")
def action_server() -> Iterator[FakeActionServer]:
    server = FakeActionServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _served(
    model: Path,
    action_server: FakeActionServer,
    catalogue_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveRasa]:
    folder = tmp_path_factory.mktemp("rasa")
    tracker, log = folder / "tracker.db", folder / "rasa.log"
    process, url = serve(model, environment(action_server.url, tracker, catalogue_file), log)
    wait_until_ready(process, url, log)
    yield LiveRasa(process, url, tracker)
    process.terminate()
    assert process.wait(10) == 0, log.read_text()


@pytest.fixture
def rasa(_served: LiveRasa, action_server: FakeActionServer) -> Iterator[LiveRasa]:
    """Return the served bot with an action server that behaves until a test says otherwise."""
    action_server.mode, action_server.reply = None, None
    action_server.calls.clear()
    yield _served
    action_server.mode = None
