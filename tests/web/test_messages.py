import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from shop.storage import tables
from tests.web.conftest import Visitor, Web
from tests.web.fake_rasa import FACTS, echo, says, slow


def _rows(web: Web, table: Any) -> list[dict[str, Any]]:
    with web.shop.database.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_a_message_is_answered_and_recorded_with_its_facts(web: Web, visitor: Visitor) -> None:
    answer = visitor.send("hello").json()
    assert answer["messages"] == [{"kind": "text", "text": "heard: hello"}]
    assert (answer["status"], answer["mode"], answer["seqs"]) == ("answered", "bot", [2])
    [turn] = _rows(web, tables.turns)
    assert (turn["intent"], turn["confidence"], turn["model"]) == ("greet", 0.97, "fake-1")
    assert (turn["ranking"], turn["actions"]) == (FACTS["ranking"], ["utter_greet"])
    assert [(m["seq"], m["author"]) for m in visitor.history()] == [(1, "shopper"), (2, "bot")]


def test_the_request_to_rasa_carries_who_speaks(web: Web) -> None:
    web.visitor(locale="zh").send("你好")
    [turn] = web.rasa.turns
    assert turn["text"] == "你好"
    assert turn["metadata"] == {
        "shopper_id": None,
        "locale": "zh",
        "channel": "widget",
        "turn_id": turn["turn_id"],
        "conversation_id": turn["conversation_id"],
    }


def test_the_message_is_committed_before_rasa_is_called(web: Web, visitor: Visitor) -> None:
    seen: list[Any] = []

    def look(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        seen.extend(_rows(web, tables.messages))
        seen.extend(_rows(web, tables.turns))
        return echo(turn)

    web.rasa.reply = look
    visitor.send("keep this")
    message, turn = seen
    assert message["payload"] == {"kind": "text", "text": "keep this"}
    assert (turn["status"], turn["answered_at"]) == ("received", None)


def test_the_same_client_id_gets_the_same_answer(web: Web, visitor: Visitor) -> None:
    first = visitor.send("hello", client_message_id="a-1")
    again = visitor.send("hello", client_message_id="a-1")
    assert again.json() == first.json()
    assert len(web.rasa.turns) == 1
    assert len(visitor.history()) == 2


def test_duplicates_at_the_same_time_are_one_turn(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = slow(0.3)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: visitor.send("hi", client_message_id="same").json(), range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["messages"] == [{"kind": "text", "text": "heard: hi"}]
    assert len(web.rasa.turns) == 1


def test_the_same_client_id_in_another_conversation_is_another_turn(web: Web) -> None:
    web.visitor().send("one", client_message_id="x")
    assert web.visitor().send("two", client_message_id="x").json()["messages"][0]["text"] == "heard: two"


def test_turns_of_one_conversation_never_overlap(web: Web, visitor: Visitor) -> None:
    at_work: list[int] = []

    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        at_work.append(1)
        assert len(at_work) == 1
        answer = slow(0.05)(turn)
        at_work.pop()
        return answer

    web.rasa.reply = reply
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: visitor.send(f"n{n}").json(), range(4)))
    assert {answer["status"] for answer in answers} == {"answered"}
    authors = [message["author"] for message in visitor.history()]
    assert authors == ["shopper", "bot"] * 4


def test_conversations_do_not_wait_for_each_other(web: Web) -> None:
    web.rasa.reply = slow(0.4)
    visitors = [web.visitor() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda v: v.send("hi"), visitors))
    assert {answer.status_code for answer in answers} == {200}
    assert max(answer.elapsed.total_seconds() for answer in answers) < 1.2


