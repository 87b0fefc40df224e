"""Loads the trained assistant."""

from pathlib import Path

from rasa.core.agent import Agent

from nlu import rasa_patches
from nlu.action_endpoint import ActionEndpoint
from nlu.settings import Settings
from nlu.tracker_store import WindowTrackerStore


def load_agent(model: Path, settings: Settings) -> Agent:
    """Return an agent with the model, the tracker store and the action endpoint of the settings, fit to be
    served.
    """
    rasa_patches.apply()
    agent = Agent(tracker_store=_tracker_store(settings), action_endpoint=_action_endpoint(settings))
    with rasa_patches.trusted_domain():
        agent.load_model(str(model))
    return agent


def load_for_parsing(model: Path) -> Agent:
    """Return an agent that can parse sentences: no tracker store, no action server."""
    agent = Agent()
    with rasa_patches.trusted_domain():
        agent.load_model(str(model))
    return agent


def _tracker_store(settings: Settings) -> WindowTrackerStore:
    return WindowTrackerStore(host=settings.tracker_url)


def _action_endpoint(settings: Settings) -> ActionEndpoint:
    return ActionEndpoint(settings.actions_url, settings.actions_secret, settings.action_deadline)
