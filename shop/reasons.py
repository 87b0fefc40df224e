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
    """A sentence per reason, each once, the weightiest first; popularity only if nothing else speaks."""
    telling = [reason for reason in reasons if reason.kind != "popular"] or reasons
    return tuple(dict.fromkeys(_say(phrases, reason, names, locale) for reason in telling))


def rhythm(days: float) -> tuple[str, int]:
    """An interval as people say it: in days up to ten, in weeks up to two months, then in months."""
    if days < LONGEST_IN_DAYS:
        return "days", max(1, round(days))
    if days < LONGEST_IN_WEEKS:
        return "weeks", round(days / 7)
    return "months", round(days / 30.4)


def _say(phrases: Phrases, reason: Reason, names: Names, locale: str) -> str:
    detail = reason.detail
    if reason.kind == "bought_often" and int(detail["times"]) >= FEWEST_FOR_RHYTHM:
        unit, count = rhythm(float(detail["every_days"]))
        return phrases.say(f"reason-bought-often-{unit}", locale, **{unit: count})
    if reason.kind == "bought_often":
        return phrases.say("reason-bought-often", locale, times=int(detail["times"]))
    if reason.kind == "favourite_category":
        value = str(detail["category"])
        category = names.categories.get(value, value)
        return phrases.say("reason-favourite-category", locale, category=category)
    key = f"reason-{reason.kind.replace('_', '-')}"
    if reason.item_id is None:
        return phrases.say(key, locale)
    return phrases.say(f"{key}-item", locale, item=names.items.get(reason.item_id, reason.item_id))
