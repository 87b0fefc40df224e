"""What shoppers ask for after ordering: service requests, addresses, and proofs that an order is theirs."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shop.storage.tables.kinds import Instant, Json, id_column, metadata, required

service_requests = Table(
    "service_requests",
    metadata,
    id_column(),
    required("order_id", Text, ForeignKey("orders.id", ondelete="CASCADE")),
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="SET NULL")),
    Column("conversation_id", Text),
    required("kind", Text, doc="cancel, change, return, exchange, damaged, missing or refund"),
    required("lines", Json, doc='[{"item_id", "quantity"}]'),
    Column("reason", Text, doc="one of the shop's own codes, or the shopper's words"),
    Column("wish", Text, doc="refund or replacement"),
    required("status", Text, doc="open while a person has to look at it; approved, done or refused"),
    required("amount_minor", Integer, doc="what the shopper gets back; 0 for a replacement"),
    required("currency", Text),
    required("created_at", Instant),
    required("changed_at", Instant),
    Index(None, "order_id"),
    Index(None, "shopper_id", "created_at"),
    Index(None, "status", "created_at"),
)

shopper_addresses = Table(
    "shopper_addresses",
    metadata,
    Column("shopper_id", ForeignKey("shoppers.id", ondelete="CASCADE"), primary_key=True),
    required("address", Text, doc="as the shopper wrote it"),
    required("changed_at", Instant),
)

order_addresses = Table(
    "order_addresses",
    metadata,
    Column("order_id", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    required("address", Text),
    required("changed_at", Instant),
)

order_claims = Table(
    "order_claims",
    metadata,
    id_column(),
    required("conversation_id", Text),
    Column("order_id", ForeignKey("orders.id", ondelete="CASCADE"), doc="what was proven, or null"),
    required("created_at", Instant),
    Index(None, "conversation_id", "created_at"),
    Index(None, "order_id"),
)
