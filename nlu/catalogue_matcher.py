"""Finds the catalogue's names in a text: any case, singular or plural, the longest name first."""

from collections.abc import Iterable
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlu.lexicon import ENTITIES, Lexicon, Term
from nlu.words import Word, words_of

_KEY = "catalogue"


class Found(NamedTuple):
    """An entity and where it stands in the text (characters, end exclusive)."""

    entity: str
    value: str | float | int
    start: int
    end: int


class CatalogueMatcher:
    """All names of one lexicon, compiled. Matching costs the same whether there are ten names or 100,000."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.version = lexicon.version
        self.language: Language = spacy.blank(
            "en"
        )  # of its own: a vocabulary must not be shared between threads
        self._terms: dict[tuple[str, ...], Term] = {}
        self._phrases = PhraseMatcher(self.language.vocab)
        for term in sorted(lexicon.terms, key=lambda term: ENTITIES.index(term.entity)):
            for form in term.forms:
                self._add(form, term)

    def _add(self, form: str, term: Term) -> None:
        words = words_of(self.language.make_doc(form))
        norms = tuple(word.norm for word in words)
        if norms and norms not in self._terms:
            self._terms[norms] = term
            self._phrases.add(_KEY, [self._doc(words)])

    def _doc(self, words: Iterable[Word]) -> Doc:
        return Doc(self.language.vocab, words=[word.norm for word in words])

    def find(self, doc: Doc) -> list[Found]:
        """Return the names in a text tokenized by `language`, in the order of the text, none overlapping."""
        words = words_of(doc)
        if not words:
            return []
        spans = [(start, end) for _, start, end in self._phrases(self._doc(words))]
        return [self._found(words[start:end]) for start, end in sorted(_longest(spans))]

    def _found(self, words: list[Word]) -> Found:
        term = self._terms[tuple(word.norm for word in words)]
        return Found(term.entity, term.value, words[0].start, words[-1].end)


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that overlap no longer one, nor one as long that begins earlier."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= taken_start or start >= taken_end for taken_start, taken_end in chosen):
            chosen.append((start, end))
    return chosen
