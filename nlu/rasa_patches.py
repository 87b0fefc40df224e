"""Every change that Aisle makes to Rasa's own code, for exactly one version of Rasa.

Stock Rasa logs a failed action and goes on as if it had run, answers from a blank tracker when the store is
down, and checks every action reply against a schema that it compiles anew each time. `apply` changes these
three things; the channel and the runner call it before an agent is made. tests/nlu/test_rasa_patches.py pins
the code that is changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import jsonschema
import rasa
from rasa.core import agent as rasa_agent
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.utils import validation

from nlu.errors import ActionFailed, TrackerFailed

RASA_VERSION = "3.6.21"


class WrongRasaVersion(RuntimeError):
    """The installed Rasa is not the one whose code these changes were written for."""


# The stock code that is called from, or replaced by, the changed code.
_stock_run_remote_action = RemoteAction.run
_stock_run_action = MessageProcessor._run_action
_stock_run_action_extract_slots = MessageProcessor.run_action_extract_slots


def apply(version: str = rasa.__version__) -> None:
    """Put the changes into Rasa's modules; calling it again changes nothing.

    Raises:
        WrongRasaVersion: Rasa is of another version than `RASA_VERSION`.
    """
    if version != RASA_VERSION:
        raise WrongRasaVersion(f"nlu/rasa_patches.py is written for Rasa {RASA_VERSION}, found {version}")
    RemoteAction._validate_action_result = _validate_action_result
    RemoteAction.run = _run_remote_action
    MessageProcessor._run_action = _run_action
    MessageProcessor.run_action_extract_slots = _run_action_extract_slots
    rasa_agent.FailSafeTrackerStore = HonestTrackerStore


@contextmanager
def trusted_domain() -> Iterator[None]:
    """Load a model without checking its domain against Rasa's schema: training has, and it takes a second."""
    stock_validate = validation.validate_yaml_schema
    validation.validate_yaml_schema = lambda *_: None
    try:
        yield
    finally:
        validation.validate_yaml_schema = stock_validate


@cache
def action_reply_validator() -> jsonschema.protocols.Validator:
    """Return the validator of action replies, compiled once: Rasa's schema with both its keys required."""
    schema = {**RemoteAction.action_response_format_spec(), "required": ["events", "responses"]}
    return jsonschema.validators.validator_for(schema)(schema)


def _validate_action_result(self: RemoteAction, result: Any) -> bool:
    error = jsonschema.exceptions.best_match(action_reply_validator().iter_errors(result))
    if error is not None:
        raise ActionFailed(f"action {self.name()} answered with a wrong schema: {error.message[:200]}")
    return True


async def _run_remote_action(self: RemoteAction, *arguments: Any) -> Any:
    """Run a custom action; whatever goes wrong is an ActionFailed, which Rasa does not take for its own."""
    try:
        return await _stock_run_remote_action(self, *arguments)
    except (ActionExecutionRejection, ActionFailed):
        raise
    except Exception as error:
        raise ActionFailed(f"action {self.name()} failed: {_reason(error)}") from error


def _reason(error: BaseException) -> str:
    """Describe an error with its cause, since Rasa wraps what the connection said.

    Only first lines: SQLAlchemy goes on with the statement and its values, which are the shopper's.
    """
    told = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:300]
    return f"{told} ({_reason(error.__cause__)})" if error.__cause__ else told


class _WatchedAction:
    """An action that remembers what its run raised, because the processor's `_run_action` swallows it."""

    def __init__(self, action: Any) -> None:
        self._action = action
        self.error: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *arguments: Any) -> Any:
        try:
            return await self._action.run(*arguments)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            self.error = error
            raise


async def _run_action(self: MessageProcessor, action: Any, *arguments: Any, **options: Any) -> bool:
    watched = _WatchedAction(action)
    go_on: bool = await _stock_run_action(self, watched, *arguments, **options)
    if isinstance(watched.error, ActionFailed):
        raise watched.error
    if watched.error is not None:
        raise ActionFailed(f"action {action.name()} failed: {_reason(watched.error)}") from watched.error
    return go_on


async def _run_action_extract_slots(self: MessageProcessor, output_channel: Any, tracker: Any) -> Any:
    """Let an output channel that has `begin_turn` see the tracker right after the shopper's message was
    logged.
    """
    begin_turn = getattr(output_channel, "begin_turn", None)
    if begin_turn is not None:
        begin_turn(tracker)
    return await _stock_run_action_extract_slots(self, output_channel, tracker)


class HonestTrackerStore(FailSafeTrackerStore):
    """Takes the place of Rasa's fail-safe store: an error of the real store ends the turn instead of being
    hidden.
    """

    def on_tracker_store_error(self, error: Exception) -> None:
        raise TrackerFailed(f"the tracker store failed: {_reason(error)}") from error

    on_tracker_store_retrieve_error = on_tracker_store_error
