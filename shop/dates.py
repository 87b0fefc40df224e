"""Dates as people read them."""

from datetime import date, datetime

from babel.dates import format_skeleton


def date_label(day: date, locale: str, today: date) -> str:
    """ "Fri, Nov 21", "11月21日周五"; with the year when it is not this year's."""
    skeleton = "MMMEd" if day.year == today.year else "yMMMEd"
    return str(format_skeleton(skeleton, day, locale=locale))


def moment_label(moment: datetime, locale: str) -> str:
    """ "Mon 9:00 AM", "周一 09:00": a time within the next days, in its own zone."""
    skeleton = "Ehm" if locale == "en" else "EHm"
    return str(format_skeleton(skeleton, moment, tzinfo=moment.tzinfo, locale=locale))
