"""Erasing what the shop holds on a shopper or an anonymous visit, through every store, with a receipt.

It begins in one transaction: from then on no answer can draw on the data. What lies outside the database
(Rasa's trackers, logs, files of imports) follows; until it is done the erasure stands as unfinished, and
whoever starts next goes on with it. What is done in each table says shop.storage.personal.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.context import Audience, Shop
from shop.errors import NotFound, StorageDown, Unauthorized
from shop.identifiers import new_id
from shop.residue import scrub_imports, scrub_logs
from shop.storage import erasures as queries
from shop.storage.erasures import ErasureRow
from shop.storage.personal import STORES, Subject, subject_of
from shop.storage.rights import AuditRow, add_audit
from shop.storage.shoppers import find_shopper
from shop.storage.trackers import forget_trackers

PART_OF = {store.table.name: store.part for store in STORES}
# Lines of a receipt: the parts of the database, and what lies outside it.
PARTS = (*dict.fromkeys(PART_OF.values()), "trackers", "logs", "imports")
KEPT = ("orders", "log", "audit")
# Code of the notice by which the assistant asks for an erasure, once the shopper has agreed.
REQUESTED = "erasure_requested"


@dataclass(frozen=True)
class Receipt:
    """Proof of an erasure, which names nobody. `counts` says what was done, by table or store; `parts` sums
    it up for people. While `finished_at` is None it is still under way."""

    number: str
    requested_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]

    @property
    def parts(self) -> dict[str, int]:
        """How many entries each part had; parts that had none are left out."""
        return sum_up(self.counts)

    def payload(self) -> dict[str, Any]:
        """As JSON."""
        ended = None if self.finished_at is None else self.finished_at.isoformat()
        dates = {"requested_at": self.requested_at.isoformat(), "finished_at": ended}
        return {"number": self.number} | dates | {"parts": self.parts, "counts": dict(self.counts)}


def sum_up(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by part of the receipt, in its order, without those that are nought.

    A part counts what people would: conversations and not their turns, orders and not their lines.
    """
    summed = Counter[str]()
    for name, count in counts.items():
        summed[PART_OF.get(name, name)] += count
    for part, table in (("conversations", "messages"), ("orders", "orders"), ("log", "events")):
        summed[part] = counts.get(table, 0) or summed[part]
    return {part: summed[part] for part in PARTS if summed[part]}


def preview(shop: Shop, audience: Audience) -> dict[str, int]:
    """What erasing would come to, by part of the receipt."""
    with shop.database.read() as connection:
        return sum_up(queries.count_rows(connection, _subject(connection, audience)))


def visits_of(shop: Shop, audience: Audience) -> tuple[str, ...]:
    """The conversations that erasing would end."""
    with shop.database.read() as connection:
        return _subject(connection, audience).visits


def begin(shop: Shop, audience: Audience) -> str:
    """Erase everything in the database; answers the receipt's number, for `finish`.

    Raises:
        Unauthorized: neither a shopper nor a visit.
    """
    now = shop.now()
    with shop.database.write() as connection:
        subject = _subject(connection, audience)
        shopper = find_shopper(connection, subject.shopper_id) if subject.shopper_id else None
        turns = queries.turn_ids(connection, subject)
        counts = queries.erase_rows(connection, subject)
        whose = {
            "shopper_id": subject.shopper_id,
            "visits": subject.visits,
            "turns": turns,
            "email": shopper.email if shopper else None,
        }
        row = ErasureRow(_new_number(), now, None, whose, counts)
        queries.add_erasure(connection, row)
        detail = {"receipt": row.id, "surface": audience.surface}
        add_audit(connection, AuditRow(new_id(), "shopper", "erase", None, detail, now))
    return row.id


def finish(shop: Shop, number: str) -> Receipt:
    """Erase what lies outside the database, and what was written after `begin` by turns under way.

    Raises:
        NotFound: no such erasure. StorageDown: a store could not be reached; calling again goes on.
    """
    with shop.database.read() as connection:
        row = queries.find_erasure(connection, number)
    if row is None:
        raise NotFound("no such receipt", field="number", code="unknown_receipt")
    if row.subjects is not None:
        _forget(shop, row, row.subjects)
    if row.finished_at is None:
        if not queries.empty_journal(shop.database):
            raise StorageDown("the database's journal is in use; what was erased may still stand in it")
        with shop.database.write() as connection:
            queries.finish_erasure(connection, number, shop.now())
    return find_receipt(shop, number)


def _forget(shop: Shop, row: ErasureRow, whose: Mapping[str, Any]) -> None:
    subject = Subject(whose["shopper_id"], tuple(whose["visits"]))
    counts = Counter(row.counts) + Counter(_outside(shop, subject, whose))
    with shop.database.write() as connection:
        counts.update(queries.erase_rows(connection, subject))
        queries.forget_subjects(connection, row.id, counts)


def erase(shop: Shop, audience: Audience) -> Receipt:
    """`begin` and `finish` at once, for callers that know of no turn under way."""
    return finish(shop, begin(shop, audience))


def unfinished(shop: Shop) -> list[str]:
    """Numbers of the erasures that began and did not end, the oldest first."""
    with shop.database.read() as connection:
        return [row.id for row in queries.unfinished_erasures(connection)]


def find_receipt(shop: Shop, number: str) -> Receipt:
    """The receipt of that number.

    Raises:
        NotFound: there is none (field `number`).
    """
    with shop.database.read() as connection:
        row = queries.find_erasure(connection, number)
    if row is None:
        raise NotFound("no such receipt", field="number", code="unknown_receipt")
    return _receipt(row)


def _outside(shop: Shop, subject: Subject, whose: Mapping[str, Any]) -> dict[str, int]:
    settings = shop.settings
    ids = [*subject.ids, *whose["turns"]]
    return {
        "trackers": forget_trackers(settings.trackers, subject.visits),
        "logs": scrub_logs(settings.state_dir / "logs", ids, whose["email"]),
        "imports": scrub_imports(settings.state_dir / "imports", subject.shopper_id, whose["email"]),
    }


def _subject(connection: Any, audience: Audience) -> Subject:
    if audience.owner is None:
        raise Unauthorized("erasing needs a shopper or a conversation")
    return subject_of(connection, audience.shopper_id, audience.conversation_id)


def _receipt(row: ErasureRow) -> Receipt:
    return Receipt(row.id, row.requested_at, row.finished_at, row.counts)


def _new_number() -> str:
    """Sixteen digits: people write them down, and nobody guesses one."""
    return str(10**15 + secrets.randbelow(9 * 10**15))
