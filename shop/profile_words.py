"""Facts on a shopper, put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_percent

from shop.dates import date_label
from shop.money import price_label
from shop.phrases import Phrases
from shop.profile_facts import Fact, Origin
from shop.reasons import Names, rhythm


@dataclass(frozen=True)
class Span:
    """How many orders there are, the days of the first and last, and the day of the last run."""

    orders: int
    first: date
    last: date
    computed: date


@dataclass(frozen=True)
class Words:
    """A language, and what sentences in it need: names, today, and the currency of amounts."""

    phrases: Phrases
    names: Names
    locale: str
    today: date
    currency: str

    def say(self, key: str, **values: object) -> str:
        """The phrase `profile-...` of that name."""
        return self.phrases.say(f"profile-{key}", self.locale, **values)

    def day(self, day: date) -> str:
        """A day as people read it."""
        return date_label(day, self.locale, self.today)

    def share(self, share: float) -> str:
        """A share as whole percents."""
        return str(format_percent(share, locale=self.locale))


def say_fact(words: Words, fact: Fact) -> str:
    """One sentence."""
    detail = fact.detail
    if fact.topic in {"pace", "item"}:
        return _say_rhythm(words, fact.topic, detail)
    if fact.topic == "segment":
        return _say_segment(words, detail)
    return words.say(fact.topic.replace("_", "-"), **_values(words, detail))


def say_source(words: Words, origin: Origin, span: Span) -> str:
    """Where a fact comes from."""
    if origin == "orders":
        first, last = words.day(span.first), words.day(span.last)
        return words.say("source-orders", orders=span.orders, first=first, last=last)
    if origin == "computed":
        return words.say("source-computed", last=words.day(span.computed))
    return words.say(f"source-{origin}")


def _values(words: Words, detail: Mapping[str, Any]) -> dict[str, Any]:
    """What sentences mention, as they mention it."""
    values = {name: _value(words, name, value) for name, value in detail.items()}
    return {_NAMES_IN_SENTENCES.get(name, name): value for name, value in values.items()}


_NAMES_IN_SENTENCES = {"item_id": "item", "worth_minor": "amount"}


def _value(words: Words, name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in {"share", "usual"}:
        return words.share(value)
    if name == "worth_minor":
        return price_label(value, words.currency, words.locale)
    if name == "item_id":
        return words.names.items.get(value, value)
    return words.names.categories.get(value, value) if name == "category" else value


def _say_rhythm(words: Words, topic: str, detail: Mapping[str, Any]) -> str:
    unit, count = rhythm(float(detail["every_days"]))
    item = words.names.items.get(detail.get("item_id", ""), detail.get("item_id", ""))
    said = words.say(f"{topic}-{unit}", **{unit: count}, item=item)
    if detail.get("due") is None:
        return said
    due = date.fromisoformat(detail["due"])
    if due <= words.today:
        return words.say("due-now", rhythm=said)
    return words.say("due", rhythm=said, day=words.day(due))


def _say_segment(words: Words, detail: Mapping[str, Any]) -> str:
    habits = say_habits(words.phrases, detail["traits"], words.names.categories, words.locale)
    return words.say("segment", others=detail["others"], habits=habits)


def say_habits(
    phrases: Phrases, traits: Mapping[str, str], categories: Mapping[str, str], locale: str
) -> str:
    """How a segment shops, without a word on its value to the shop."""
    return phrases.say("segment-habits", locale, **segment_values(traits, categories))


def segment_values(traits: Mapping[str, str], categories: Mapping[str, str]) -> dict[str, str]:
    """A segment's traits as its phrases take them; `categories` are names by the products' value."""
    favourite = traits.get("favourite_category")
    named = {name: value for name, value in traits.items() if name != "favourite_category"}
    if favourite is None:
        return named | {"has_favourite": "no", "category": ""}
    return named | {"has_favourite": "yes", "category": categories.get(favourite, favourite)}