def test_a_queue_that_is_too_long_is_refused_and_nothing_of_it_recorded(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = slow(0.2)
    with ThreadPoolExecutor(9) as pool:
        answers = list(pool.map(lambda n: visitor.send(f"n{n}"), range(9)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 4
    assert refused[0].json()["error"]["code"] == "too_many_requests"
    assert int(refused[0].headers["retry-after"]) >= 1
    assert len(visitor.history()) == 10


def test_buttons_reach_the_widget_as_tokens_and_rasa_as_structure(web: Web, visitor: Visitor) -> None:
    meant = {"title": "Milk only", "intent": "refine", "entities": {"category": "Milk", "n": 3}}
    web.rasa.reply = says({"kind": "buttons", "text": "Narrow it down?", "buttons": [meant]})
    [message] = visitor.send("recommend").json()["messages"]
    [button] = message["buttons"]
    assert set(button) == {"title", "token"}
    assert "refine" not in json.dumps(visitor.history())
    web.rasa.reply = echo
    visitor.send(button=button["token"])
    assert web.rasa.turns[-1]["button"] == {"intent": "refine", "entities": {"category": "Milk", "n": 3}}
    assert "text" not in web.rasa.turns[-1]
    assert visitor.history()[2]["payload"] == {"kind": "text", "text": "Milk only"}


def test_a_token_is_good_for_its_own_conversation_only(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = says(
        {"kind": "buttons", "buttons": [{"title": "Yes", "intent": "affirm", "entities": {}}]}
    )
    token = visitor.send("hi").json()["messages"][0]["buttons"][0]["token"]
    answer = web.visitor().send(button=token)
    assert (answer.status_code, answer.json()["error"]) == (
        404,
        {"code": "unknown_button", "message": "no such button in this conversation", "field": "button"},
    )


def test_a_handoff_notice_gives_the_conversation_to_staff(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = says({"kind": "notice", "code": "handoff_requested", "text": "Somebody will come."})
    assert visitor.send("a person please").json()["mode"] == "human"
    answer = visitor.send("are you there?").json()
    assert (answer["messages"], answer["mode"], answer["status"]) == ([], "human", "answered")
    assert len(web.rasa.turns) == 1
    assert visitor.history()[-1]["payload"]["text"] == "are you there?"


def test_a_person_can_be_asked_for_and_left_again(web: Web, visitor: Visitor) -> None:
    called = visitor.send(action={"kind": "person"}).json()
    assert (called["mode"], called["messages"][0]["code"]) == ("human", "handoff_requested")
    back = visitor.send(action={"kind": "bot"}).json()
    assert (back["mode"], back["messages"][0]["code"]) == ("bot", "bot_resumed")
    assert web.rasa.turns == []
    assert visitor.send("hello").json()["messages"][0]["text"] == "heard: hello"


def test_what_a_process_left_behind_is_answered_at_the_next_start(
    serve: Any, web: Web, visitor: Visitor
) -> None:
    _leave_behind(web, visitor, "lost-1")
    next_start = serve(web.shop)
    again = next_start.client(headers=visitor.http.headers).post(
        "/api/v1/messages", json={"text": "hello?", "client_message_id": "lost-1"}
    )
    assert again.json()["status"] == "failed"
    assert again.json()["messages"][0]["code"] == "turn_interrupted"
    assert [m["author"] for m in visitor.history()] == ["shopper", "bot"]


def test_a_turn_that_stayed_open_is_answered_when_its_message_comes_again(web: Web, visitor: Visitor) -> None:
    _leave_behind(web, visitor, "lost-2")
    answers = [visitor.send("hello?", client_message_id="lost-2").json() for _ in range(2)]
    assert answers[0]["messages"][0]["code"] == "turn_interrupted"
    assert answers[0] == answers[1]
    assert web.rasa.turns == []


def _leave_behind(web: Web, visitor: Visitor, client_message_id: str) -> None:
    from shop.conversations import receive

    receive(web.shop, visitor.conversation_id, client_message_id, {"kind": "text", "text": "hello?"})


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ({"client_message_id": "1"}, "invalid_input", None),
        ({"client_message_id": "1", "text": "a", "button": "b" * 22}, "invalid_input", None),
        ({"text": "a"}, "missing_field", "client_message_id"),
        ({"client_message_id": "1", "text": ""}, "invalid_input", "text"),
        ({"client_message_id": "1", "text": " \n "}, "empty_text", "text"),
        ({"client_message_id": "1", "text": "x" * 2001}, "text_too_long", "text"),
        ({"client_message_id": "1", "text": 7}, "invalid_input", "text"),
        ({"client_message_id": "no spaces", "text": "a"}, "invalid_input", "client_message_id"),
        ({"client_message_id": "1", "text": "a", "colour": "red"}, "unknown_field", "colour"),
        ({"client_message_id": "1", "button": "short"}, "invalid_input", "button"),
        ({"client_message_id": "1", "button": "z" * 22}, "unknown_button", "button"),
        ({"client_message_id": "1", "action": {"kind": "dance"}}, "invalid_input", "action"),
        ({"client_message_id": "1", "action": {"kind": "why"}}, "missing_field", "action.why.slate_id"),
    ],
)
def test_a_message_that_cannot_be_used_is_refused_with_its_field(
    web: Web, visitor: Visitor, content: dict[str, Any], code: str, field: str | None
) -> None:
    answer = visitor.http.post("/api/v1/messages", json=content)
    assert 400 <= answer.status_code < 500
    assert (answer.json()["error"]["code"], answer.json()["error"].get("field")) == (code, field)
    assert visitor.history() == []
    assert web.rasa.turns == []


def test_two_thousand_characters_of_any_script_fit(visitor: Visitor) -> None:
    assert visitor.send("好" * 2000).status_code == 200
    assert visitor.send("e\u0301" * 2000).status_code == 200  # composed to 2,000
