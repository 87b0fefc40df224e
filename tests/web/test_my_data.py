"""One's own data over HTTP: the copy; the erasure from chat, API and page; and the session afterwards."""

import json
import re
import sqlite3
import threading
import time
from contextlib import closing

import httpx
import pytest

from shop.context import Audience
from shop.corrections import correct, corrections_of
from shop.erasure import REQUESTED, begin, find_receipt
from shop.rights import has_consent
from shop.shoppers import find_shopper
from shop.storage import tables
from tests.shop.canary import traces_in_tables
from tests.shop.log import rows
from tests.web.conftest import ServeWeb, Visitor, Web
from tests.web.fake_rasa import echo, says, slow
from web.tokens import Identity, sign_identity

SECRET_WORDS = "xylomorphic marmalade"
ASKS = says({"kind": "notice", "code": REQUESTED, "text": "I'm deleting your data now."})


@pytest.fixture
def browser(web: Web) -> httpx.Client:
    """A browser that keeps cookies and follows redirects."""
    return web.client(follow_redirects=True, headers={"Accept": "text/html", "Accept-Language": "en"})


def log_in(web: Web, shopper_id: str = "anna") -> Visitor:
    """A session of somebody whom the shop vouches for."""
    return web.visitor(identity=sign_identity(web.shop, Identity(shopper_id)))


def test_a_copy_of_a_visit(web: Web, visitor: Visitor) -> None:
    visitor.send(SECRET_WORDS)
    answer = visitor.http.get("/api/v1/my-data")
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="my-data-[0-9-]+\.json"', disposition)
    made = answer.json()
    assert made["shopper"] is None
    assert made["data"]["messages"][0]["payload"]["text"] == SECRET_WORDS
    assert made["data"]["orders"] == []


def test_a_copy_holds_ones_own_only(web: Web) -> None:
    log_in(web, "ben").send(SECRET_WORDS)
    anna = log_in(web)
    anna.send("hello")
    text = anna.http.get("/api/v1/my-data").text
    assert SECRET_WORDS not in text
    assert {order["shopper_id"] for order in json.loads(text)["data"]["orders"]} == {"anna"}


def test_without_a_session(web: Web) -> None:
    for method in ("GET", "DELETE"):
        assert web.client().request(method, "/api/v1/my-data").status_code == 401
    assert web.client().get("/api/v1/erasures/1234567890123456").status_code == 404


def test_the_chat_erases_and_answers_with_the_receipt(web: Web) -> None:
    anna = log_in(web)
    anna.send(SECRET_WORDS)
    web.rasa.reply = ASKS
    answer = anna.send("yes").json()
    (notice,) = answer["messages"]
    assert (answer["status"], notice["kind"], notice["code"]) == ("answered", "notice", "data_erased")
    number = notice["receipt"]["number"]
    assert number in notice["text"]
    receipt = web.client().get(f"/api/v1/erasures/{number}").json()
    assert receipt["finished_at"]
    assert (receipt["parts"], receipt["counts"]) == (notice["receipt"]["parts"], notice["receipt"]["counts"])
    assert list(traces_in_tables(web.shop, ("anna", SECRET_WORDS, anna.conversation_id))) == []
    web.rasa.reply = echo
    assert anna.send("hello").json()["error"]["code"] == "invalid_session"


