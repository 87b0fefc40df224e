"""What web and the Rasa channel say to each other, as typed models; tests/contracts holds the examples.

Cards travel on to the widget exactly as they came: the models check them, nobody rewrites them.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

NonEmpty = Annotated[str, Field(min_length=1)]


class _Loose(BaseModel):
    """Known fields are checked; further ones may come with later versions."""

    model_config = ConfigDict(extra="allow", strict=True)


class TextMessage(_Loose):
    """A sentence."""

    kind: Literal["text"]
    text: NonEmpty


class MeantButton(_Loose):
    """A button as the assistant means it, before its meaning is replaced by a token."""

    title: NonEmpty
    intent: NonEmpty
    entities: dict[str, JsonValue] = {}


class MeantButtonsMessage(_Loose):
    """Quick replies, with a sentence before them or without."""

    kind: Literal["buttons"]
    text: NonEmpty | None = None
    buttons: Annotated[list[MeantButton], Field(min_length=1, max_length=12)]


class SlateItem(_Loose):
    """One product card; `price` in units of `currency`."""

    item_id: NonEmpty
    name: NonEmpty
    price: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=False)]
    currency: NonEmpty
    was_price: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=False)] | None = None
    image: NonEmpty
    url: NonEmpty
    in_stock: bool
    reasons: list[str]
    actions: list[Literal["add_to_cart", "similar", "why", "dismiss"]]


class SlateMessage(_Loose):
    """Products to show side by side, as they stand in the log under `slate_id`."""

    kind: Literal["slate"]
    text: NonEmpty | None = None
    slate_id: NonEmpty
    items: Annotated[list[SlateItem], Field(min_length=1)]


class NoticeMessage(_Loose):
    """Something about the conversation itself; `code` is stable, `text` is for people."""

    kind: Literal["notice"]
    code: NonEmpty
    text: NonEmpty


class CardMessage(_Loose):
    """A typed card: an order, the cart, coupons, a comparison, something to download."""

    kind: Literal["order", "cart", "coupons", "comparison", "download"]
    text: NonEmpty | None = None


AssistantMessage = Annotated[
    TextMessage | MeantButtonsMessage | SlateMessage | NoticeMessage | CardMessage,
    Field(discriminator="kind"),
]


class Intent(_Loose):
    """An intent and how sure the classifier is, from 0 to 1."""

    name: str | None
    confidence: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=False)]


class TurnFacts(_Loose):
    """What Rasa understood and did; `committed` tells whether its tracker holds the turn."""

    intent: Intent | None = None
    ranking: list[Intent] = []
    entities: list[dict[str, JsonValue]] = []
    actions: list[str] = []
    committed: bool = True
    model: str | None = None


class TurnAnswer(_Loose):
    """The channel's answer to one turn; never without messages."""

    turn_id: NonEmpty
    messages: Annotated[list[AssistantMessage], Field(min_length=1, max_length=30)]
    facts: TurnFacts


class ErrorDetail(_Loose):
    """Why the channel could not answer."""

    code: NonEmpty
    message: str = ""


class TurnError(_Loose):
    """The channel's answer when a turn failed."""

    error: ErrorDetail
    facts: TurnFacts | None = None


turn_answer: TypeAdapter[TurnAnswer] = TypeAdapter(TurnAnswer)
turn_error: TypeAdapter[TurnError] = TypeAdapter(TurnError)


class TurnMetadata(BaseModel):
    """Who speaks, for the actions: part of every request."""

    shopper_id: str | None
    locale: Literal["en", "zh"]
    channel: Literal["widget"] = "widget"
    turn_id: str
    conversation_id: str


class ButtonPress(BaseModel):
    """A button, or a card's action, as Rasa receives it: structured, never as text."""

    intent: str
    entities: dict[str, Any] = {}


class TurnRequest(BaseModel):
    """What web asks of the channel: either `text` or `button`."""

    conversation_id: str
    turn_id: str
    text: str | None = None
    button: ButtonPress | None = None
    metadata: TurnMetadata

    def body(self) -> dict[str, Any]:
        """The request as JSON: the one of `text` and `button` that is not used is left out."""
        unused = {name for name in ("text", "button") if getattr(self, name) is None}
        return self.model_dump(mode="json", exclude=unused)
