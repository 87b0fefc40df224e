"""Whole conversations with the live system, as shoppers have them."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from shop.context import Shop, open_shop
from shop.shoppers import demo_shoppers
from shop.storage.tables import turns
from tests.conversations.report import ASKING_BACK, Course, table
from tests.conversations.script import Script, act, read_scripts, unmet
from tests.conversations.talk import Talk
from tests.live import LiveAisle

pytestmark = pytest.mark.live
SCRIPTS = list(read_scripts())


@pytest.fixture(scope="module")
def courses(request: pytest.FixtureRequest) -> Iterator[list[Course]]:
    """How each conversation went; told as a table at the end."""
    held: list[Course] = []
    yield held
    plugins = request.config.pluginmanager
    terminal, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled():
        terminal.write_line("")
        for line in table(held) if held else ():
            terminal.write_line(line)


@pytest.fixture(scope="module")
def live_shop(live_aisle: LiveAisle) -> Iterator[Shop]:
    """The live system's shop, opened a second time to look into it."""
    shop = open_shop(live_aisle.settings)
    yield shop
    shop.database.close()


def facts_of(shop: Shop, turn_id: str) -> dict[str, Any]:
    """What the record says of a turn."""
    columns = (turns.c.intent, turns.c.confidence, turns.c.actions, turns.c.entities, turns.c.error_code)
    with shop.database.read() as connection:
        row = connection.execute(select(*columns).where(turns.c.id == turn_id)).one()
    return dict(row._mapping) | {"actions": row.actions or []}


def test_there_are_conversations() -> None:
    assert len(SCRIPTS) >= 60
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_conversation(script: Script, live_aisle: LiveAisle, live_shop: Shop, courses: list[Course]) -> None:
    shopper = demo_shoppers(live_shop, 1)[0].shopper_id if script.who == "regular" else None
    talk = Talk(live_aisle.url, live_aisle.settings, script.locale, shopper)
    asked_back = 0
    try:
        for turn in script.turns:
            act(talk, turn)
            facts = facts_of(live_shop, talk.turn_id)
            assert facts["error_code"] is None, facts
            asked_back += any(action in ASKING_BACK for action in facts["actions"])
            assert unmet(turn, talk, facts) == []
        courses.append(Course(script, len(script.turns), asked_back))
    finally:
        talk.close()
