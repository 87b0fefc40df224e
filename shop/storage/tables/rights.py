"""Consent and the audit trail."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Table,
    Text,
)

from shop.storage.tables.kinds import Instant, Json, id_column, metadata, required

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
)
