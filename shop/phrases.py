"""The words that people read outside the chat's responses, from Project Fluent files in both languages.

One folder per locale under data/phrases/, any number of `.ftl` files in it. Code names a phrase and
hands over its values; sentences, plurals and word order stand in the files.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Message

LOCALES = ("en", "zh")


class MissingPhrase(KeyError):
    """No such phrase in this language, or one of its values was not given."""


class Phrases:
    """Says phrases in a shopper's language; unknown languages get the default one."""

    def __init__(self, directory: Path, default: str = "en", locales: Iterable[str] = LOCALES) -> None:
        self.default = default
        self._bundles: dict[str, FluentBundle] = {}
        self._keys: dict[str, frozenset[str]] = {}
        for locale in locales:
            # Isolation marks are right for mixed-direction text, but would surprise every consumer of JSON.
            self._bundles[locale] = FluentBundle([locale], use_isolating=False)
            self._keys[locale] = frozenset(_fill(self._bundles[locale], directory / locale))

    def _known(self, locale: str | None) -> str:
        return locale if locale in self._bundles else self.default

    def say(self, key: str, locale: str | None = None, **values: object) -> str:
        """The phrase `key` in `locale`.

        Raises:
            MissingPhrase: the phrase, or a value that it needs, is missing.
        """
        locale = self._known(locale)
        bundle = self._bundles[locale]
        pattern = bundle.get_message(key).value if key in self._keys[locale] else None
        if pattern is None:
            raise MissingPhrase(f"{key} ({locale})")
        sentence, problems = bundle.format_pattern(pattern, values)
        if problems:
            raise MissingPhrase(f"{key} ({locale}): {problems[0]}")
        return str(sentence)

    def keys(self, locale: str) -> frozenset[str]:
        """Every phrase that this language has."""
        return self._keys[locale]

    def section(self, prefix: str, locale: str | None = None) -> dict[str, str]:
        """All phrases without values whose key starts with `prefix`, for a browser to use by name."""
        locale = self._known(locale)
        return {key: self.say(key, locale) for key in sorted(self._keys[locale]) if key.startswith(prefix)}


def _fill(bundle: FluentBundle, directory: Path) -> Iterator[str]:
    for path in sorted(directory.glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        bundle.add_resource(resource)
        yield from (entry.id.name for entry in resource.body if isinstance(entry, Message))


@lru_cache(maxsize=4)
def load_phrases(directory: Path, default: str = "en") -> Phrases:
    """Phrases of a directory, read once per process."""
    return Phrases(directory, default)
