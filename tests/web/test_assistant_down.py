"""Whatever Rasa does, the shopper gets an honest answer in time, a way to a person, and loses nothing."""

import json
import time
from typing import Any

import pytest

from tests.web.conftest import ServeWeb, Visitor, Web
from tests.web.fake_rasa import FACTS, FakeRasa, Reply, echo, raw, says, slow


def _error(code: str, status: int = 502) -> Reply:
    return raw(status, json.dumps({"error": {"code": code, "message": "m"}}).encode())


def _answer(**changes: Any) -> Reply:
    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        answer = {"turn_id": turn["turn_id"], "messages": [{"kind": "text", "text": "x"}], "facts": FACTS}
        return 200, "application/json", json.dumps(answer | changes).encode()

    return reply


SLATE = {"kind": "slate", "slate_id": "s", "items": [{"item_id": "butter"}]}
FAULTS = {
    "500 with HTML": (raw(500, b"<html>oops</html>", "text/html"), "bad_status"),
    "500 without body": (raw(500, b""), "bad_status"),
    "200 with HTML": (raw(200, b"<html>hello</html>", "text/html"), "bad_answer"),
    "broken JSON": (raw(200, b'{"turn_id": "x", "messa'), "bad_answer"),
    "null": (raw(200, b"null"), "bad_answer"),
    "wrong encoding": (raw(200, '{"turn_id": "\u00e9"}'.encode("latin-1")), "bad_answer"),
    "a list": (raw(200, b"[]"), "bad_answer"),
    "empty body": (raw(200, b""), "bad_answer"),
    "huge": (raw(200, b'"' + b"x" * 1_500_000 + b'"'), "bad_answer"),
    "no messages": (_answer(messages=[]), "bad_answer"),
    "an unknown kind": (_answer(messages=[{"kind": "hologram"}]), "bad_answer"),
    "a text that is a number": (_answer(messages=[{"kind": "text", "text": 3}]), "bad_answer"),
    "a card without its fields": (_answer(messages=[SLATE]), "bad_answer"),
    "another turn's answer": (_answer(turn_id="of somebody else"), "bad_answer"),
    "no facts": (_answer(facts=None), "bad_answer"),
    "action server down": (_error("action_failed"), "action_failed"),
    "tracker store down": (_error("tracker_failed", 503), "tracker_failed"),
    "the wrong secret": (_error("unauthorized", 401), "unauthorized"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_answer_becomes_an_honest_one(web: Web, visitor: Visitor, fault: str) -> None:
    web.rasa.reply, code = FAULTS[fault]
    answer = visitor.send("where is my order?", client_message_id="only-once")
    _check_honest(answer.status_code, answer.json())
    assert _error_codes(web) == [code]
    assert visitor.history()[0]["payload"]["text"] == "where is my order?"
    web.rasa.reply = echo
    assert visitor.send("x", client_message_id="only-once").json() == answer.json()
    assert visitor.send("again").json()["messages"][0]["text"] == "heard: again"


def _check_honest(status_code: int, answer: dict[str, Any]) -> None:
    assert (status_code, answer["status"], answer["mode"]) == (200, "failed", "bot")
    notice, offer = answer["messages"]
    assert (notice["kind"], notice["code"]) == ("notice", "assistant_unavailable")
    assert notice["text"]
    assert [button["title"] for button in offer["buttons"]] == ["Talk to a person"]


def _error_codes(web: Web) -> list[str | None]:
    from sqlalchemy import select

    from shop.storage.tables import turns

    with web.shop.database.read() as connection:
        return list(connection.execute(select(turns.c.error_code)).scalars())


def test_rasa_that_is_not_there(serve: ServeWeb) -> None:
    web = serve(rasa_url="http://127.0.0.1:1")
    visitor = web.visitor()
    answer = visitor.send("hello")
    _check_honest(answer.status_code, answer.json())
    assert _error_codes(web) == ["unreachable"]


@pytest.mark.parametrize("late", [slow(5), slow(5, raw(200, b"late garbage"))])
def test_a_slow_rasa_is_given_up_in_time(serve: ServeWeb, rasa: FakeRasa, late: Reply) -> None:
    web = serve(turn_timeout_s=0.5)
    rasa.reply = late
    started = time.monotonic()
    answer = web.visitor().send("hello")
    assert time.monotonic() - started < 1.5
    _check_honest(answer.status_code, answer.json())
    assert _error_codes(web) == ["timeout"]


def test_the_usual_patience_leaves_time_within_four_seconds(web: Web) -> None:
    assert web.shop.settings.turn_timeout_s <= 3.6


def test_a_restarting_rasa_is_tried_once_more(web: Web, visitor: Visitor) -> None:
    not_yet = raw(503, b'{"error": {"code": "model_not_ready", "message": "loading"}}')
    answers = iter([not_yet, echo])
    web.rasa.reply = lambda turn: next(answers)(turn)
    assert visitor.send("hello").json()["messages"][0]["text"] == "heard: hello"
    assert len(web.rasa.turns) == 2


def test_what_rasa_may_have_done_is_not_repeated(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = _error("action_failed")
    visitor.send("hello")
    assert len(web.rasa.turns) == 1


def test_facts_of_a_failed_turn_are_kept(web: Web, visitor: Visitor) -> None:
    body = {"error": {"code": "action_failed", "message": "m"}, "facts": FACTS | {"committed": False}}
    web.rasa.reply = raw(502, json.dumps(body).encode())
    visitor.send("hello")
    from sqlalchemy import select

    from shop.storage.tables import turns

    with web.shop.database.read() as connection:
        assert connection.execute(select(turns.c.intent)).scalar_one() == "greet"


def test_a_person_can_be_had_without_rasa(serve: ServeWeb) -> None:
    visitor = serve(rasa_url="http://127.0.0.1:1").visitor()
    button = visitor.send("hello").json()["messages"][1]["buttons"][0]
    answer = visitor.send(button=button["token"]).json()
    assert (answer["mode"], answer["status"]) == ("human", "answered")
    assert answer["messages"][0]["code"] == "handoff_requested"
    assert visitor.send("anybody?").json()["messages"] == []
    assert [m["author"] for m in visitor.history()].count("shopper") == 3


def test_the_honest_sentence_is_in_the_shoppers_language(serve: ServeWeb) -> None:
    visitor = serve(rasa_url="http://127.0.0.1:1").visitor(locale="zh")
    notice, offer = visitor.send("你好").json()["messages"]
    assert notice["text"].startswith("抱歉")
    assert offer["buttons"][0]["title"] == "联系人工"


def test_cards_travel_exactly_as_rasa_sent_them(web: Web, visitor: Visitor) -> None:
    card = {
        "kind": "coupons",
        "coupons": [{"coupon_id": "c", "価値": [1, None, {"x": 1.50}]}],
        "text": "Yours:",
    }
    web.rasa.reply = says(card)
    assert visitor.send("coupons").json()["messages"] == [card]
    assert visitor.history()[1]["payload"] == card
