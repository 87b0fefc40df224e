"""When people answer: a weekly timetable in the shop's time zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_interval, get_day_names
from babel.lists import format_list

from shop.errors import InvalidInput
from shop.phrases import Phrases

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)")

Span = tuple[time, time]


@dataclass(frozen=True)
class ServiceHours:
    """`spans`: opening and closing time by weekday, 0 is Monday; a day that is missing is closed."""

    zone: ZoneInfo
    spans: Mapping[int, Span]

    @classmethod
    def read(cls, timezone: str, hours: Mapping[str, str]) -> "ServiceHours":
        """From a zone's name and hours such as {"mon": "09:00-18:00"}.

        Raises:
            InvalidInput: there is no such zone (field `timezone`), or hours are none (field `hours.<day>`).
        """
        try:
            zone = ZoneInfo(timezone)
        except (KeyError, ValueError, OSError) as error:
            raise InvalidInput(f"no time zone {timezone!r}", field="timezone") from error
        return cls(zone, {DAYS.index(day): _span(day, text) for day, text in hours.items()})

    def is_open(self, now: datetime) -> bool:
        """Whether people answer at this instant."""
        local = now.astimezone(self.zone)
        span = self.spans.get(local.weekday())
        return span is not None and span[0] <= local.time() < span[1]

    def next_opening(self, now: datetime) -> datetime | None:
        """When people answer next, in the shop's zone; now if they do; None if they never do."""
        local = now.astimezone(self.zone)
        if self.is_open(now):
            return local
        for ahead in range(8):
            day = local + timedelta(days=ahead)
            span = self.spans.get(day.weekday())
            opening = span and day.replace(hour=span[0].hour, minute=span[0].minute, second=0, microsecond=0)
            if opening and opening > local:
                return opening
        return None

    def label(self, phrases: Phrases, locale: str) -> str:
        """The timetable in a line, days with the same hours together: "Mon-Fri 9:00 AM - 6:00 PM and ..."."""
        spans = [
            phrases.say("service-hours", locale, days=_days(run, phrases, locale), times=_times(span, locale))
            for span, days in groupby(sorted(self.spans), key=lambda day: self.spans[day])
            for run in _runs(list(days))
        ]
        return str(format_list(spans, locale=locale))


def _runs(days: list[int]) -> list[tuple[int, int]]:
    """Consecutive days, as first and last."""
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and day == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _days(run: tuple[int, int], phrases: Phrases, locale: str) -> str:
    names = get_day_names("abbreviated", locale=locale)
    first, last = (names[day] for day in run)
    return first if first == last else phrases.say("service-days", locale, first=first, last=last)


def _times(span: Span, locale: str) -> str:
    return str(format_interval(*span, "hm" if locale == "en" else "Hm", locale=locale))


def _span(day: str, text: str) -> Span:
    matched = _SPAN.fullmatch(text.strip())
    try:
        if matched is None:
            raise ValueError
        opening, closing = (datetime.strptime(part, "%H:%M").time() for part in matched.groups())
        if opening >= closing:
            raise ValueError
    except ValueError as error:
        raise InvalidInput(
            f"{day}: hours are written as 09:00-18:00, not {text!r}", field=f"hours.{day}"
        ) from error
    return opening, closing
