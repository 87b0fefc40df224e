"""Queries on consent and the audit trail; both only ever grow."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from shop.storage.rows import all_of, first_of
from shop.storage.tables import audit, consents


@dataclass(frozen=True)
class ConsentRow:
    """What a subject (shopper id, or conversation id while anonymous) said about a purpose, and when."""

    id: str
    subject_id: str
    purpose: str
    granted: bool
    created_at: datetime


@dataclass(frozen=True)
class AuditRow:
    """Who did what to whom."""

    id: str
    actor: str
    action: str
    subject: str | None
    detail: dict[str, Any]
    created_at: datetime


_LATEST = (
    select(*(consents.c[name] for name in ConsentRow.__dataclass_fields__))
    .where(consents.c.subject_id == bindparam("subject_id"), consents.c.purpose == bindparam("purpose"))
    .order_by(consents.c.created_at.desc())
    .limit(1)
)


def add_consent(connection: Connection, row: ConsentRow) -> None:
    """Write down what was said; the latest word counts."""
    connection.execute(insert(consents), asdict(row))


def latest_consent(connection: Connection, subject_id: str, purpose: str) -> ConsentRow | None:
    """The latest word, None when nothing was said."""
    return first_of(ConsentRow, connection.execute(_LATEST, {"subject_id": subject_id, "purpose": purpose}))


def add_audit(connection: Connection, row: AuditRow) -> None:
    """Write an entry of the audit trail."""
    connection.execute(insert(audit), asdict(row))


def audit_of(connection: Connection, subject: str) -> list[AuditRow]:
    """Entries about a subject, oldest first."""
    columns = [audit.c[name] for name in AuditRow.__dataclass_fields__]
    chosen = select(*columns).where(audit.c.subject == subject).order_by(audit.c.created_at)
    return all_of(AuditRow, connection.execute(chosen))
