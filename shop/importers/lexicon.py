"""Writes the catalogue's lexicon: the words by which the assistant recognises what the shop sells."""

import hashlib
import json
from pathlib import Path
from typing import Any

from shop.storage.database import Database
from shop.storage.lexicon import NamedGroup, brands, named_groups

ENTITY_OF_LEVEL = {"department": "department", "category": "category", "kind": "product"}


def write_lexicon(database: Database, path: Path) -> int:
    """Write every department, category, kind and brand with its names; how many terms there are.

    The file is replaced at once, so that a reader finds the old one or the new one, never a part.
    """
    with database.read() as connection:
        terms = _group_terms(named_groups(connection)) + [_brand_term(name) for name in brands(connection)]
    content = json.dumps(terms, ensure_ascii=False)
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    draft = path.with_suffix(".draft")
    draft.write_text(f'{{"version": "{version}", "terms": {content}}}', encoding="utf-8")
    draft.replace(path)
    return len(terms)


def _group_terms(groups: list[NamedGroup]) -> list[dict[str, Any]]:
    terms: dict[tuple[str, str], dict[str, list[str]]] = {}
    for group in groups:
        key = ENTITY_OF_LEVEL[group.level], group.value
        terms.setdefault(key, {})[group.locale] = list(group.forms)
    return [{"entity": entity, "value": value, "forms": forms} for (entity, value), forms in terms.items()]


def _brand_term(name: str) -> dict[str, Any]:
    return {"entity": "brand", "value": name, "forms": {"en": [name]}}
