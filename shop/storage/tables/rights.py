"""Consent, corrections, erasures and the audit trail."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
)

from shop.storage.tables.kinds import CLUSTERED, Instant, Json, id_column, metadata, required

consents = Table(
    "consents",
    metadata,
    id_column(),
    required("subject_id", Text, doc="shopper id, or conversation id while anonymous"),
    required("purpose", Text, doc="personalisation, promotions or analytics"),
    required("granted", Boolean),
    required("created_at", Instant),
    Index(None, "subject_id", "purpose", "created_at"),
)

corrections = Table(
    "corrections",
    metadata,
    id_column(),
    required("subject_id", Text, doc="shopper id, or conversation id while anonymous"),
    required("kind", Text, doc="gift, gift_order, avoid, or avoid_ and a level of the catalogue or item"),
    required("value", Text, doc="item, order, name in data/exclusions.yml, or name of a group of products"),
    required("created_at", Instant),
    UniqueConstraint("subject_id", "kind", "value"),
)

gift_lines = Table(
    "gift_lines",
    metadata,
    Column("order_id", ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    required("correction_id", Text, ForeignKey("corrections.id", ondelete="CASCADE")),
    Index(None, "correction_id"),
    **CLUSTERED,
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Text, primary_key=True, doc="the receipt's number"),
    required("requested_at", Instant),
    Column("finished_at", Instant),
    Column("subjects", Json, doc="whose data it is, until the erasure is finished"),
    required("counts", Json, default=dict, doc="what was done in each store"),
)

audit = Table(
    "audit",
    metadata,
    id_column(),
    required("actor", Text),
    required("action", Text),
    Column("subject", Text),
    required("detail", Json, default=dict),
    required("created_at", Instant),
    Index(None, "created_at"),
    Index(None, "subject"),
)
