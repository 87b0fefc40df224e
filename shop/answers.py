"""What the shop says about itself: one file that a shop edits, found by what is asked, in either language.

The file's shape is described at its head (data/answers.toml). It is read again when it changes; a file that
cannot be used leaves the last good one in place.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

import numpy as np
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sklearn.feature_extraction.text import TfidfVectorizer

from recommender.arrays import FloatArray
from recommender.embeddings import Encoder
from shop.errors import InvalidInput, Unavailable
from shop.phrases import Phrases
from shop.service_hours import ServiceHours

log = structlog.get_logger()

NonEmpty = Annotated[str, Field(min_length=1)]
ENOUGH_IN_MEANING, ENOUGH_IN_WORDS = 0.65, 0.6
INTENT_COUNTS = 0.6
"""What a matching intent adds: as much as all but the same words."""

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9\u00c0-\u024f]+")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(_Strict):
    """An answer in one language, and how it is asked for."""

    title: NonEmpty
    questions: list[NonEmpty] = []
    text: NonEmpty

    @field_validator("text")
    @classmethod
    def _gaps_are_known(cls, text: str) -> str:
        try:
            text.format(hours="", email="", phone="")
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"only {{hours}}, {{email}} and {{phone}} can be filled in ({error})") from error
        return text


class Answer(_Strict):
    """One answer; `intents` are the questions it answers, `then` what is offered afterwards."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    intents: list[NonEmpty] = []
    then: Annotated[list[NonEmpty], Field(max_length=5)] = []
    en: Wording
    zh: Wording

    def wording(self, locale: str) -> Wording:
        """The answer in a language; English where it is neither."""
        return self.zh if locale == "zh" else self.en


class Service(_Strict):
    """When and how people can be reached; `hours` by day, such as mon = "09:00-18:00"."""

    timezone: NonEmpty
    email: NonEmpty
    phone: NonEmpty
    hours: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], str]

    def opening(self) -> ServiceHours:
        """The hours as a timetable.

        Raises:
            InvalidInput: an unknown time zone, or hours that are none.
        """
        return ServiceHours.read(self.timezone, {str(day): span for day, span in self.hours.items()})


class AnswerBook(_Strict):
    """The whole file."""

    service: Service
    answer: Annotated[list[Answer], Field(min_length=1)]

    def text_of(self, answer: Answer, phrases: Phrases, locale: str) -> str:
        """What an answer says in a language, with the facts of the service filled in."""
        hours = self.service.opening().label(phrases, locale)
        filled = {"hours": hours, "email": self.service.email, "phone": self.service.phone}
        return answer.wording(locale).text.format(**filled)


Likeness = Callable[[str], FloatArray]
"""From a question to how like it each of the file's questions is, at most 1."""


@dataclass(frozen=True)
class Index:
    """The book with all its questions, and the means to compare them with another.

    enough: likeness from which a question whose intent is not known counts as one of the file's.
    """

    book: AnswerBook
    owners: np.ndarray[Any, np.dtype[np.int64]]
    likeness: Likeness
    enough: float

    @classmethod
    def of(cls, book: AnswerBook, encoder: Encoder | None) -> "Index":
        """Read every title and question, of both languages; without an encoder they are compared by words."""
        asked = [
            (owner, text)
            for owner, each in enumerate(book.answer)
            for wording in (each.en, each.zh)
            for text in (wording.title, *wording.questions)
        ]
        texts, owners = [text for _, text in asked], np.array([owner for owner, _ in asked])
        if encoder is None:
            return cls(book, owners, _by_words(texts), ENOUGH_IN_WORDS)
        return cls(book, owners, _by_meaning(texts, encoder), ENOUGH_IN_MEANING)

    def answer_to(self, text: str, intent: str | None = None) -> Answer | None:
        """The answer to a question; None where nothing is like it and no answer has its intent."""
        scores = np.zeros(len(self.book.answer))
        np.maximum.at(scores, self.owners, self.likeness(text))
        known = np.array([intent in each.intents for each in self.book.answer])
        if not known.any() and scores.max() < self.enough:
            return None
        return self.book.answer[int(np.argmax(scores + INTENT_COUNTS * known))]


def _by_meaning(texts: Sequence[str], encoder: Encoder) -> Likeness:
    questions = encoder(texts)
    return lambda text: np.asarray(questions @ encoder([text])[0], dtype=float)


def _by_words(texts: Sequence[str]) -> Likeness:
    vectorizer = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True)
    questions = vectorizer.fit_transform(texts)
    return lambda text: np.asarray((questions @ vectorizer.transform([text]).T).todense()).ravel()


def _pieces(text: str) -> Iterator[str]:
    """Words, and their pieces of 3 and 4 letters with the edges marked; of Chinese, characters and pairs."""
    for run in _RUNS.findall(text.lower()):
        if run[0] >= "\u3400":
            yield from run
            yield from (run[at : at + 2] for at in range(len(run) - 1))
            continue
        yield run
        edged = f" {run} "
        yield from (edged[at : at + length] for length in (3, 4) for at in range(len(edged) - length + 1))


class AnswerFile:
    """The answers of a file, as it stands now. Questions are compared by meaning where `encoder` can."""

    def __init__(self, path: Path, encoder: Encoder | None = None) -> None:
        self._path = path
        self._encoder = encoder
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._book: AnswerBook | None = None
        self._index: Index | None = None

    def book(self) -> AnswerBook:
        """The newest usable answers.

        Raises:
            Unavailable: there never were any; the log says why.
        """
        with self._lock:
            return self._current()

    def find(self, text: str, intent: str | None = None) -> Answer | None:
        """The answer to a question, see `Index.answer_to`. The first question pays for reading all of them.

        Raises:
            Unavailable: there are no answers.
        """
        with self._lock:
            book = self._current()
            if self._index is None or self._index.book is not book:
                self._index = Index.of(book, self._encoder)
            index = self._index
        return index.answer_to(text, intent)

    def _current(self) -> AnswerBook:
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._take_up()
        if self._book is None:
            raise Unavailable(f"the answers in {self._path.name} cannot be used", code="answers_unavailable")
        return self._book

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size

    def _take_up(self) -> None:
        try:
            self._book = read_answers(self._path)
        except InvalidInput as error:
            log.error("answers_refused", file=self._path.name, field=error.field, reason=error.message)


def read_answers(path: Path) -> AnswerBook:
    """Read and check an answers file.

    Raises:
        InvalidInput: it is missing, no TOML, or a field is not as described (field: where it stands).
    """
    try:
        book = AnswerBook.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"{path.name}: {where}: {first['msg']}", field=where) from error
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path.name}: {error}", field="answers") from error
    ids = [each.id for each in book.answer]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice:
        raise InvalidInput(f"{path.name}: the id {twice!r} is there twice", field="answer.id")
    book.service.opening()
    return book
