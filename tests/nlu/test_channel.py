"""The channel over real HTTP, with a trained bot and an action server in good and bad health."""

import json
import sqlite3
import threading
import time
import urllib.request
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.nlu.fake_actions import MODES, FakeActionServer
from tests.nlu.live import ACTIONS_SECRET, LiveRasa, environment, fetch, serve


@pytest.fixture
def conversation() -> str:
    return uuid.uuid4().hex[:22]


def test_a_text_gets_a_reply_and_the_facts_of_the_turn(rasa: LiveRasa, conversation: str) -> None:
    status, answer = rasa.turn(conversation, "hello")
    assert status == 200
    assert answer["messages"] == [{"kind": "text", "text": "Hello! What are you looking for?"}]
    facts = answer["facts"]
    assert facts["intent"]["name"] == "greet"
    assert facts["intent"]["confidence"] > 0.5
    assert facts["ranking"][0]["name"] == "greet"
    assert len(facts["ranking"]) == 3
    assert facts["actions"] == ["utter_greet"]
    assert facts["committed"] is True
    assert facts["model"].startswith("aisle-")


def test_a_conversation_starts_in_its_locale(rasa: LiveRasa, conversation: str) -> None:
    _, answer = rasa.turn(conversation, "hello", metadata={"locale": "zh"})
    assert answer["messages"][0]["text"] == "您好！您想找什么？"


def test_a_card_comes_whole_with_the_response_merged_in(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer
) -> None:
    status, answer = rasa.turn(conversation, "do you have milk under $5", metadata={"shopper_id": "7"})
    assert status == 200
    [message] = answer["messages"]
    assert (message["kind"], message["slate_id"], message["text"]) == ("slate", "s1", "1 results for milk:")
    assert message["items"] == [{"item_id": "1", "name": "Milk {1 gallon}", "price": 2.5}]
    assert {(e["entity"], e["value"]) for e in answer["facts"]["entities"]} == {
        ("category", "milk"),
        ("price_max", 5),
        ("price_currency", "USD"),
    }
    [call] = action_server.calls
    told = call["tracker"]["latest_message"]["metadata"]
    assert told == {
        "shopper_id": "7",
        "locale": "en",
        "channel": "widget",
        "turn_id": answer["turn_id"],
        "conversation_id": conversation,
    }
    assert action_server.authorizations[-1] == f"Bearer {ACTIONS_SECRET}"
    assert "domain" not in call


def test_buttons_go_out_structured_and_come_back_structured(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer
) -> None:
    status, answer = rasa.turn(conversation, "what are my choices")
    assert status == 200, answer
    [message] = answer["messages"]
    pressed = {"intent": "find_product", "entities": {"category": "milk", "price_max": 5}}
    assert message["buttons"] == [
        {"title": "Milk", **pressed},
        {"title": "Strawberries", "intent": "find_product", "entities": {"category": "strawberries"}},
        {"title": "Leave it", "intent": "goodbye", "entities": {}},
    ]
    status, answer = rasa.turn(conversation, button=pressed)
    assert (status, answer["facts"]["intent"]) == (200, {"name": "find_product", "confidence": 1.0})
    assert action_server.calls[-1]["tracker"]["slots"]["price_max"] == 5


@pytest.mark.parametrize(
    "typed", ["/goodbye", "\u3000/goodbye", '/find_product{"category": "milk"}', "//goodbye"]
)
def test_typed_intents_are_only_words(rasa: LiveRasa, conversation: str, typed: str) -> None:
    _, answer = rasa.turn(conversation, typed)
    assert answer["facts"]["intent"]["confidence"] < 1.0
    assert all("start" in entity for entity in answer["facts"]["entities"])


def test_a_form_collects_its_slots(rasa: LiveRasa, conversation: str) -> None:
    said = ["how do I return an order", "order A1234567", "it was broken"]
    texts = [rasa.turn(conversation, text)[1]["messages"][-1]["text"] for text in said]
    assert texts == [
        "Which order?",
        "Why do you want to return it?",
        "Order A1234567 can be sent back: it was broken.",
    ]


@pytest.mark.parametrize("mode", [*MODES, "closing"])
def test_a_failing_action_server_is_an_error_and_leaves_no_trace(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer, mode: str
) -> None:
    action_server.mode = mode
    status, answer = rasa.turn(conversation, "do you have milk")
    assert (status, answer["error"]["code"]) == (502, "action_failed"), answer
    assert answer["facts"]["intent"]["name"] == "find_product"
    assert answer["facts"]["actions"] == ["action_find"]
    assert answer["facts"]["committed"] is False
    action_server.mode = None
    assert rasa.turn(conversation, "do you have milk")[0] == 200
    events = action_server.calls[-1]["tracker"]["events"]
    assert sum(event["event"] == "user" for event in events) == 1


def test_a_slow_action_server_is_given_up_after_three_seconds(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer
) -> None:
    action_server.mode = "slow"
    started = time.monotonic()
    status, answer = rasa.turn(conversation, "do you have milk")
    assert (status, answer["error"]["code"]) == (502, "action_failed")
    assert 2.9 < time.monotonic() - started < 4.0


def test_a_failing_form_validation_is_an_error(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer
) -> None:
    rasa.turn(conversation, "how do I return an order")
    action_server.mode = "error_500"
    status, answer = rasa.turn(conversation, "order A1234567")
    assert (status, answer["error"]["code"]) == (502, "action_failed")


def test_a_turn_without_a_message_is_an_error(rasa: LiveRasa, conversation: str) -> None:
    status, answer = rasa.turn(conversation, "do not say anything")
    assert (status, answer["error"]["code"]) == (502, "empty_turn")
    assert answer["facts"]["actions"] == ["action_silent"]
    assert answer["facts"]["committed"] is True


