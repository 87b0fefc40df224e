"""Dates as people read them."""

from datetime import date

from babel.dates import format_skeleton


def date_label(day: date, locale: str, today: date) -> str:
    """ "Fri, Nov 21", "11月21日周五"; with the year when it is not this year's."""
    skeleton = "MMMEd" if day.year == today.year else "yMMMEd"
    return str(format_skeleton(skeleton, day, locale=locale))
