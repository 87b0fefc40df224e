"""Consent and the audit trail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shop.context import Audience, Shop
from shop.errors import InvalidInput, Unauthorized
from shop.identifiers import new_id
from shop.storage import rights as queries
from shop.storage.profiles import forget_profile

# What holds until somebody says otherwise: the assistant may use the shopper's own purchases for the
# shopper's own suggestions; being written to, or counted for the shop's ends, needs a word first.
UNTIL_TOLD = {"personalisation": True, "promotions": False, "analytics": False}


def _subject(audience: Audience, purpose: str) -> str:
    if purpose not in UNTIL_TOLD:
        known = ", ".join(UNTIL_TOLD)
        raise InvalidInput(f"unknown purpose {purpose!r}, use one of {known}", field="purpose")
    if audience.owner is None:
        raise Unauthorized("consent needs a shopper or a conversation")
    return audience.owner


def has_consent(shop: Shop, audience: Audience, purpose: str) -> bool:
    """Whether this purpose is allowed: the latest word, else the default of `UNTIL_TOLD`."""
    subject = _subject(audience, purpose)
    with shop.database.read() as connection:
        said = queries.latest_consent(connection, subject, purpose)
    return UNTIL_TOLD[purpose] if said is None else said.granted


def set_consent(shop: Shop, audience: Audience, purpose: str, granted: bool) -> None:
    """Write down a consent, or its withdrawal, with an audit entry; effective at once.

    Who withdraws personalisation also loses the profile that was computed.
    """
    subject = _subject(audience, purpose)
    with shop.database.write() as connection:
        said = queries.latest_consent(connection, subject, purpose)
        now = shop.now()
        if said is not None:  # two words within one tick of the clock keep their order
            now = max(now, said.created_at + timedelta(microseconds=1))
        queries.add_consent(connection, queries.ConsentRow(new_id(), subject, purpose, granted, now))
        detail = {"purpose": purpose, "granted": granted, "surface": audience.surface}
        entry = queries.AuditRow(new_id(), subject, "set_consent", subject, detail, now)
        queries.add_audit(connection, entry)
        if purpose == "personalisation" and not granted:
            forget_profile(connection, subject)


def audit(shop: Shop, actor: str, action: str, subject: str | None, detail: Mapping[str, Any]) -> None:
    """Write who did what to whom; `detail` must be fit for JSON and free of secrets."""
    row = queries.AuditRow(new_id(), actor, action, subject, dict(detail), shop.now())
    with shop.database.write() as connection:
        queries.add_audit(connection, row)
