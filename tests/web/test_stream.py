import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from shop import conversations
from tests.web.conftest import Visitor, Web
from tests.web.fake_rasa import says


@contextmanager
def _stream(visitor: Visitor, after: int | None = None, **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
    query = {} if after is None else {"after": after}
    with visitor.http.stream("GET", "/api/v1/stream", params=query, headers=headers) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        yield _events(response)


def _events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    event: dict[str, Any] = {}
    for line in response.iter_lines():
        name, _, value = line.partition(": ")
        if not line and event:
            yield event
            event = {}
        elif name in ("id", "event", "data"):
            event[name] = json.loads(value) if name == "data" else value


def test_messages_arrive_live(web: Web, visitor: Visitor) -> None:
    with _stream(visitor) as events:
        conversations.say(
            web.shop, visitor.conversation_id, "staff", [{"kind": "text", "text": "Hi, Kim here."}]
        )
        visitor.send("hello")  # wakes the stream
        arrived = [next(events) for _ in range(3)]
    assert [(e["event"], e["id"], e["data"]["author"]) for e in arrived] == [
        ("message", "1", "staff"),
        ("message", "2", "shopper"),
        ("message", "3", "bot"),
    ]
    assert arrived[1]["data"]["client_message_id"] == "m0"


@pytest.mark.parametrize("how", ["after", "last-event-id"])
def test_a_stream_resumes_where_it_was(visitor: Visitor, how: str) -> None:
    for text in ("one", "two", "three"):
        visitor.send(text)
    arguments: dict[str, Any] = {"after": 4} if how == "after" else {"last-event-id": "4"}
    with _stream(visitor, **arguments) as events:
        assert [next(events)["id"] for _ in range(2)] == ["5", "6"]


def test_a_change_of_mode_is_told(web: Web, visitor: Visitor) -> None:
    with _stream(visitor) as events:
        visitor.send(action={"kind": "person"})
        seen = [next(events) for _ in range(3)]
    assert {"event": "state", "data": {"mode": "human", "locale": "en"}} in seen


def test_others_messages_do_not_arrive(web: Web, visitor: Visitor) -> None:
    other = web.visitor()
    with _stream(visitor) as events:
        other.send("not yours")
        visitor.send("mine")
        assert next(events)["data"]["payload"]["text"] == "mine"


def test_streams_per_conversation_are_bounded(visitor: Visitor) -> None:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(_stream(visitor))
        answer = visitor.http.get("/api/v1/stream")
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_streams")


@pytest.mark.parametrize("last", ["x", "-1", "9" * 20, "²"])
def test_a_senseless_last_event_id_is_refused(visitor: Visitor, last: str) -> None:
    answer = visitor.http.get("/api/v1/stream", headers={"Last-Event-ID": last.encode()})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "Last-Event-ID")


def test_history_after_a_sequence_number(visitor: Visitor) -> None:
    visitor.send("one")
    visitor.send("two")
    page = visitor.http.get("/api/v1/conversation", params={"after": 1, "limit": 2}).json()
    assert [entry["seq"] for entry in page["messages"]] == [2, 3]
    assert page["last_seq"] == 4


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "limit=0", "limit=1000", "before=3", "after=1&after=2"]
)
def test_a_senseless_page_is_refused(visitor: Visitor, query: str) -> None:
    answer = visitor.http.get(f"/api/v1/conversation?{query}")
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, query.partition("=")[0])


def test_the_language_can_change(web: Web, visitor: Visitor) -> None:
    changed = visitor.http.patch("/api/v1/conversation", json={"locale": "zh-CN"}).json()
    assert changed["locale"] == "zh"
    web.rasa.reply = says({"kind": "text", "text": "好"})
    visitor.send("你好")
    assert web.rasa.turns[0]["metadata"]["locale"] == "zh"
