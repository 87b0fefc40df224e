"""The log: what was shown to whom, and what came of it."""

from sqlalchemy import (
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

slates = Table(
    "slates",
    metadata,
    id_column(),
    required("surface", Text, doc="chat, home, product, api, ..."),
    required("purpose", Text, doc="recommend, similar, search, goes_with, buy_again, new, popular, compare"),
    Column("shopper_id", Text),
    Column("conversation_id", Text),
    Column("turn_id", Text),
    required("locale", Text),
    required("query", Json, default=dict),
    Column("model_version", Text),
    Column("promotion_id", Text),
    Column("propensity", Float),
    required("created_at", Instant),
    Index(None, "shopper_id", "created_at"),
    Index(None, "conversation_id"),
)

impressions = Table(
    "impressions",
    metadata,
    Column("slate_id", ForeignKey("slates.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    required("item_id", Text),
    required("score", Float),
    required("source", Text),
    required("reasons", Json, default=list),
    required("price_minor", Integer),
    required("currency", Text),
    UniqueConstraint("slate_id", "item_id"),
)

events = Table(
    "events",
    metadata,
    id_column(),
    required("kind", Text, doc="impression, click, add_to_cart, purchase, favourite, dismiss or rating"),
    required("item_id", Text),
    Column("slate_id", ForeignKey("slates.id", ondelete="SET NULL")),
    Column("shopper_id", Text),
    Column("conversation_id", Text),
    Column("value", Float, doc="quantity, or the rating from 1 to 5"),
    required("created_at", Instant),
    Index(None, "slate_id"),
    Index(None, "shopper_id", "kind", "created_at"),
    Index(None, "conversation_id", "kind", "created_at"),
    Index(None, "item_id", "kind"),
)
