"""What the JSON API accepts and returns. The same classes validate, answer and stand in /openapi.json."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Locale = Literal["en", "zh"]
Mode = Literal["bot", "human"]
# What a shop may use for its own ids: anything printable that is not absurdly long.
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
ServerId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]
ClientMessageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
LanguageTag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$")]
Message = Annotated[dict[str, Any], Field(description="One message; see docs/api.md for its kinds.")]


class Input(BaseModel):
    """What callers send: unknown fields are refused, types are not guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Output(BaseModel):
    """What callers get."""

    model_config = ConfigDict(frozen=True)


class SessionIn(Input):
    """A shopper who opens the chat; `identity` is a JWT signed by the shop for whoever is logged in."""

    locale: LanguageTag | None = None
    identity: Annotated[str, Field(min_length=1, max_length=4000)] | None = None


class SessionOut(Output):
    """The session: send `token` as `Authorization: Bearer TOKEN` with everything else."""

    token: str
    conversation_id: str
    expires_at: datetime
    locale: Locale
    mode: Mode


class CardAction(Input):
    """A question about a product card: more like it, or why it was shown."""

    kind: Literal["similar", "why"]
    slate_id: ServerId
    item_id: Id


class PlainAction(Input):
    """Ask for a person, or go back to the bot; both work without the assistant."""

    kind: Literal["person", "bot"]


class Starter(Input):
    """What many begin with: what is recommended, where the order is, which coupons there are."""

    kind: Literal["recommend", "orders", "coupons"]


class MessageIn(Input):
    """What the shopper did: exactly one of `text`, `button` (a token from a message) and `action`."""

    client_message_id: ClientMessageId
    text: Annotated[str, Field(min_length=1, max_length=8000)] | None = None
    button: ServerId | None = None
    action: Annotated[CardAction | Starter | PlainAction, Field(discriminator="kind")] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "MessageIn":
        if sum(given is not None for given in (self.text, self.button, self.action)) != 1:
            raise ValueError("give exactly one of text, button and action")
        return self


class MessageOut(Output):
    """The answer of a turn; `seqs` are the sequence numbers of `messages` in the conversation."""

    turn_id: str
    status: Literal["received", "answered", "failed"]
    messages: list[Message]
    seqs: list[int]
    mode: Mode
    locale: Locale


class EntryOut(Output):
    """One message of the record; `client_message_id` where the shopper sent it."""

    seq: int
    author: Literal["shopper", "bot", "staff", "system"]
    at: datetime
    payload: Message
    turn_id: str | None = None
    client_message_id: str | None = None


class HistoryQuery(Input):
    """Without `after` the newest messages, else the next ones behind that sequence number."""

    after: Annotated[int, Field(ge=0, le=2**53)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100


class HistoryOut(Output):
    """Messages in order; ask again with `after` = the last `seq` while `last_seq` is larger."""

    conversation_id: str
    locale: Locale
    mode: Mode
    last_seq: int
    messages: list[EntryOut]


class StreamQuery(Input):
    """Where to go on; the header `Last-Event-ID` counts more."""

    after: Annotated[int, Field(ge=0, le=2**53)] | None = None


class ConversationChange(Input):
    """The language to go on in."""

    locale: LanguageTag


class EventIn(Input):
    """What became of an item of a slate; `value` is a quantity, or a rating from 1 to 5."""

    slate_id: ServerId
    item_id: Id
    kind: Literal["impression", "click", "add_to_cart", "purchase", "favourite", "dismiss", "rating"]
    value: Annotated[float, Field(allow_inf_nan=False)] | None = None


class EventOut(Output):
    """The event's id in the log."""

    event_id: str


class CartItemIn(Input):
    """An item for the cart, with the slate that showed it, if one did."""

    item_id: Id
    quantity: Annotated[int, Field(ge=1, le=99)] = 1
    slate_id: ServerId | None = None


class CartOut(Output):
    """The cart as it stands."""

    model_config = ConfigDict(extra="allow")

    kind: Literal["cart"]


class ComparisonQuery(Input):
    """Ids of two to four products with commas between; and what they should be, such as "organic"."""

    items: Annotated[str, Field(min_length=1, max_length=1000)]
    wish: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class RowOut(Output):
    """One fact: `values` in the order of the items, null where unknown; `better` names item ids."""

    key: str
    label: str
    values: list[str | None]
    differs: bool
    better: list[str]


class SuitsOut(Output):
    """The item that clearly suits the shopper more, said in a sentence, and why."""

    item_id: str
    sentence: str
    reasons: list[str]


class ComparisonOut(Output):
    """Products side by side; report what becomes of them with `slate_id`."""

    kind: Literal["comparison"]
    slate_id: str
    items: list[dict[str, Any]]
    rows: list[RowOut]
    suits: SuitsOut | None


class ReceiptOut(Output):
    """Proof of an erasure: entries by kind of data, and by table; no `finished_at` while it is under way."""

    number: str
    requested_at: datetime
    finished_at: datetime | None
    parts: dict[str, int]
    counts: dict[str, int]


class RecommendationsQuery(Input):
    """For whom, which kind of recommendation, how many, in which language."""

    user_id: Id
    purpose: Literal["recommend", "buy_again", "new", "popular"] = "recommend"
    n: Annotated[int, Field(ge=1, le=50)] = 10
    locale: LanguageTag | None = None


class RecommendationsOut(Output):
    """Item ids, best first, and the same as cards; report what becomes of them with `slate_id`."""

    recommendations: list[str]
    slate_id: str | None
    items: list[dict[str, Any]]


class ErrorDetail(Output):
    """A stable `code`, one sentence for developers, and the input field at fault where there is one."""

    code: str
    message: str
    field: str | None = None


class ErrorOut(Output):
    """The one shape of every error."""

    error: ErrorDetail


class LiveOut(Output):
    """The process runs."""

    status: Literal["live"] = "live"


class ReadyOut(Output):
    """Every part that is needed to answer a message works."""

    status: Literal["ready"] = "ready"
    checks: dict[str, bool]
