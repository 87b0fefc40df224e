"""SQL for the record of conversations: turns, messages in sequence, and what each button means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from shop.storage.tables import button_tokens, conversations, messages, turns


@dataclass(frozen=True)
class Conversation:
    """One conversation; `last_seq` is the sequence number of its newest message (0: none yet).

    locale: of the next answer; it follows what the shopper writes, unless it was asked for (`locale_chosen`).
    """

    id: str
    shopper_id: str | None
    locale: str
    mode: str
    created_at: datetime
    last_seq: int
    locale_chosen: bool = False
    currency: str | None = None


@dataclass(frozen=True)
class Turn:
    """What a shopper sent once, and how far its answer has come."""

    id: str
    conversation_id: str
    client_message_id: str
    status: str
    error_code: str | None
    received_at: datetime


@dataclass(frozen=True)
class Entry:
    """One message as it stands in the record; `client_message_id` only where a shopper wrote it."""

    seq: int
    author: str
    payload: Mapping[str, Any]
    created_at: datetime
    turn_id: str | None
    client_message_id: str | None


@dataclass(frozen=True)
class Button:
    """What pressing a button tells the assistant."""

    title: str
    intent: str
    entities: Mapping[str, Any] = field(default_factory=dict)


def insert_conversation(connection: Connection, conversation: Conversation) -> bool:
    """Write a new conversation; False when its id is taken already."""
    try:
        with connection.begin_nested():
            connection.execute(insert(conversations).values(**vars(conversation)))
    except IntegrityError:
        return False
    return True


def read_conversation(
    connection: Connection, conversation_id: str, *, lock: bool = False
) -> Conversation | None:
    """The conversation, or None; with `lock`, other writers to it wait until this transaction ends."""
    query = select(conversations).where(conversations.c.id == conversation_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    return Conversation(**row) if row else None


def update_conversation(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Set columns (`mode`, `locale`) of one conversation."""
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(**values))


def insert_turn(connection: Connection, turn: Turn) -> None:
    connection.execute(insert(turns).values(**vars(turn)))


def close_turn(connection: Connection, turn_id: str, **values: Any) -> bool:
    """Close an open turn with its outcome; False when it was closed before."""
    open_turn = (turns.c.id == turn_id) & (turns.c.status == "received")
    return connection.execute(update(turns).where(open_turn).values(**values)).rowcount == 1


def read_turn(connection: Connection, conversation_id: str, client_message_id: str) -> Turn | None:
    chosen = (turns.c.conversation_id == conversation_id) & (turns.c.client_message_id == client_message_id)
    return _one_turn(connection, _turn_columns().where(chosen))


def open_turns(connection: Connection) -> list[Turn]:
    """Turns that were received and have no outcome yet, oldest first."""
    rows = connection.execute(
        _turn_columns().where(turns.c.status == "received").order_by(turns.c.received_at)
    )
    return [Turn(**row) for row in rows.mappings()]


def append_messages(
    connection: Connection,
    conversation_id: str,
    author: str,
    payloads: Sequence[Mapping[str, Any]],
    now: datetime,
    turn_id: str | None = None,
) -> range:
    """Write messages behind the newest one; their sequence numbers follow each other without a gap."""
    if not payloads:
        return range(0)
    last = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(last_seq=conversations.c.last_seq + len(payloads))
        .returning(conversations.c.last_seq)
    ).scalar_one()
    seqs = range(last - len(payloads) + 1, last + 1)
    shared = {
        "conversation_id": conversation_id,
        "author": author,
        "turn_id": turn_id,
        "created_at": now,
    }
    numbered = zip(seqs, payloads, strict=True)
    rows = [shared | {"seq": seq, "payload": dict(payload)} for seq, payload in numbered]
    connection.execute(insert(messages), rows)
    return seqs


def read_messages(connection: Connection, conversation_id: str, after: int, limit: int) -> list[Entry]:
    """The first `limit` messages behind sequence number `after`, in order."""
    chosen = (messages.c.conversation_id == conversation_id) & (messages.c.seq > after)
    return _entries(connection, _entry_columns().where(chosen).order_by(messages.c.seq).limit(limit))


def newest_messages(connection: Connection, conversation_id: str, limit: int) -> list[Entry]:
    """The last `limit` messages, in order."""
    chosen = messages.c.conversation_id == conversation_id
    newest = _entry_columns().where(chosen).order_by(messages.c.seq.desc()).limit(limit)
    return _entries(connection, newest)[::-1]


def read_turn_replies(connection: Connection, turn_id: str) -> list[Entry]:
    """What was said to the shopper in one turn, in order."""
    chosen = (messages.c.turn_id == turn_id) & (messages.c.author != "shopper")
    return _entries(connection, _entry_columns().where(chosen).order_by(messages.c.seq))


def insert_buttons(
    connection: Connection, conversation_id: str, buttons: Mapping[str, Button], now: datetime
) -> None:
    """Write what each token means; `buttons` maps token to meaning."""
    shared = {"conversation_id": conversation_id, "created_at": now}
    rows = [
        shared | {"token": token} | {"title": b.title, "intent": b.intent, "entities": dict(b.entities)}
        for token, b in buttons.items()
    ]
    if rows:
        connection.execute(insert(button_tokens), rows)


def read_button(connection: Connection, conversation_id: str, token: str) -> Button | None:
    table = button_tokens.c
    query = select(table.title, table.intent, table.entities).where(
        (table.token == token) & (table.conversation_id == conversation_id)
    )
    row = connection.execute(query).mappings().first()
    return Button(**row) if row else None


def _turn_columns() -> Select[Any]:
    table = turns.c
    return select(
        table.id,
        table.conversation_id,
        table.client_message_id,
        table.status,
        table.error_code,
        table.received_at,
    )


def _one_turn(connection: Connection, query: Select[Any]) -> Turn | None:
    row = connection.execute(query).mappings().first()
    return Turn(**row) if row else None


def _entry_columns() -> Select[Any]:
    return select(messages, turns.c.client_message_id).join_from(
        messages, turns, messages.c.turn_id == turns.c.id, isouter=True
    )


def _entries(connection: Connection, query: Select[Any]) -> list[Entry]:
    return [_entry(row) for row in connection.execute(query).mappings()]


def _entry(row: RowMapping) -> Entry:
    by_shopper = row["author"] == "shopper"
    return Entry(
        seq=row["seq"],
        author=row["author"],
        payload=row["payload"],
        created_at=row["created_at"],
        turn_id=row["turn_id"],
        client_message_id=row["client_message_id"] if by_shopper else None,
    )
