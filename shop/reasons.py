"""Why an item is shown: the recommender's structured reasons, put into words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.ranking import Reason
from shop.phrases import Phrases
from shop.storage.catalogue import group_names, names_by_id
from shop.storage.rows import Connection

# Two purchases have an interval, but no rhythm.
FEWEST_FOR_RHYTHM = 3
LONGEST_IN_DAYS = 10.5
LONGEST_IN_WEEKS = 60
LONGEST_AGO_IN_DAYS = 30
NEW_THIS = {"week": 7, "month": 31}
# What holds for everybody alike.
IMPERSONAL = ("popular", "new")


@dataclass(frozen=True)
class Names:
    """What reasons mention, in one language: items by id, categories by the value products carry."""

    items: Mapping[str, str]
    categories: Mapping[str, str]


def read_names(connection: Connection, reasons: Iterable[Reason], locale: str) -> Names:
    """Names of whatever these reasons mention."""
    listed = list(reasons)
    item_ids = {reason.item_id for reason in listed if reason.item_id is not None}
    categories = {str(reason.detail["category"]) for reason in listed if "category" in reason.detail}
    return Names(
        names_by_id(connection, item_ids, locale) if item_ids else {},
        group_names(connection, categories, locale) if categories else {},
    )


def stored(reason: Reason) -> dict[str, Any]:
    """The form in which the log keeps a reason."""
    return {
        "kind": reason.kind,
        "item_id": reason.item_id,
        "weight": round(float(reason.weight), 6),
        "detail": dict(reason.detail),
    }


def restored(kept: Mapping[str, Any]) -> Reason:
    """A reason from the log."""
    return Reason(kept["kind"], kept["item_id"], kept["weight"], kept["detail"])


def say_reasons(phrases: Phrases, reasons: Sequence[Reason], names: Names, locale: str) -> tuple[str, ...]:
    """A sentence per reason, each once, in their order; popularity only if nothing personal speaks."""
    personal = any(reason.kind not in IMPERSONAL for reason in reasons)
    telling = [reason for reason in reasons if reason.kind != "popular" or not personal]
    return tuple(dict.fromkeys(_say(phrases, reason, names, locale) for reason in telling))


def rhythm(days: float) -> tuple[str, int]:
    """An interval as people say it: in days up to ten, in weeks up to two months, then in months."""
    if days < LONGEST_IN_DAYS:
        return "days", max(1, round(days))
    if days < LONGEST_IN_WEEKS:
        return "weeks", round(days / 7)
    return "months", round(days / 30.4)


def say_times(phrases: Phrases, detail: Mapping[str, float | int | str], locale: str) -> str:
    """How often something was bought (a reason's `times`, `every_days`), and when last (`days_ago`)."""
    if "every_days" in detail and int(detail["times"]) >= FEWEST_FOR_RHYTHM:
        unit, count = rhythm(float(detail["every_days"]))
        bought = phrases.say(f"reason-bought-often-{unit}", locale, **{unit: count})
    else:
        bought = phrases.say("reason-bought-often", locale, times=int(detail["times"]))
    if "days_ago" not in detail:
        return bought
    return phrases.say("reason-last-time", locale, bought=bought, ago=_say_ago(phrases, detail, locale))


def _say_ago(phrases: Phrases, detail: Mapping[str, float | int | str], locale: str) -> str:
    """Days are counted for longer than in a rhythm: "16 days ago" is told against "every 2 weeks"."""
    days = int(detail["days_ago"])
    unit, count = ("days", days) if days < LONGEST_AGO_IN_DAYS else rhythm(days)
    return phrases.say(f"reason-ago-{unit}", locale, **{unit: count})


def _say_new(phrases: Phrases, detail: Mapping[str, float | int | str], locale: str) -> str:
    days = int(detail.get("days", LONGEST_IN_WEEKS))
    for name, longest in NEW_THIS.items():
        if days <= longest:
            return phrases.say(f"reason-new-{name}", locale)
    return phrases.say("reason-new", locale)


def _say(phrases: Phrases, reason: Reason, names: Names, locale: str) -> str:
    detail = reason.detail
    if reason.kind == "bought_often":
        return say_times(phrases, detail, locale)
    if reason.kind == "new":
        return _say_new(phrases, detail, locale)
    if reason.kind == "favourite_category":
        value = str(detail["category"])
        category = names.categories.get(value, value)
        return phrases.say("reason-favourite-category", locale, category=category)
    if reason.kind == "popular" and "takers" in detail:
        return phrases.say("reason-popular-early", locale)
    key = f"reason-{reason.kind.replace('_', '-')}"
    if reason.item_id is None:
        return phrases.say(key, locale)
    return phrases.say(f"{key}-item", locale, item=names.items.get(reason.item_id, reason.item_id))
