"""The record of conversations: what was received, what was answered, and what waits in between.

A shopper's message is committed before anybody works on it, a reply before it is sent. `client_message_id`
makes receiving idempotent: the same id is the same turn, whatever happened to the first attempt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.events import check_on_slate
from shop.handoffs import hand_over
from shop.identifiers import new_id
from shop.languages import language_of
from shop.storage import conversations as storage
from shop.storage.conversations import Button, Conversation, Entry, Turn
from shop.storage.rows import Connection

__all__ = ["Answer", "Button", "Conversation", "Entry", "Facts", "Turn"]

BOT, HUMAN = "bot", "human"
HANDOFF_NOTICE = "handoff_requested"

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What the assistant understood and did in one turn; empty while it could not tell."""

    intent: str | None = None
    confidence: float | None = None
    entities: Sequence[Payload] = ()
    ranking: Sequence[Payload] = ()
    actions: Sequence[str] = ()
    model: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a turn came to; `seqs` are the sequence numbers of `messages`."""

    turn_id: str
    status: str
    mode: str
    locale: str
    messages: tuple[Payload, ...] = ()
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Received:
    """A turn as it stands after receiving; `is_new` tells a first attempt from a repeated one."""

    turn: Turn
    conversation: Conversation
    is_new: bool


@dataclass(frozen=True)
class Outcome:
    """How a turn ends: what is said, what was understood, and whether it failed (`error_code`)."""

    messages: Sequence[Payload] = ()
    facts: Facts = field(default_factory=Facts)
    error_code: str | None = None
    mode: str | None = None


def start_conversation(
    shop: Shop, locale: str, shopper_id: str | None = None, visit_id: str | None = None
) -> Conversation:
    """Begin a conversation, or go on with that of the shop's own visit `visit_id`.

    Raises:
        InvalidInput: the visit belongs to another shopper (field `identity`).
    """
    conversation = Conversation(visit_id or new_id(), shopper_id, locale, BOT, shop.now(), 0)
    with shop.database.write() as connection:
        known = storage.read_conversation(connection, conversation.id)
        if known is None:
            storage.insert_conversation(connection, conversation)
            return conversation
    if known.shopper_id != shopper_id:
        raise InvalidInput("this visit belongs to somebody else", field="identity")
    return known


def find_conversation(shop: Shop, conversation_id: str) -> Conversation:
    """The conversation.

    Raises:
        NotFound: there is no such conversation, or no longer.
    """
    with shop.database.read() as connection:
        return _existing(storage.read_conversation(connection, conversation_id))


def change_locale(shop: Shop, conversation_id: str, locale: str) -> None:
    """From now on speak this language in the conversation, whatever the shopper writes in."""
    with shop.database.write() as connection:
        storage.update_conversation(connection, conversation_id, locale=locale, locale_chosen=True)


def receive(
    shop: Shop, conversation_id: str, client_message_id: str, payload: Payload, typed: str | None = None
) -> Received:
    """Commit what a shopper sent, once per client id.

    typed: what was written by hand; the conversation goes on in its language, unless one was asked for.

    Raises:
        NotFound: there is no such conversation.
    """
    with shop.database.write() as connection:
        conversation = _existing(storage.read_conversation(connection, conversation_id, lock=True))
        known = storage.read_turn(connection, conversation_id, client_message_id)
        if known is not None:
            return Received(known, conversation, is_new=False)
        conversation = _in_kind(connection, conversation, typed)
        turn = Turn(new_id(), conversation_id, client_message_id, "received", None, shop.now())
        storage.insert_turn(connection, turn)
        storage.append_messages(
            connection, conversation_id, "shopper", [payload], turn.received_at, turn_id=turn.id
        )
    return Received(turn, conversation, is_new=True)


def _in_kind(connection: Connection, conversation: Conversation, typed: str | None) -> Conversation:
    """The conversation in the language of what was typed."""
    language = language_of(typed or "")
    if conversation.locale_chosen or language in (None, conversation.locale):
        return conversation
    storage.update_conversation(connection, conversation.id, locale=language)
    return replace(conversation, locale=language)


def answer(shop: Shop, turn: Turn, outcome: Outcome) -> Answer:
    """Commit how a turn ended; a turn that already has an end keeps it."""
    messages, buttons = _with_tokens(outcome.messages)
    now = shop.now()
    with shop.database.write() as connection:
        status = "failed" if outcome.error_code else "answered"
        closing = vars(outcome.facts) | {"status": status, "error_code": outcome.error_code}
        if storage.close_turn(connection, turn.id, answered_at=now, **_plain(closing)):
            storage.insert_buttons(connection, turn.conversation_id, buttons, now)
            storage.append_messages(connection, turn.conversation_id, "bot", messages, now, turn_id=turn.id)
            reason = _handoff_reason(messages)
            mode = HUMAN if reason else outcome.mode
            if mode:
                storage.update_conversation(connection, turn.conversation_id, mode=mode)
            if mode == HUMAN:
                conversation = _existing(storage.read_conversation(connection, turn.conversation_id))
                hand_over(connection, shop, conversation, reason or "requested")
    return find_answer(shop, turn)


def find_answer(shop: Shop, turn: Turn) -> Answer:
    """What a turn came to so far; without messages while it is open."""
    with shop.database.read() as connection:
        current = storage.read_turn(connection, turn.conversation_id, turn.client_message_id) or turn
        conversation = _existing(storage.read_conversation(connection, turn.conversation_id))
        entries = storage.read_turn_replies(connection, turn.id)
    return Answer(
        turn_id=turn.id,
        status=current.status,
        mode=conversation.mode,
        locale=conversation.locale,
        messages=tuple(entry.payload for entry in entries),
        seqs=tuple(entry.seq for entry in entries),
    )


def history(shop: Shop, conversation_id: str, after: int | None = None, limit: int = 100) -> list[Entry]:
    """The next `limit` messages behind `after`, or the newest `limit`; always in order."""
    with shop.database.read() as connection:
        if after is None:
            return storage.newest_messages(connection, conversation_id, limit)
        return storage.read_messages(connection, conversation_id, after, limit)


def news(shop: Shop, conversation_id: str, after: int, limit: int = 100) -> tuple[Conversation, list[Entry]]:
    """The conversation as it stands and the next `limit` messages behind `after`, from one snapshot.

    Raises:
        NotFound: there is no such conversation any more.
    """
    with shop.database.read() as connection:
        conversation = _existing(storage.read_conversation(connection, conversation_id))
        return conversation, storage.read_messages(connection, conversation_id, after, limit)


def say(shop: Shop, conversation_id: str, author: str, messages: Sequence[Payload]) -> range:
    """Put messages of staff or of the system into the record; returns their sequence numbers."""
    rewritten, buttons = _with_tokens(messages)
    now = shop.now()
    with shop.database.write() as connection:
        storage.insert_buttons(connection, conversation_id, buttons, now)
        return storage.append_messages(connection, conversation_id, author, rewritten, now)


def find_button(shop: Shop, conversation_id: str, token: str) -> Button:
    """What pressing the button means.

    Raises:
        NotFound: the token is not one of this conversation's (field `button`).
    """
    with shop.database.read() as connection:
        button = storage.read_button(connection, conversation_id, token)
    if button is None:
        raise NotFound("no such button in this conversation", field="button", code="unknown_button")
    return button


def check_shown(shop: Shop, audience: Audience, slate_id: str, item_id: str) -> None:
    """Make sure that the asker was shown the item in the slate.

    Raises:
        NotFound: no such slate, or somebody else's (field `slate_id`); the item is not on it (`item_id`).
    """
    with shop.database.read() as connection:
        check_on_slate(connection, audience, slate_id, item_id)


def unanswered_turns(shop: Shop) -> list[Turn]:
    """Turns that have no outcome, oldest first: after a start, those that the last process left behind."""
    with shop.database.read() as connection:
        return storage.open_turns(connection)


def _existing(conversation: Conversation | None) -> Conversation:
    if conversation is None:
        raise NotFound("no such conversation", code="unknown_conversation")
    return conversation


def _handoff_reason(messages: Iterable[Payload]) -> str | None:
    """Why staff are asked to join, if they are."""
    notices = (m for m in messages if m.get("kind") == "notice" and m.get("code") == HANDOFF_NOTICE)
    return next((str(notice.get("reason", "requested")) for notice in notices), None)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _with_tokens(messages: Sequence[Payload]) -> tuple[list[Payload], dict[str, Button]]:
    """Replace the meaning of every button by an opaque token; the widget learns the title only."""
    known: dict[str, Button] = {}
    rewritten = [
        _without_meaning(message, known) if "buttons" in message else message for message in messages
    ]
    return rewritten, known


def _without_meaning(message: Payload, known: dict[str, Button]) -> Payload:
    made = {new_id(): _button(button) for button in message["buttons"]}
    known |= made
    return {**message, "buttons": [{"title": b.title, "token": token} for token, b in made.items()]}


def _button(button: Payload) -> Button:
    return Button(button["title"], button["intent"], button.get("entities", {}))
