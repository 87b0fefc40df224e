"""Writes the catalogue's lexicon: the words by which the assistant recognises what the shop sells."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shop.storage.database import Database
from shop.storage.lexicon import NamedGroup, brands, colours, named_groups

ENTITY_OF_LEVEL = {"department": "department", "category": "category", "kind": "product"}
OWN_NAMES = ("category", "department", "kind")
# Narrower first: of "milk" as white milk and as a category's other name, white milk is what people mean.
OTHER_NAMES = ("kind", "category", "department")

Claims = dict[tuple[str, str], NamedGroup]


def write_lexicon(database: Database, path: Path) -> int:
    """Write every department, category, kind, brand and colour with its names; how many terms there are.

    A word stands for one thing only. It is the group's whose own name it is, a category's first ("Coffee" is
    the category, not the kind); a word that is another name only is the narrowest group's, and of several the
    one's with most products. The file is replaced at once, so that a reader finds the old one or
    the new one, never a part.
    """
    with database.read() as connection:
        terms = _group_terms(named_groups(connection))
        terms += [_plain_term("brand", name) for name in brands(connection)]
        terms += [_plain_term("colour", name) for name in colours(connection)]
    content = json.dumps(terms, ensure_ascii=False)
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    draft = path.with_suffix(".draft")
    draft.write_text(f'{{"version": "{version}", "terms": {content}}}', encoding="utf-8")
    draft.replace(path)
    return len(terms)


def _group_terms(groups: list[NamedGroup]) -> list[dict[str, Any]]:
    claims = _claims(groups)
    terms: dict[tuple[str, str], dict[str, list[str]]] = {}
    for group in groups:
        forms = [form for form in _forms(group) if claims[group.locale, form.casefold()] is group]
        if forms:
            key = ENTITY_OF_LEVEL[group.level], group.value
            terms.setdefault(key, {})[group.locale] = forms
    return [{"entity": entity, "value": value, "forms": forms} for (entity, value), forms in terms.items()]


def _claims(groups: list[NamedGroup]) -> Claims:
    """Which group each word of a language stands for; `groups` come largest first."""
    claims: Claims = {}
    for level in OWN_NAMES:
        _claim(claims, ((group, group.name) for group in groups if group.level == level))
    for level in OTHER_NAMES:
        of_level = [group for group in groups if group.level == level]
        _claim(claims, ((group, form) for group in of_level for form in _forms(group)))
    return claims


def _claim(claims: Claims, words: Iterable[tuple[NamedGroup, str]]) -> None:
    for group, word in words:
        claims.setdefault((group.locale, word.casefold()), group)


def _forms(group: NamedGroup) -> list[str]:
    """The group's names, each once, and with "and" where it has "&"."""
    names = (group.name, *group.aliases)
    spelled = (name.replace("&", "and") for name in names if "&" in name)
    return list(dict.fromkeys((*names, *spelled)))


def _plain_term(entity: str, name: str) -> dict[str, Any]:
    """A brand or colour has one name, in whichever language the shop writes it."""
    return {"entity": entity, "value": name, "forms": {"en": [name]}}
