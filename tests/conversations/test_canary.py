"""A canary shopper talks to the live system, has herself erased, and is looked for in everything it keeps."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from shop.context import Shop, open_shop
from shop.storage import tables
from tests.conversations.talk import Talk
from tests.live import LiveAisle
from tests.shop.canary import CANARY, EMAIL, NAME, TELLING, traces_in_files, traces_in_tables
from tests.shop.log import rows

pytestmark = pytest.mark.live


@pytest.fixture
def live_shop(live_aisle: LiveAisle) -> Iterator[Shop]:
    """The live system's shop, opened a second time to look into it."""
    shop = open_shop(live_aisle.settings)
    yield shop
    shop.database.close()


@pytest.fixture
def talk(live_aisle: LiveAisle, live_shop: Shop) -> Iterator[Talk]:
    """The canary at the chat."""
    known = {"id": CANARY, "display_name": NAME, "email": EMAIL, "locale": "en", "simulated": False}
    with live_shop.database.write() as connection:
        row = known | {"created_at": datetime.now(UTC), "demographics": {"age": NAME}}
        connection.execute(insert(tables.shoppers), row)
    talk = Talk(live_aisle.url, live_aisle.settings, "en", CANARY)
    yield talk
    talk.close()


def test_a_canary_is_found_nowhere_afterwards(talk: Talk, live_aisle: LiveAisle, live_shop: Shop) -> None:
    for said in (
        "hello, I am Xanthippa",
        "do you have zibblequark biscuits?",
        "recommend something",
        "add the first one to my cart",
        "place my order",
    ):
        talk.say(said)
    talk.press("Yes")
    order_id = rows(live_shop, tables.orders, shopper_id=CANARY)[0]["id"]
    for said in ("add bananas to my cart", "I'm vegetarian, says Xanthippa", "that was a gift for Xanthippa"):
        talk.say(said)
    talk.say("export my data")
    copy = talk.get("/api/v1/my-data").text
    assert all(word in copy for word in (CANARY, NAME, EMAIL, "zibblequark"))
    ids = (*TELLING, talk.conversation_id)
    before = {trace.split(":")[0].removesuffix("-wal") for trace in traces_in_files(live_aisle.state, ids)}
    assert {"aisle.db", "tracker.db"} <= before
    talk.say("delete my data")
    talk.press("Yes, delete everything")
    (notice,) = talk.messages
    assert notice["code"] == "data_erased"
    number = notice["receipt"]["number"]
    receipt = talk.get(f"/api/v1/erasures/{number}").json()
    assert receipt["finished_at"]
    assert receipt["counts"]["trackers"] > 0
    assert list(traces_in_tables(live_shop, ids)) == []
    assert list(traces_in_files(live_aisle.state, ids)) == []
    assert rows(live_shop, tables.orders, id=order_id)[0]["shopper_id"] is None
    assert talk.get("/api/v1/conversation").json()["error"]["code"] == "invalid_session"