def test_a_stream_of_the_conversation_ends(web: Web, visitor: Visitor) -> None:
    web.rasa.reply = ASKS
    with visitor.http.stream("GET", "/api/v1/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        visitor.send("yes")
        assert not [line for line in lines if "error" in line]


def test_a_turn_under_way_in_another_tab_leaves_nothing(web: Web) -> None:
    one, other = log_in(web), log_in(web)
    web.rasa.reply = lambda turn: (ASKS if turn["text"] == "yes" else slow(0.8))(turn)
    late = threading.Thread(target=other.send, args=(SECRET_WORDS,))
    late.start()
    while not rows(web.shop, tables.turns, conversation_id=other.conversation_id):
        pass
    assert one.send("yes").json()["messages"][0]["code"] == "data_erased"
    late.join()
    assert list(traces_in_tables(web.shop, (SECRET_WORDS, other.conversation_id))) == []


def test_the_api_erases(web: Web) -> None:
    anna = log_in(web)
    receipt = anna.http.delete("/api/v1/my-data").json()
    assert receipt["parts"]["orders"] == 10
    assert anna.http.get("/api/v1/cart").status_code == 401


def test_the_page_shows_corrects_and_pauses(web: Web, browser: httpx.Client) -> None:
    browser.post("/login", data={"shopper_id": "anna"})
    anna = Audience(shopper_id="anna")
    correct(web.shop, anna, "avoid", "vegan")
    page = browser.get("/my-data").text
    assert "Not shown to you unasked: vegan" in page
    assert "from your 10 orders" in page
    correction = re.findall(r'name="correction_id" value="([^"]+)"', page)[0]
    browser.post("/my-data/take-back", data={"correction_id": correction})
    assert corrections_of(web.shop, anna) == []
    assert "Paused" in browser.post("/my-data/personal", data={"wanted": "no"}).text
    assert not has_consent(web.shop, anna, "personalisation")
    assert browser.post("/my-data/personal", data={"wanted": "perhaps"}).status_code == 400


def test_the_page_hands_out_a_copy(browser: httpx.Client) -> None:
    browser.post("/login", data={"shopper_id": "anna"})
    assert browser.get("/my-data/file").json()["shopper"] == "anna"


def test_the_page_erases_once_it_is_sure(web: Web, browser: httpx.Client) -> None:
    browser.post("/login", data={"shopper_id": "anna"})
    browser.post("/my-data/erase", data={})
    assert find_shopper(web.shop, "anna")
    page = browser.post("/my-data/erase", data={"sure": "yes"})
    assert "Receipt of a deletion" in page.text
    assert "10 orders" in page.text
    assert "Log in" in page.text
    assert list(traces_in_tables(web.shop, ("anna",))) == []


def test_another_site_cannot_erase(web: Web, browser: httpx.Client) -> None:
    browser.post("/login", data={"shopper_id": "anna"})
    foreign = {"Origin": "https://elsewhere.example"}
    assert browser.post("/my-data/erase", data={"sure": "yes"}, headers=foreign).status_code == 403
    assert find_shopper(web.shop, "anna")


def test_the_cookie_of_an_erased_shopper_is_nobodys(web: Web, browser: httpx.Client) -> None:
    browser.post("/login", data={"shopper_id": "anna"})
    log_in(web).http.delete("/api/v1/my-data")
    identity = browser.get("/identity").json()["identity"]
    assert web.visitor(identity=identity).history() == []
    assert "Log in" in browser.get("/").text


def test_an_erasure_that_was_cut_off_is_ended_at_the_start(web: Web, serve: ServeWeb) -> None:
    number = begin(web.shop, Audience(shopper_id="anna"))
    serve(web.shop)
    until_finished(web, number)


def until_finished(web: Web, number: str) -> None:
    """Wait for the clean-up; a test that hangs says that it never came."""
    while find_receipt(web.shop, number).finished_at is None:
        time.sleep(0.05)


def test_a_tracker_store_in_use_is_cleared_later(web: Web) -> None:
    anna = log_in(web)
    path = web.shop.settings.state_dir / "tracker.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as rasa:
        rasa.execute("CREATE TABLE events (sender_id TEXT)")
        rasa.execute("INSERT INTO events VALUES (?)", [anna.conversation_id])
        rasa.execute("BEGIN EXCLUSIVE")
        receipt = anna.http.delete("/api/v1/my-data").json()
        assert "finished_at" not in receipt
        rasa.execute("COMMIT")
        until_finished(web, receipt["number"])
        assert rasa.execute("SELECT count(*) FROM events").fetchone() == (0,)
