"""The record of every conversation: turns, messages, and what each button means."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from shop.storage.tables.kinds import Instant, Json, id_column, metadata, required

conversations = Table(
    "conversations",
    metadata,
    id_column(),
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="SET NULL")),
    required("locale", Text),
    required("mode", Text, default="bot", doc="bot, or human while staff hold it"),
    required("created_at", Instant),
    required("last_seq", BigInteger, default=0),
    required("locale_chosen", Boolean, default=False, doc="asked for, and not just written in"),
    Column("currency", Text, doc="in which prices are shown, ISO 4217; null: the shop's own"),
    Index(None, "shopper_id"),
)

turns = Table(
    "turns",
    metadata,
    id_column(),
    required("conversation_id", Text, ForeignKey("conversations.id", ondelete="CASCADE")),
    required("client_message_id", Text),
    required("status", Text, doc="received, answered or failed"),
    Column("intent", Text),
    Column("confidence", Float),
    Column("entities", Json),
    Column("ranking", Json),
    Column("actions", Json),
    Column("model", Text),
    Column("error_code", Text),
    required("received_at", Instant),
    Column("answered_at", Instant),
    UniqueConstraint("conversation_id", "client_message_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    required("author", Text, doc="shopper, bot, staff or system"),
    Column("turn_id", ForeignKey("turns.id", ondelete="CASCADE")),
    required("payload", Json, doc="one message as the widget gets it"),
    required("created_at", Instant),
    Index(None, "turn_id"),
)

button_tokens = Table(
    "button_tokens",
    metadata,
    Column("token", Text, primary_key=True),
    required("conversation_id", Text, ForeignKey("conversations.id", ondelete="CASCADE")),
    required("title", Text),
    required("intent", Text),
    required("entities", Json, default=dict),
    required("created_at", Instant),
    Index(None, "conversation_id"),
)

handoffs = Table(
    "handoffs",
    metadata,
    id_column(),
    required("conversation_id", Text, ForeignKey("conversations.id", ondelete="CASCADE")),
    required("reason", Text, doc="requested, failures, anger or topic"),
    required("summary", Json, doc="what staff should know before they answer (shop.handoffs)"),
    required("within_hours", Boolean, doc="whether staff were there by the shop's own hours"),
    required("created_at", Instant),
    Index(None, "conversation_id", "created_at"),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    id_column(),
    required("conversation_id", Text, ForeignKey("conversations.id", ondelete="CASCADE")),
    required("score", Integer, CheckConstraint("score BETWEEN 1 AND 5", name="score_in_range")),
    required("created_at", Instant),
    Index(None, "conversation_id", "created_at"),
)
