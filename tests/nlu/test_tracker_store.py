"""The tracker store on SQLite and PostgreSQL: what it keeps, whom it refuses, what a kill leaves behind."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUtteranceReverted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from nlu.tracker_store import TURNS, StaleTracker, WindowTrackerStore
from tests.nlu.live import ROOT
from tests.nlu.tracker_writer import save_turn, take_turn

POSTGRES = os.environ.get("AISLE_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/")
DOMAIN = Domain.from_dict({"slots": {"pending": {"type": "text", "mappings": [{"type": "custom"}]}}})
A_TURN, BEFORE_THE_FIRST = 5, 3  # events


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'state' / 'tracker.db'}"
        return
    server = make_url(POSTGRES)
    admin = server.set(drivername="postgresql+psycopg2", database="postgres")
    engine, name = create_engine(admin, isolation_level="AUTOCOMMIT"), f"aisle_test_{token_hex(6)}"
    try:
        engine.execute(f"CREATE DATABASE {name}")
    except DBAPIError:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no PostgreSQL server")
    yield server.set(database=name).render_as_string(hide_password=False)
    engine.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def store(url: str) -> WindowTrackerStore:
    return WindowTrackerStore(DOMAIN, url)


async def talk(store: WindowTrackerStore, sender: str, turns: int) -> None:
    for number in range(turns):
        await save_turn(store, sender, f"{sender} {number}")


def texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def test_nothing_is_known_of_a_new_conversation(store: WindowTrackerStore) -> None:
    assert run(store.retrieve("c")) is None
    assert run(store.exists("c")) is False
    fresh = run(store.get_or_create_tracker("c", append_action_listen=False))
    assert (list(fresh.events), run(store.retrieve("c"))) == ([], None)


def test_a_long_conversation_is_read_in_part_and_kept_whole(store: WindowTrackerStore) -> None:
    run(talk(store, "c", 60))
    tracker, whole = run(store.retrieve("c")), run(store.retrieve_full_tracker("c"))
    assert texts(whole) == [f"c {number}" for number in range(60)]
    assert len(whole.events) == BEFORE_THE_FIRST + 60 * A_TURN
    assert texts(tracker)[-TURNS:] == texts(whole)[-TURNS:]
    assert len(tracker.events) < 100
    assert tracker.get_slot("pending") == "c 59"
    kept = iter(whole.events)
    assert all(event in kept for event in tracker.events)  # a selection, in order: nothing is made up


def test_as_much_is_read_at_the_thousandth_turn_as_at_the_hundredth(store: WindowTrackerStore) -> None:
    sizes = []
    for _ in range(2):
        run(talk(store, "c", 100))
        sizes.append(len(run(store.retrieve("c")).events))
    assert sizes[0] == sizes[1]


def test_events_come_back_as_rasa_wrote_them(store: WindowTrackerStore) -> None:
    tracker = run(store.get_or_create_tracker("c", append_action_listen=False))
    odd = {"text": "牛奶 \ud83d \x00 '\"; --", "custom": {"kind": "slate", "price": 0.1, "none": None}}
    take_turn(tracker, odd["text"])
    tracker.update(SlotSet("pending", odd))
    run(store.save(tracker))
    back = run(store.retrieve_full_tracker("c"))
    assert [e.as_dict() for e in back.events] == [json.loads(json.dumps(e.as_dict())) for e in tracker.events]


def test_saving_twice_adds_only_what_is_new(store: WindowTrackerStore) -> None:
    run(talk(store, "c", 2))
    tracker = run(store.retrieve("c"))
    run(store.save(tracker))
    for number in range(2):
        take_turn(tracker, f"more {number}")
        run(store.save(tracker))
    assert texts(run(store.retrieve_full_tracker("c"))) == ["c 0", "c 1", "more 0", "more 1"]


def test_a_stale_writer_is_refused_and_nothing_written(store: WindowTrackerStore) -> None:
    run(talk(store, "c", 3))
    first, second = run(store.retrieve("c")), run(store.retrieve_full_tracker("c"))
    take_turn(first, "first")
    take_turn(second, "second")
    run(store.save(first))
    with pytest.raises(StaleTracker):
        run(store.save(second))
    assert texts(run(store.retrieve_full_tracker("c"))) == ["c 0", "c 1", "c 2", "first"]


def test_only_one_writer_begins_a_conversation(store: WindowTrackerStore) -> None:
    ours = run(store.get_or_create_tracker("c", append_action_listen=False))
    run(talk(store, "c", 1))
    take_turn(ours, "late")
    with pytest.raises(StaleTracker):
        run(store.save(ours))
    stranger = DialogueStateTracker.from_events("c", [ActionExecuted("action_listen")])
    with pytest.raises(StaleTracker):
        run(store.save(stranger))


def test_an_erased_conversation_is_not_brought_back_by_a_turn_under_way(store: WindowTrackerStore) -> None:
    run(talk(store, "c", 3))
    run(talk(store, "other", 1))
    tracker = run(store.retrieve("c"))
    take_turn(tracker, "late")
    assert run(store.delete("c")) == BEFORE_THE_FIRST + 3 * A_TURN
    with pytest.raises(StaleTracker):
        run(store.save(tracker))
    assert (run(store.retrieve("c")), run(store.keys()), run(store.delete("c"))) == (None, ["other"], 0)


def test_what_was_undone_is_undone_however_far_back(store: WindowTrackerStore) -> None:
    """Each message takes back itself and the one before, for longer than a window."""
    run(talk(store, "c", 30))
    for _ in range(25):
        tracker = run(store.retrieve("c"))
        take_turn(tracker, "back")
        for _ in range(2):
            tracker.update(UserUtteranceReverted())
        tracker.update(ActionExecuted("action_listen"))
        run(store.save(tracker))
    tracker, whole = run(store.retrieve("c")), run(store.retrieve_full_tracker("c"))
    assert tracker.get_slot("pending") == whole.get_slot("pending") == "c 4"
    assert tracker.latest_message.text == whole.latest_message.text == "c 4"


def test_new_events_are_streamed_once(url: str) -> None:
    class Broker(EventBroker):
        def __init__(self) -> None:
            self.told: list[dict[str, Any]] = []

        def publish(self, event: dict[str, Any]) -> None:
            self.told.append(event)

    broker = Broker()
    run(talk(WindowTrackerStore(DOMAIN, url, broker), "c", 15))
    assert len(broker.told) == BEFORE_THE_FIRST + 15 * A_TURN
    assert {event["sender_id"] for event in broker.told} == {"c"}


def test_too_small_a_window_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="4 turns"):
        WindowTrackerStore(DOMAIN, url, turns=3)


def test_a_thousand_turns_of_four_writers_are_all_kept_once_and_in_order(url: str) -> None:
    """An append checker: what each writer was told was saved is there, once, in that writer's order."""
    run(talk(WindowTrackerStore(DOMAIN, url), "c", 1))
    writers = [start_writer(url, f"w{number}", 250) for number in range(4)]
    told = [line for writer in writers for line in writer.communicate(timeout=300)[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0] * 4
    kept = texts(run(WindowTrackerStore(DOMAIN, url).retrieve_full_tracker("c")))[1:]
    assert sorted(kept) == sorted(told)
    assert len(kept) == 1000
    for number in range(4):
        assert [said for said in kept if said.startswith(f"w{number} ")] == [
            f"w{number} {n}" for n in range(250)
        ]
    check(url)


def test_a_writer_killed_at_any_moment_leaves_whole_turns(url: str) -> None:
    chance, told = Random(7), 0
    for attempt in range(4):
        writer = start_writer(url, f"k{attempt}", 10_000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        wanted = chance.randrange(5, 40)
        while len(lines) < wanted:
            lines.append(writer.stdout.readline())
        writer.kill()
        lines += writer.communicate()[0].splitlines()
        told += len(lines)
        kept = texts(run(WindowTrackerStore(DOMAIN, url).retrieve_full_tracker("c")))
        mine = [said for said in kept if said.startswith(f"k{attempt} ")]
        assert mine == [f"k{attempt} {n}" for n in range(len(mine))]
        assert len(lines) <= len(mine) <= len(lines) + 1  # the last may be saved and not yet told
        check(url)
    assert told > 30


def start_writer(url: str, name: str, turns: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "ignore", "-m", "tests.nlu.tracker_writer", url, "c", name, str(turns)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(url: str) -> None:
    """Version, events and turns agree: each save was whole."""
    store = WindowTrackerStore(DOMAIN, url)
    with store.engine.connect() as connection:
        [row] = connection.execute(text("SELECT version, events, turns FROM tracker_conversations")).all()
        seqs = connection.execute(text("SELECT seq, turn FROM tracker_events ORDER BY seq")).all()
        begun = connection.execute(text("SELECT turn FROM tracker_turns ORDER BY turn")).scalars().all()
    assert [seq for seq, _ in seqs] == list(range(row.events))
    assert begun == list(range(1, row.turns + 1))
    assert row.version == row.turns == max(turn for _, turn in seqs)
    assert row.events == BEFORE_THE_FIRST + A_TURN * row.turns


def test_a_file_that_is_gone_is_an_error_and_a_backup_put_back_is_read(tmp_path: Path) -> None:
    path, backup = tmp_path / "tracker.db", tmp_path / "backup.db"
    store = WindowTrackerStore(DOMAIN, f"sqlite:///{path}")
    run(talk(store, "c", 3))
    with store.engine.connect() as connection:
        connection.execute(text(f"VACUUM INTO '{backup}'"))
    run(talk(store, "c", 2))
    for file in tmp_path.glob("tracker.db*"):
        file.unlink()
    with pytest.raises(DBAPIError, match="no such table"):
        run(store.retrieve("c"))
    backup.replace(path)
    run(talk(store, "c", 1))
    assert texts(run(store.retrieve("c"))) == ["c 0", "c 1", "c 2", "c 0"]


def test_a_save_under_way_when_the_deadline_comes_is_a_save(url: str) -> None:
    """The channel cuts a turn off by cancelling it; what is written must not be told as failed."""
    store = WindowTrackerStore(DOMAIN, url)

    async def cut_off() -> None:
        tracker = await store.get_or_create_tracker("c", append_action_listen=False)
        take_turn(tracker, "in time")
        saving = asyncio.ensure_future(store.save(tracker))
        await asyncio.sleep(0)
        saving.cancel()
        await saving
        take_turn(tracker, "later")
        await store.save(tracker)

    run(cut_off())
    assert texts(run(store.retrieve("c"))) == ["in time", "later"]
