"""What shoppers correct of what the shop concluded: gifts, diets, what they do not want to see. It counts
from the next answer on, stands in the profile as told by them, and can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.avoiding import AVOID, AVOID_ITEM, AVOID_LEVELS, GIFT, GIFT_ORDER
from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound, Unauthorized
from shop.exclusions import load_exclusions
from shop.identifiers import new_id
from shop.storage import corrections as queries
from shop.storage.catalogue import group_names, names_by_id
from shop.storage.corrections import CorrectionRow
from shop.storage.orders import order_of
from shop.storage.profiles import forget_profile
from shop.storage.rights import AuditRow, add_audit
from shop.storage.rows import Connection

KINDS = (GIFT, GIFT_ORDER, AVOID, AVOID_ITEM, *AVOID_LEVELS)
MOST_CORRECTIONS = 100


@dataclass(frozen=True)
class Correction:
    """A correction as its shopper reads it: `label` names the item, order, diet or group of products."""

    id: str
    kind: str
    value: str
    label: str


def corrections_of(shop: Shop, audience: Audience) -> list[Correction]:
    """Everything the asker corrected, oldest first."""
    with shop.database.read() as connection:
        rows = queries.corrections_of(connection, _owner(audience))
        return label(connection, rows, audience.locale)


def correct(shop: Shop, audience: Audience, kind: str, value: str) -> Correction:
    """Write down a correction; saying it twice changes nothing.

    gift: `value` is an item: purchases of it so far no longer count. gift_order: the same for an order.
    avoid: a name of data/exclusions.toml. avoid_item, avoid_kind, ...: an item, or a group of products.

    Raises:
        InvalidInput: unknown kind (field `kind`), a value that it cannot take (field `value`), or more
            corrections than anybody needs (code `too_many_corrections`).
        NotFound: not an order of theirs (field `value`).
    """
    if kind not in KINDS:
        raise InvalidInput(f"unknown kind {kind!r}, use one of {', '.join(KINDS)}", field="kind")
    if kind == AVOID and value not in load_exclusions():
        raise InvalidInput(f"{value!r} does not stand in data/exclusions.toml", field="value")
    owner = _owner(audience)
    with shop.database.write() as connection:
        if len(queries.corrections_of(connection, owner)) >= MOST_CORRECTIONS:
            raise InvalidInput("too many corrections", field="value", code="too_many_corrections")
        row = CorrectionRow(new_id(), owner, kind, value, shop.now())
        row = CorrectionRow(queries.add_correction(connection, row), owner, kind, value, shop.now())
        _note_gifts(connection, audience, row)
        _note(connection, shop, audience, "correct_profile", kind)
        return label(connection, [row], audience.locale)[0]


def take_back(shop: Shop, audience: Audience, correction_id: str) -> None:
    """Forget a correction; purchases that were gifts count again.

    Raises:
        NotFound: the asker has no such correction (field `correction_id`).
    """
    with shop.database.write() as connection:
        if not queries.remove_correction(connection, _owner(audience), correction_id):
            raise NotFound("no such correction", field="correction_id", code="unknown_correction")
        _note(connection, shop, audience, "take_back_correction", None)


def latest_bought(shop: Shop, audience: Audience, level: str, value: str) -> list[str]:
    """The items of a group of products in the shopper's latest order that has any of them."""
    if audience.shopper_id is None:
        return []
    with shop.database.read() as connection:
        return queries.latest_purchase(connection, audience.shopper_id, level, value)


def label(connection: Connection, rows: Sequence[CorrectionRow], locale: str) -> list[Correction]:
    """Corrections with their names in a language."""
    items = names_by_id(connection, [row.value for row in rows if row.kind in (GIFT, AVOID_ITEM)], locale)
    groups = group_names(connection, [row.value for row in rows if row.kind in AVOID_LEVELS], locale)
    diets = {key: entry.names.get(locale, key) for key, entry in load_exclusions().items()}
    known = {GIFT: items, AVOID_ITEM: items, AVOID: diets}
    return [
        Correction(row.id, row.kind, row.value, known.get(row.kind, groups).get(row.value, row.value))
        for row in rows
    ]


def _note_gifts(connection: Connection, audience: Audience, row: CorrectionRow) -> None:
    """Mark what was bought; what was computed of the shopper counted it, and goes until the next run."""
    if row.kind not in (GIFT, GIFT_ORDER):
        return
    shopper_id = audience.shopper_id
    if row.kind == GIFT_ORDER and (shopper_id is None or order_of(connection, shopper_id, row.value) is None):
        raise NotFound(f"no order {row.value!r}", field="value", code="unknown_order")
    if shopper_id is None:
        return
    item_id, order_id = (row.value, None) if row.kind == GIFT else (None, row.value)
    if queries.mark_gifts(connection, row.id, shopper_id, item_id=item_id, order_id=order_id):
        forget_profile(connection, shopper_id)


def _note(connection: Connection, shop: Shop, audience: Audience, action: str, kind: str | None) -> None:
    """An audit entry that says that something was corrected, and not what: diets can tell of health."""
    owner = _owner(audience)
    detail = {"surface": audience.surface} | ({"kind": kind} if kind else {})
    add_audit(connection, AuditRow(new_id(), owner, action, owner, detail, shop.now()))


def _owner(audience: Audience) -> str:
    if audience.owner is None:
        raise Unauthorized("corrections need a shopper or a conversation")
    return audience.owner
