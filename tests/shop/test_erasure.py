"""A canary shopper is erased and found nowhere afterwards: tables, files, trackers, logs, journals."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from shop import conversations
from shop.context import Audience, Shop
from shop.erasure import begin, erase, find_receipt, finish, preview, unfinished
from shop.errors import NotFound, Unauthorized
from shop.export import export
from shop.recommendations import recommend
from shop.shoppers import find_shopper
from shop.storage import tables
from shop.storage.exports import rows_of
from shop.storage.personal import STORES, subject_of
from shop.training import train
from tests.shop import canary
from tests.shop.canary import CANARY, EMAIL, NAME, TELLING, WORDS, traces_in_files, traces_in_tables
from tests.shop.log import rows


@pytest.fixture
def who(each_shop: Shop) -> Audience:
    """The canary, who has left traces everywhere."""
    her = canary.arrive(each_shop)
    canary.live(each_shop, her)
    return her


def document(shop: Shop, audience: Audience) -> dict[str, Any]:
    """The export as a program reads it."""
    return dict(json.loads("".join(export(shop, audience))))


def test_she_is_in_every_store_before(each_shop: Shop, who: Audience) -> None:
    with each_shop.database.read() as connection:
        subject = subject_of(connection, who.shopper_id, who.conversation_id)
        empty = [store.table.name for store in STORES if not list(rows_of(connection, store, subject))]
    assert empty == []


def test_she_is_found_nowhere_afterwards(each_shop: Shop, who: Audience) -> None:
    order_id = canary.order_of(each_shop)
    ids = (*TELLING, who.conversation_id or "")
    turn = rows(each_shop, tables.turns, conversation_id=who.conversation_id)[0]["id"]
    receipt = erase(each_shop, who)
    assert receipt.finished_at is not None
    assert list(traces_in_tables(each_shop, (*ids, turn))) == []
    assert rows(each_shop, tables.orders, id=order_id)[0]["shopper_id"] is None
    assert rows(each_shop, tables.order_lines, order_id=order_id) != []
    with pytest.raises(NotFound):
        find_shopper(each_shop, CANARY)


def test_nor_in_any_file_that_the_shop_keeps(small_shop: Shop) -> None:
    state = small_shop.settings.state_dir
    who = canary.arrive(small_shop)
    canary.live(small_shop, who)
    train(small_shop)
    trackers(state, who.conversation_id or "", "a-visit-of-somebody-el")
    turn = rows(small_shop, tables.turns, conversation_id=who.conversation_id)[0]["id"]
    set_aside(state)
    log = write_log(state, who.conversation_id or "", turn)
    ids = (*TELLING, who.conversation_id or "", turn)
    found = "\n".join(traces_in_files(state, ids))
    assert all(name in found for name in ("aisle.db", "tracker.db", "web.log", "set-aside.csv"))
    size = log.stat().st_size
    erase(small_shop, who)
    assert list(traces_in_files(state, ids)) == []
    assert log.stat().st_size == size
    assert "somebody-else" in log.read_text()
    assert "ben@example.com" in (state / "imports" / "x-set-aside.csv").read_text()
    with sqlite3.connect(state / "tracker.db") as kept:
        assert kept.execute("SELECT DISTINCT sender_id FROM events").fetchall() == [
            ("a-visit-of-somebody-el",)
        ]


def trackers(state: Path, *conversation_ids: str) -> None:
    """What Rasa would have kept."""
    with sqlite3.connect(state / "tracker.db") as database:
        database.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        for sender in conversation_ids:
            said = [(sender, json.dumps({"text": WORDS if "somebody" not in sender else "hello"}))] * 40
            database.executemany("INSERT INTO events (sender_id, data) VALUES (?, ?)", said)


def set_aside(state: Path) -> None:
    """Customers whom an import refused, and a product of the same number."""
    records = [
        {"customer_id": CANARY, "name": NAME},
        {"name": NAME, "email": EMAIL},
        {"email": "ben@example.com"},
        {"product_id": CANARY.removeprefix("canary-")},
    ]
    cells = ['"' + json.dumps(record).replace('"', '""') + '"' for record in records]
    path = state / "imports" / "x-set-aside.csv"
    path.parent.mkdir()
    path.write_text("table,row,reason,record\n" + "".join(f"customers,7,no_date,{cell}\n" for cell in cells))


def write_log(state: Path, conversation_id: str, turn_id: str) -> Path:
    """Lines as web writes them."""
    path = state / "logs" / "web.log"
    path.parent.mkdir()
    said = [
        {"event": "turn", "conversation_id": conversation_id, "turn_id": turn_id, "ms": 12},
        {"event": "turn", "conversation_id": "somebody-else-somebody", "turn_id": "x" * 22},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in said * 50))
    return path


def test_the_receipt_names_nobody(each_shop: Shop, who: Audience) -> None:
    expected = preview(each_shop, who)
    receipt = erase(each_shop, who)
    assert find_receipt(each_shop, receipt.number) == receipt
    assert {part: receipt.parts[part] for part in expected} == expected
    assert {"conversations", "profile", "cart", "offers", "account", "orders", "log"} <= set(expected)
    entry = rows(each_shop, tables.audit, action="erase")[0]
    assert (entry["actor"], entry["subject"]) == ("shopper", None)
    assert entry["detail"] == {"receipt": receipt.number, "surface": "chat"}
    assert rows(each_shop, tables.erasures, id=receipt.number)[0]["subjects"] is None


def test_nobody_else_loses_anything(each_shop: Shop, who: Audience, anna: Audience) -> None:
    recommend(each_shop, anna)
    before = document(each_shop, anna)
    erase(each_shop, who)
    after = document(each_shop, anna)
    assert {**after, "made_at": "", "data": {**after["data"], "audit": []}} == {
        **before,
        "made_at": "",
        "data": {**before["data"], "audit": []},
    }


def test_what_a_turn_under_way_writes_goes_too(each_shop: Shop, who: Audience) -> None:
    number = begin(each_shop, who)
    recommend(each_shop, who)
    finish(each_shop, number)
    assert list(traces_in_tables(each_shop, (*TELLING, who.conversation_id or ""))) == []


def test_what_was_begun_is_ended_at_the_next_start(each_shop: Shop, who: Audience) -> None:
    number = begin(each_shop, who)
    assert find_receipt(each_shop, number).finished_at is None
    assert unfinished(each_shop) == [number]
    assert finish(each_shop, number).finished_at is not None
    assert unfinished(each_shop) == []
    assert list(traces_in_tables(each_shop, TELLING)) == []


def test_an_anonymous_visit(each_shop: Shop) -> None:
    visit = conversations.start_conversation(each_shop, "en").id
    audience = Audience(conversation_id=visit)
    conversations.receive(each_shop, visit, "1", {"kind": "text", "text": WORDS})
    recommend(each_shop, audience)
    assert document(each_shop, audience)["data"]["messages"][0]["payload"]["text"] == WORDS
    erase(each_shop, audience)
    assert list(traces_in_tables(each_shop, (visit, "Xanthippa"))) == []


def test_the_export_holds_everything_and_opens_with_the_profile(each_shop: Shop, who: Audience) -> None:
    made = document(each_shop, who)
    assert (made["format"], made["version"], made["shopper"]) == ("aisle-my-data", 1, CANARY)
    assert {"fact": f"Your name: {NAME}", "source": "you told us"} in made["profile"]
    assert set(made["data"]) == {store.table.name for store in STORES}
    assert made["data"]["shoppers"][0]["email"] == EMAIL
    assert made["data"]["order_lines"][0]["quantity"] == 2
    assert "token" not in made["data"]["button_tokens"][0]
    assert [each["action"] for each in made["data"]["audit"]].count("export") == 2


def test_nobody_in_particular(small_shop: Shop) -> None:
    for use_case in (begin, preview, export):
        with pytest.raises(Unauthorized):
            use_case(small_shop, Audience())
    with pytest.raises(NotFound):
        finish(small_shop, "1234")
