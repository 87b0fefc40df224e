"""The catalogue's words: which names stand for which category, brand, product, department or colour.
Written by the shop, read here.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENTITIES = (
    "category",
    "brand",
    "product",
    "department",
    "colour",
)  # where one name means several things, the first wins


class LexiconError(ValueError):
    """The lexicon file is not as agreed; the message says where."""


@dataclass(frozen=True)
class Term:
    """One thing of the catalogue: `value` is what the entity gets, `forms` what shoppers call it in any
    language.
    """

    entity: str
    value: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """All terms of one version of the catalogue."""

    version: str
    terms: tuple[Term, ...]


NO_LEXICON = Lexicon(version="none", terms=())


def read_lexicon(path: Path) -> Lexicon:
    """Read `{"version", "terms": [{"entity", "value", "forms": {language: [form, ...]}}]}`.

    Raises:
        OSError: the file cannot be read.
        LexiconError: it is not JSON of this shape.
    """
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise LexiconError(f"{path} is not JSON in UTF-8: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("terms"), list):
        raise LexiconError(f"{path} has no list of terms")
    terms = tuple(_term(term, f"{path}: terms[{index}]") for index, term in enumerate(content["terms"]))
    return Lexicon(version=str(content.get("version", "")), terms=terms)


def _term(term: Any, where: str) -> Term:
    if not isinstance(term, dict) or not isinstance(term.get("forms"), dict):
        raise LexiconError(f"{where} has no forms")
    if term.get("entity") not in ENTITIES:
        raise LexiconError(f"{where}.entity must be one of {', '.join(ENTITIES)}")
    if not isinstance(term.get("value"), str) or not term["value"]:
        raise LexiconError(f"{where}.value must be a string that is not empty")
    forms = tuple(form for language in term["forms"].values() for form in language)
    if not all(isinstance(form, str) for form in forms):
        raise LexiconError(f"{where}.forms must be lists of strings, one per language")
    return Term(entity=term["entity"], value=term["value"], forms=forms)
