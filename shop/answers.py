"""What the shop says about itself: one file that a shop edits, found by what is asked, in either language.

The file's shape is described at its head (data/answers.toml). It is read again when it changes; a file that cannot
be used leaves the last good one in place.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, Literal

import numpy as np
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sklearn.feature_extraction.text import TfidfVectorizer

from shop.errors import InvalidInput, Unavailable
from shop.service_hours import ServiceHours

log = structlog.get_logger()

NonEmpty = Annotated[str, Field(min_length=1)]
LIKE_ENOUGH = 0.6
"""Likeness in [0, 1] from which a question whose intent is not known counts as one of the file's."""
_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9\u00c0-\u024f]+")
INTENT_COUNTS = 0.6
"""What a matching intent adds: as much as all but the same words."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(_Strict):
    """An answer in one language, and how it is asked for."""

    title: NonEmpty
    questions: list[NonEmpty] = []
    text: NonEmpty


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
        return ServiceHours.read(self.timezone, dict(self.hours))


class AnswerBook(_Strict):
    """The whole file."""

    service: Service
    answer: Annotated[list[Answer], Field(min_length=1)]

    def find(self, answer_id: str) -> Answer | None:
        """The answer of this id."""
        return next((each for each in self.answer if each.id == answer_id), None)


@dataclass(frozen=True)
class Index:
    """The book, and its questions as vectors: TF-IDF over pieces of words, which typos and Chinese survive."""

    book: AnswerBook
    vectorizer: TfidfVectorizer
    questions: Any
    owners: np.ndarray[Any, np.dtype[np.int64]]

    @classmethod
    def of(cls, book: AnswerBook) -> "Index":
        """Read every title and question, of both languages."""
        asked = [
            (owner, text)
            for owner, each in enumerate(book.answer)
            for wording in (each.en, each.zh)
            for text in (wording.title, *wording.questions)
        ]
        vectorizer = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True)
        questions = vectorizer.fit_transform([text for _, text in asked])
        return cls(book, vectorizer, questions, np.array([owner for owner, _ in asked]))

    def answer_to(self, text: str, intent: str | None = None) -> Answer | None:
        """The answer to a question; None where nothing is like it and no answer has its intent."""
        scores = np.zeros(len(self.book.answer))
        likeness = (self.questions @ self.vectorizer.transform([text]).T).toarray().ravel()
        np.maximum.at(scores, self.owners, likeness)
        known = np.array([intent in each.intents for each in self.book.answer])
        if not known.any() and scores.max() < LIKE_ENOUGH:
            return None
        return self.book.answer[int(np.argmax(scores + INTENT_COUNTS * known))]


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
    """The answers of a file, as it stands now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._index: Index | None = None

    def current(self) -> Index:
        """The newest usable answers.

        Raises:
            Unavailable: there never were any; the log says why.
        """
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                self._take_up()
            if self._index is None:
                raise Unavailable(f"the answers in {self._path.name} cannot be used", code="answers_unavailable")
            return self._index

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size

    def _take_up(self) -> None:
        try:
            self._index = Index.of(read_answers(self._path))
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
