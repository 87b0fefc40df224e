"""A copy of everything that the shop holds on a shopper or an anonymous visit, as one JSON document.

docs/privacy.md describes the document. It is made piece by piece, so that a long history needs no memory.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from shop.context import Audience, Shop
from shop.errors import NotFound, Unauthorized
from shop.identifiers import new_id
from shop.profiles import profile_for
from shop.storage.exports import rows_of
from shop.storage.personal import STORES, subject_of
from shop.storage.rights import AuditRow, add_audit

FORMAT, VERSION = "aisle-my-data", 1


def export(shop: Shop, audience: Audience) -> Iterator[str]:
    """The document as pieces of text; the audit entry is written with the first.

    Raises:
        Unauthorized: neither a shopper nor a visit.
    """
    if audience.owner is None:
        raise Unauthorized("an export needs a shopper or a conversation")
    _note(shop, audience)
    return _pieces(shop, audience)


def file_name(shop: Shop) -> str:
    """What to call the file."""
    return f"my-data-{shop.now():%Y-%m-%d}.json"


def _pieces(shop: Shop, audience: Audience) -> Iterator[str]:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": shop.now().isoformat(),
        "shopper": audience.shopper_id,
        "profile": _profile(shop, audience),
    }
    yield _json(head)[:-1] + ', "data": {'
    with shop.database.read() as connection:
        subject = subject_of(connection, audience.shopper_id, audience.conversation_id)
        for place, store in enumerate(sorted(STORES, key=lambda each: each.table.name)):
            yield f'{", " if place else ""}"{store.table.name}": ['
            for number, row in enumerate(rows_of(connection, store, subject)):
                yield (",\n" if number else "\n") + _json(row)
            yield "]"
    yield "}}\n"


def _profile(shop: Shop, audience: Audience) -> list[dict[str, str]]:
    try:
        known = profile_for(shop, audience)
    except NotFound:  # a shop may know its shoppers before the assistant does
        return []
    return [{"fact": fact.text, "source": fact.source} for fact in known.facts]


def _note(shop: Shop, audience: Audience) -> None:
    owner = audience.owner or ""
    entry = AuditRow(new_id(), owner, "export", owner, {"surface": audience.surface}, shop.now())
    with shop.database.write() as connection:
        add_audit(connection, entry)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):  # datetimes are dates too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")
