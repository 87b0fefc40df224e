"""What every use case needs, opened once per process and handed on as one value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from recommender.embeddings import sentence_encoder
from shop.answers import AnswerFile
from shop.model import ModelHandle
from shop.money import Exchange
from shop.phrases import Phrases, load_phrases
from shop.settings import PROJECT_ROOT, Settings
from shop.storage.database import Database


def utc_now() -> datetime:
    """The clock; tests hand in another."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Shop:
    """The open shop: its database, its words, its trained recommender, its answers and its clock."""

    settings: Settings
    database: Database
    phrases: Phrases
    model: ModelHandle
    answers: AnswerFile
    now: Callable[[], datetime] = field(default=utc_now)


@dataclass(frozen=True)
class Audience:
    """For whom a use case works: who asks, in which language, where the answer will be shown.

    `shopper_id` is None while the visitor is anonymous; `conversation_id` then stands for the visit.
    `shown_in` is the currency that they want to read prices in, if that is not the shop's own.
    """

    locale: str = "en"
    surface: str = "chat"
    shopper_id: str | None = None
    conversation_id: str | None = None
    turn_id: str | None = None
    shown_in: Exchange | None = None

    @property
    def owner(self) -> str | None:
        """Whose cart and consent this is: the shopper's, or the visit's."""
        return self.shopper_id or self.conversation_id


def open_shop(settings: Settings, now: Callable[[], datetime] = utc_now) -> Shop:
    """Open the database and the current recommender; nothing is created or migrated here."""
    return Shop(
        settings=settings,
        database=Database(settings.url),
        phrases=load_phrases(PROJECT_ROOT / "data" / "phrases", settings.default_locale),
        model=ModelHandle(settings.recommender_dir),
        answers=AnswerFile(settings.answers_path, sentence_encoder()),
        now=now,
    )
