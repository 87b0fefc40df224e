"""Finds the catalogue's names in a text: any case, singular or plural, misspelled, the longest name first."""

from collections.abc import Iterable, Sequence

import spacy
from spacy.attrs import IS_ASCII, IS_PUNCT, IS_SPACE, LOWER, NORM
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlu.found import Found, Taken
from nlu.lexicon import ENTITIES, Lexicon, Term
from nlu.typos import Corrector, Guess
from nlu.words import Word, singular, words_of

_KEY = "catalogue"
_LOOKED_AT = (
    IS_ASCII,
    IS_PUNCT,
    IS_SPACE,
    LOWER,
    NORM,
)  # what is computed for each new word; spaCy knows 20 more
MOST_CORRECTED = 6  # misspelled words that are looked at in one text
_BESIDE = 5  # words on either side of a misspelled one that may belong to the same name

Span = tuple[int, int]


class CatalogueMatcher:
    """All names of one lexicon, compiled. Matching costs the same whether there are ten names or 100,000."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.version = lexicon.version
        self.language = _language()
        self._terms: dict[tuple[str, ...], tuple[str, str]] = {}
        self._phrases = PhraseMatcher(self.language.vocab)
        for term in sorted(lexicon.terms, key=lambda term: ENTITIES.index(term.entity)):
            for form in term.forms:
                self._add(form, term)
        self._corrector = Corrector(self._vocabulary())

    def _add(self, form: str, term: Term) -> None:
        words = words_of(self.language.make_doc(form))
        norms = tuple(word.norm for word in words)
        if norms and norms not in self._terms:
            self._terms[norms] = (term.entity, term.value)
            self._phrases.add(_KEY, [self._doc(words)])

    def _vocabulary(self) -> dict[str, bool]:
        """Return every word of a name, and whether only brands have it."""
        words: dict[str, bool] = {}
        for norms, (entity, _) in self._terms.items():
            for norm in norms:
                words[norm] = words.get(norm, True) and entity == "brand"
        return words

    def _doc(self, words: Iterable[Word]) -> Doc:
        return Doc(self.language.vocab, words=[word.norm for word in words])

    def find(self, doc: Doc, taken: Sequence[Found] = ()) -> list[Found]:
        """Return the names in a text tokenized by `language`, in the order of the text, none overlapping.

        taken: what is spoken for already, an e-mail address for instance.
        """
        elsewhere = Taken(taken)
        words = [word for word in words_of(doc) if elsewhere.is_free(word.start, word.end)]
        words = self._corrected(words)
        return [self._found(words[start:end]) for start, end in sorted(_longest(self._spans(words)))]

    def _spans(self, words: Sequence[Word]) -> list[Span]:
        return [(start, end) for _, start, end in self._phrases(self._doc(words))] if words else []

    def _corrected(self, words: list[Word]) -> list[Word]:
        """Return the words with misspelled ones replaced, where a name comes of it."""
        unknown = [place for place, word in enumerate(words) if self._corrector.is_unknown(word.norm)]
        guesses = {place: self._corrector.guesses(words[place].norm) for place in unknown[:MOST_CORRECTED]}
        while guesses:  # from the end: a replacement may be two words
            place, last = guesses.popitem()
            if before := guesses.get(place - 1):
                pairs = [[one, two] for one in before for two in last]
                if best := self._best(words, place - 1, pairs):
                    words = best
                    del guesses[place - 1]
                    continue
            words = self._best(words, place, [[guess] for guess in last]) or words
        return words

    def _best(self, words: list[Word], first: int, runs: Iterable[Sequence[Guess]]) -> list[Word] | None:
        """Return the words, from `first` on those of the run of guesses that makes the longest name."""
        best, longest = None, 0
        for run in runs:
            meant = [
                Word(singular(norm), words[place].start, words[place].end)
                for place, guess in enumerate(run, start=first)
                for norm in guess.words
            ]
            replaced = [*words[:first], *meant, *words[first + len(run) :]]
            named = self._longest_name(replaced, first, first + len(meant))
            if named > longest and (named > len(meant) or len(run) > 1 or run[0].alone):
                best, longest = replaced, named
        return best

    def _longest_name(self, words: Sequence[Word], first: int, end: int) -> int:
        """Return how many words the longest name has that covers those from `first` to `end`, or 0."""
        begin = max(first - _BESIDE, 0)
        spans = self._spans(words[begin : end + _BESIDE])
        covering = (last - start for start, last in spans if begin + start <= first and end <= begin + last)
        return max(covering, default=0)

    def _found(self, words: Sequence[Word]) -> Found:
        entity, value = self._terms[tuple(word.norm for word in words)]
        return Found(entity, value, words[0].start, words[-1].end)


def _language() -> Language:
    """Return an English tokenizer with a vocabulary of its own, which must not be shared between threads."""
    language: Language = spacy.blank("en")
    getters = language.vocab.lex_attr_getters
    language.vocab.lex_attr_getters = {each: getters[each] for each in _LOOKED_AT if each in getters}
    return language


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that overlap no longer one, nor one as long that begins earlier."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            chosen.append((start, end))
            taken.update(range(start, end))
    return chosen
