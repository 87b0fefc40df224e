"""Loads the trained assistant."""

from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.model import get_latest_model

from nlu import rasa_patches
from nlu.action_endpoint import ActionEndpoint
from nlu.settings import Settings

MODELS = Path("models")


class NoModel(FileNotFoundError):
    """There is no trained model at the path."""


def find_model(path: Path) -> Path:
    """Return the model file that `path` is, or the newest one in the folder that it is.

    Raises:
        NoModel: neither.
    """
    found = get_latest_model(str(path)) if path.is_dir() else path
    if found is None or not Path(found).is_file():
        raise NoModel(f"no trained model at {path}: train one with `python -m nlu.train`")
    return Path(found)


def load_agent(model: Path, settings: Settings) -> Agent:
    """Return an agent with the model, the tracker store and the action endpoint of the settings, fit to be served."""
    rasa_patches.apply()
    agent = Agent(tracker_store=_tracker_store(settings.tracker_url), action_endpoint=_action_endpoint(settings))
    agent.load_model(str(model))
    return agent


def load_for_parsing(model: Path) -> Agent:
    """Return an agent that can parse sentences: no tracker store, no action server."""
    agent = Agent()
    agent.load_model(str(model))
    return agent


def _tracker_store(url: str) -> TrackerStore:
    path = url.removeprefix("sqlite:///")
    if path != url:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return SQLTrackerStore(host=url)


def _action_endpoint(settings: Settings) -> ActionEndpoint:
    return ActionEndpoint(settings.actions_url, settings.actions_secret, settings.action_deadline)
