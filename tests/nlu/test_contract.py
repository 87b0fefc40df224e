"""The nlu side of tests/contracts: the examples fit the schemas, and the live channel takes and gives what
they say.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nlu import rasa_patches
from nlu.lexicon import read_lexicon
from nlu.messages import messages_of
from tests.nlu.fake_actions import FakeActionServer
from tests.nlu.live import ROOT, LiveRasa

CONTRACTS = ROOT / "tests/contracts"
SCHEMA = json.loads((CONTRACTS / "turn.schema.json").read_text())


def examples(folder: str) -> list[Any]:
    files = sorted((CONTRACTS / folder).glob("*.json"))
    assert files, folder
    return [pytest.param(file, id=file.stem) for file in files]


def load(file: Path) -> Any:
    return json.loads(file.read_text())


def validator(part: str) -> jsonschema.Draft202012Validator:
    """Return the validator of request, answer, error or another part of the schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]})


@pytest.mark.parametrize("file", examples("answers"))
def test_answers_fit_the_schema(file: Path) -> None:
    validator("answer").validate(load(file))


@pytest.mark.parametrize("file", examples("errors"))
def test_errors_fit_the_schema(file: Path) -> None:
    validator("error").validate(load(file))


@pytest.mark.parametrize("file", examples("requests"))
def test_the_live_channel_takes_the_requests(
    rasa: LiveRasa, action_server: FakeActionServer, file: Path
) -> None:
    request = load(file)
    validator("request").validate(request)
    action_server.reply = load(CONTRACTS / "action_replies/slate.json")
    status, answer = rasa.post(json.dumps(request).encode())
    action_server.reply = None
    assert status == 200, answer
    assert answer["turn_id"] == request["turn_id"]
    validator("answer").validate(answer)


@pytest.mark.parametrize("file", examples("refused"))
def test_the_live_channel_refuses_what_is_to_be_refused(rasa: LiveRasa, file: Path) -> None:
    refused = load(file)
    status, answer = rasa.post(json.dumps(refused["request"]).encode())
    validator("error").validate(answer)
    told = {"status": status, "code": answer["error"]["code"], "field": answer["error"].get("field")}
    assert told == {key: refused.get(key) for key in told}


@pytest.mark.parametrize("mode", ["error_500", "closing"])
def test_the_live_channels_errors_fit_the_schema(
    rasa: LiveRasa, action_server: FakeActionServer, mode: str
) -> None:
    action_server.mode = mode
    _, answer = rasa.turn("contract", "do you have milk")
    validator("error").validate(answer)


@pytest.mark.parametrize("file", examples("action_replies"))
def test_rasa_takes_the_action_replies(file: Path) -> None:
    reply = load(file)
    rasa_patches.action_reply_validator().validate(reply)
    for response in reply["responses"]:
        for message in messages_of(response):
            validator("message").validate(message)


@pytest.mark.parametrize("file", examples("catalogues"))
def test_the_extractor_takes_the_catalogues(file: Path) -> None:
    jsonschema.validate(load(file), load(CONTRACTS / "catalogue.schema.json"))
    assert read_lexicon(file).terms