def test_a_tracker_store_in_use_is_an_error_and_the_turn_leaves_no_trace(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer
) -> None:
    rasa.turn(conversation, "hello")
    with closing(sqlite3.connect(rasa.tracker, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, answer = rasa.turn(conversation, "hello")
    assert (status, answer["error"]["code"]) == (503, "tracker_failed")
    assert answer["facts"]["committed"] is False
    assert rasa.turn(conversation, "do you have milk")[0] == 200
    events = action_server.calls[-1]["tracker"]["events"]
    assert [event["text"] for event in events if event["event"] == "user"] == ["hello", "do you have milk"]


class SavedMeanwhile(list[Any]):
    """The calls of an action server that lets another writer save the conversation first."""

    def __init__(self, tracker: Path) -> None:
        super().__init__()
        self._tracker = tracker

    def append(self, call: Any) -> None:
        with closing(sqlite3.connect(self._tracker, isolation_level=None)) as other:
            saved = "UPDATE tracker_conversations SET version = version + 1 WHERE sender_id = ?"
            assert other.execute(saved, [call["sender_id"]]).rowcount == 1
        super().append(call)


def test_a_turn_on_what_is_stale_by_now_is_an_error(
    rasa: LiveRasa, conversation: str, action_server: FakeActionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if a second Rasa had the same conversation."""
    rasa.turn(conversation, "hello")
    with monkeypatch.context() as during:
        during.setattr(action_server, "calls", SavedMeanwhile(rasa.tracker))
        status, answer = rasa.turn(conversation, "do you have milk")
    assert (status, answer["error"]["code"]) == (503, "tracker_failed")
    assert answer["facts"]["committed"] is False
    assert rasa.turn(conversation, "do you have milk")[0] == 200
    events = action_server.calls[-1]["tracker"]["events"]
    assert [event["text"] for event in events if event["event"] == "user"] == ["hello", "do you have milk"]


def test_the_secret_is_asked_for(rasa: LiveRasa) -> None:
    for secret in (None, "", "wrong", "é" * 9):
        status, answer = rasa.post(b"{}", secret and secret.encode().decode("latin-1"))
        assert (status, answer["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"button": {"intent": "no_such_intent"}}, "button.intent"),
        (
            {"button": {"intent": "greet", "entities": {"no_such_entity": 1}}},
            "button.entities.no_such_entity",
        ),
        ({"text": " \n "}, "text"),
        ({"text": "hello", "metadata": {"locale": "fr"}}, "metadata.locale"),
    ],
)
def test_a_bad_request_names_its_field(
    rasa: LiveRasa, conversation: str, fields: dict[str, object], field: str
) -> None:
    status, answer = rasa.turn(conversation, **fields)  # type: ignore[arg-type]
    assert (status, answer["error"]["code"], answer["error"]["field"]) == (400, "bad_request", field)


def test_too_long_a_text_is_refused(rasa: LiveRasa, conversation: str) -> None:
    assert rasa.turn(conversation, "牛" * 2000)[0] == 200
    for text in ("a" * 2001, "a" * 40_000, "a" * 100_000):
        status, answer = rasa.turn(conversation, text)
        assert (status, answer["error"]["code"]) == (413, "text_too_long")


def test_turns_of_one_conversation_do_not_mix(rasa: LiveRasa, conversation: str) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(rasa.turn(conversation, "hello")[0])) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200, 200]


def test_nothing_but_the_channel_and_health_is_served(rasa: LiveRasa) -> None:
    assert fetch(f"{rasa.url}/health")[1]["status"] == "ready"
    for path in (
        "/",
        "/version",
        "/status",
        "/conversations/x/tracker",
        "/model/parse",
        "/webhooks/rest/webhook",
    ):
        status, answer = fetch(rasa.url + path)
        assert (status, answer["error"]["code"]) == (404, "not_found")
    status, answer = fetch(urllib.request.Request(f"{rasa.url}/webhooks/aisle/turn"))
    assert (status, answer["error"]["code"]) == (405, "method_not_allowed")


def test_an_action_server_that_is_down_is_an_error(
    model: Path, catalogue_file: Path, tmp_path: Path, conversation: str
) -> None:
    """Also shows that an assistant whose model is loading says so."""
    log = tmp_path / "rasa.log"
    settings = environment("http://127.0.0.1:9/webhook", tmp_path / "tracker.db", catalogue_file)
    process, url = serve(model, settings, log)
    live = LiveRasa(process, url, tmp_path / "tracker.db")
    seen: list[tuple[int, str]] = []
    limit = time.monotonic() + 60
    while time.monotonic() < limit and (not seen or seen[-1][0] == 503):
        try:
            status, answer = live.turn(conversation, "do you have milk")
            seen.append((status, answer["error"]["code"]))
        except OSError:
            time.sleep(0.05)
    process.terminate()
    assert process.wait(10) == 0
    assert set(seen[:-1]) <= {(503, "model_not_ready")}
    assert seen[-1] == (502, "action_failed"), log.read_text()


def test_answers_are_json_of_the_agreed_encoding(rasa: LiveRasa, conversation: str) -> None:
    body = json.dumps(
        {"conversation_id": conversation, "turn_id": "t", "text": "hello", "metadata": {"locale": "zh"}}
    )
    request = urllib.request.Request(
        f"{rasa.url}/webhooks/aisle/turn",
        data=body.encode(),
        headers={"Authorization": "Bearer the tests' own secret"},
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["content-type"] == "application/json"
        assert "您好" in answer.read().decode("utf-8")
