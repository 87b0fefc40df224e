"""Pins the version of Rasa, and the code of Rasa that the changes stand on."""

import hashlib
import inspect
from typing import Any

import jsonschema
import pytest
from rasa.core import agent as rasa_agent
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.exceptions import RasaException

from nlu import rasa_patches
from nlu.errors import ActionFailed, TrackerFailed

STOCK = {
    "RemoteAction.run": (rasa_patches._stock_run_remote_action, "ccabf6f1160d527a"),
    "MessageProcessor._run_action": (rasa_patches._stock_run_action, "6d383d0179ef1187"),
    "MessageProcessor.run_action_extract_slots": (
        rasa_patches._stock_run_action_extract_slots,
        "ff52049be97dde87",
    ),
    "MessageProcessor.handle_message": (MessageProcessor.handle_message, "0c41d4780d2d4676"),
    "MessageProcessor._handle_message_with_tracker": (
        MessageProcessor._handle_message_with_tracker,
        "f42e1ae303933d9f",
    ),
    "RemoteAction._utter_responses": (RemoteAction._utter_responses, "7a3bd35c97900bf6"),
    "FailSafeTrackerStore": (FailSafeTrackerStore, "84833481b14c2271"),
    "Agent._create_tracker_store": (Agent._create_tracker_store, "97499b594b45581b"),
    "Domain.from_yaml": (Domain.from_yaml, "6b0dd11fb3c67de4"),
    "YAMLStoryReader.unpack_regex_message": (YAMLStoryReader.unpack_regex_message, "bf81f8a66c2c3e52"),
}
EVENT = {"event": "slot", "name": "category", "value": "milk"}
REPLIES: list[Any] = [
    {"events": [], "responses": []},
    {"events": [EVENT], "responses": [{"text": "hi"}]},
    {"events": [{**EVENT, "timestamp": None}], "responses": []},
    {"events": [{"event": "followup", "name": "action_listen"}], "responses": []},
    {"events": [{"event": "no such event"}], "responses": []},
    {"events": [{"event": "slot"}], "responses": []},
    {"events": {}, "responses": []},
    {"events": [], "responses": ["hi"]},
    [],
    None,
    "ok",
]


@pytest.mark.parametrize("name", STOCK)
def test_rasas_code_is_the_code_that_the_changes_were_written_for(name: str) -> None:
    code, digest = STOCK[name]
    assert hashlib.sha256(inspect.getsource(code).encode()).hexdigest()[:16] == digest


def test_another_version_of_rasa_is_refused_loudly() -> None:
    with pytest.raises(rasa_patches.WrongRasaVersion, match=r"3\.6\.21.*3\.6\.22"):
        rasa_patches.apply(version="3.6.22")


def test_applying_twice_changes_nothing() -> None:
    rasa_patches.apply()
    changed = (RemoteAction.run, MessageProcessor._run_action, rasa_agent.FailSafeTrackerStore)
    rasa_patches.apply()
    assert changed == (RemoteAction.run, MessageProcessor._run_action, rasa_agent.FailSafeTrackerStore)


@pytest.mark.parametrize("reply", REPLIES, ids=repr)
def test_the_compiled_validator_judges_as_rasas_does(reply: Any) -> None:
    schema = RemoteAction.action_response_format_spec()
    try:
        jsonschema.validate(reply, schema)
        stock = True
    except jsonschema.ValidationError:
        stock = False
    assert rasa_patches.action_reply_validator().is_valid(reply) is stock


@pytest.mark.parametrize("reply", [{}, {"events": []}, {"responses": []}])
def test_a_reply_without_events_or_responses_is_refused(reply: Any) -> None:
    action = RemoteAction("action_x", None)
    with pytest.raises(ActionFailed, match="action_x answered with a wrong schema"):
        rasa_patches._validate_action_result(action, reply)


def test_a_stored_domain_is_trusted_only_while_it_is_loaded() -> None:
    wrong = "version: '3.1'\nintents: [greet]\nsession_config: {session_expiration_time: -5}"
    with rasa_patches.trusted_domain():
        assert "greet" in Domain.from_yaml(wrong).intents
    with pytest.raises(RasaException):
        Domain.from_yaml(wrong)


def test_a_store_that_fails_is_not_hidden() -> None:
    class Broken(InMemoryTrackerStore):
        async def retrieve(self, sender_id: str) -> Any:
            raise OSError("gone\n[parameters: private]")

    store = rasa_patches.HonestTrackerStore(Broken(None))
    with pytest.raises(TrackerFailed, match=r"OSError: gone$"):
        store.retrieve("c").send(None)
