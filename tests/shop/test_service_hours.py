"""When people answer."""

from datetime import UTC, datetime

import pytest

from shop.phrases import load_phrases
from shop.service_hours import ServiceHours
from shop.settings import PROJECT_ROOT

HOURS = ServiceHours.read(
    "America/New_York",
    {"mon": "09:00-18:00", "tue": "09:00-18:00", "thu": "09:00-18:00", "sat": "10:00-16:00"},
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2026-11-23T13:59", False),  # Monday 8:59 in New York
        ("2026-11-23T14:00", True),
        ("2026-11-23T22:59", True),
        ("2026-11-23T23:00", False),
        ("2026-11-25T15:00", False),  # Wednesday
        ("2026-06-22T13:00", True),  # Monday 9:00 in summer time
    ],
)
def test_is_open(now: str, is_open: bool) -> None:
    assert HOURS.is_open(_at(now)) is is_open


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-23T15:00", "2026-11-23T10:00"),  # open: now
        ("2026-11-23T12:00", "2026-11-23T09:00"),  # later the same day
        ("2026-11-24T23:30", "2026-11-26T09:00"),  # over a closed day
        ("2026-11-28T22:00", "2026-11-30T09:00"),  # over the weekend
    ],
)
def test_next_opening_in_the_shops_own_time(now: str, opening: str) -> None:
    found = HOURS.next_opening(_at(now))
    assert found is not None
    assert found.replace(tzinfo=None).isoformat(timespec="minutes") == opening


def test_nobody_ever() -> None:
    assert ServiceHours.read("UTC", {}).next_opening(_at("2026-11-23T15:00")) is None


def test_the_timetable_in_a_line() -> None:
    phrases = load_phrases(PROJECT_ROOT / "data" / "phrases")
    assert HOURS.label(phrases, "zh") == "周一至周二 09:00–18:00、周四 09:00–18:00和周六 10:00–16:00"
    english = HOURS.label(phrases, "en")
    assert [part in english for part in ("Mon–Tue", "Thu", "Sat")] == [True] * 3
