"""Loads the trained assistant."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from sqlalchemy import event

from nlu import rasa_patches
from nlu.action_endpoint import ActionEndpoint
from nlu.settings import Settings


def load_agent(model: Path, settings: Settings) -> Agent:
    """Return an agent with the model, the tracker store and the action endpoint of the settings, fit to be
    served.
    """
    rasa_patches.apply()
    agent = Agent(
        tracker_store=_tracker_store(settings.tracker_url), action_endpoint=_action_endpoint(settings)
    )
    with rasa_patches.trusted_domain():
        agent.load_model(str(model))
    return agent


def load_for_parsing(model: Path) -> Agent:
    """Return an agent that can parse sentences: no tracker store, no action server."""
    agent = Agent()
    with rasa_patches.trusted_domain():
        agent.load_model(str(model))
    return agent


def _tracker_store(url: str) -> TrackerStore:
    path = url.removeprefix("sqlite:///")
    if path != url:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    store = SQLTrackerStore(host=url)
    if path != url:
        event.listen(store.engine, "connect", _overwrite_what_is_deleted)
        store.engine.dispose()  # the connection that made the tables knows nothing of it
    return store


def _overwrite_what_is_deleted(connection: Any, _record: Any) -> None:
    """An erased conversation must not be found in the file's free pages; see shop/storage/trackers.py."""
    connection.execute("PRAGMA secure_delete=ON")


def _action_endpoint(settings: Settings) -> ActionEndpoint:
    return ActionEndpoint(settings.actions_url, settings.actions_secret, settings.action_deadline)
