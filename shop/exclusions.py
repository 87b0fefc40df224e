"""Diets and the like: how shoppers say them, and what they leave out; read from data/exclusions.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from shop.settings import PROJECT_ROOT

PATH = PROJECT_ROOT / "data" / "exclusions.toml"
_KEYS = {"names", "is", "says", "unsays", "departments", "categories", "words", "but"}
# Close to the word: "I don't eat meat because I'm vegetarian" takes nothing back.
_NOT = r"(?:\bnot|\bno longer|\bnever|n't)(?:\s+\w+){0,2}\s+"
_NOT_ZH = r"(?:不是|不再是|并不|没有?|不)[^，。；！？]?"
_CURLY = str.maketrans("\u2018\u2019", "''")


@dataclass(frozen=True)
class Exclusion:
    """One entry of the file; its texts in lower case."""

    key: str
    names: Mapping[str, str]
    being: tuple[str, ...]
    says: tuple[str, ...]
    unsays: tuple[str, ...]
    departments: frozenset[str]
    categories: frozenset[str]
    words: tuple[str, ...]
    but: tuple[str, ...]

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        return _any_of(self.words)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return _any_of(self.but)

    def leaves_out(self, level: str, value: str) -> bool:
        """Whether the group of products called `value` (lower case) at this level of the catalogue goes."""
        if level == "department":
            return value in self.departments
        if level == "category":  # "Peanut butter, jam & honey" is more than nuts: no words here
            return value in self.categories
        if level != "kind" or (self._unless is not None and self._unless.search(value)):
            return False
        return self._named is not None and self._named.search(value) is not None


@dataclass(frozen=True)
class Heard:
    """What a message says of itself: entries that hold from now on, and entries that hold no longer."""

    stated: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()


def hear(text: str, entries: Mapping[str, "Exclusion"]) -> Heard:
    """What a message says that stands in the file."""
    said = text.lower().translate(_CURLY)
    back = tuple(key for key, entry in entries.items() if _unsaid(said, entry))
    stated = tuple(key for key, entry in entries.items() if key not in back and _stated(said, entry))
    return Heard(stated, back)


def _stated(said: str, entry: Exclusion) -> bool:
    return any(_within(phrase, said) for phrase in (*entry.says, *entry.being))


def _unsaid(said: str, entry: Exclusion) -> bool:
    if any(_within(phrase, said) for phrase in entry.unsays):
        return True
    return any(re.search(_negated(phrase), said) for phrase in entry.being)


def _within(phrase: str, said: str) -> bool:
    return re.search(_bounded(phrase), said) is not None


def _bounded(phrase: str) -> str:
    """English between borders of words; Chinese has none."""
    return rf"\b{re.escape(phrase)}\b" if phrase.isascii() else re.escape(phrase)


def _negated(phrase: str) -> str:
    return (_NOT if phrase.isascii() else _NOT_ZH) + _bounded(phrase)


@lru_cache(maxsize=4)
def load_exclusions(path: Path = PATH) -> Mapping[str, Exclusion]:
    """The entries of the file, by key.

    Raises:
        ValueError: an entry has a key that nothing reads; TOML's own error for a malformed file.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _entry(key, table) for key, table in tables.items()}


def _entry(key: str, table: Mapping[str, Any]) -> Exclusion:
    unknown = set(table) - _KEYS
    if unknown:
        raise ValueError(f"{PATH.name}: {key} has unknown keys: {', '.join(sorted(unknown))}")
    return Exclusion(
        key=key,
        names=dict(table["names"]),
        being=_phrases(table.get("is", {})),
        says=_phrases(table.get("says", {})),
        unsays=_phrases(table.get("unsays", {})),
        departments=frozenset(name.lower() for name in table.get("departments", ())),
        categories=frozenset(name.lower() for name in table.get("categories", ())),
        words=tuple(table.get("words", ())),
        but=tuple(table.get("but", ())),
    )


def _phrases(by_language: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrases in by_language.values() for phrase in phrases)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for one of these words, in the singular or the plural."""
    alternatives = "|".join(re.escape(word.lower()) for word in words)
    return re.compile(rf"\b(?:{alternatives})(?:e?s)?\b") if alternatives else None
