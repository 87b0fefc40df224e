"""No table that tells something of a shopper is forgotten by export and erasure."""

from collections.abc import Iterator

from sqlalchemy import Table

from shop.storage.personal import IMPERSONAL, STORES
from shop.storage.tables import metadata

TELLING = {
    "shopper_id",
    "conversation_id",
    "visit_id",
    "turn_id",
    "subject",
    "subject_id",
    "subjects",
    "actor",
    "cart_id",
    "owner",
    "sender_id",
    "user_id",
    "email",
    "address",
}
# What may be handed to anybody although it is reached from personal tables.
SHARED = {"products", "coupons", "campaigns", "segmentations", "segments"}


def personal_tables() -> set[str]:
    """Tables with a telling column, and those that refer to one of them, directly or through others."""
    found = {table.name for table in metadata.tables.values() if _tells(table)} | {"shoppers", "orders"}
    while more := {name for name in set(metadata.tables) - found if found & set(_referred(name))}:
        found |= more
    return found - SHARED


def _tells(table: Table) -> bool:
    return any(
        column.name in TELLING or column.name.endswith(("_shopper", "_shopper_id", "_conversation_id"))
        for column in table.columns
    )


def _referred(name: str) -> Iterator[str]:
    for key in metadata.tables[name].foreign_keys:
        yield key.column.table.name


def test_every_personal_table_is_exported_and_erased() -> None:
    covered = [store.table.name for store in STORES]
    assert len(covered) == len(set(covered))
    assert personal_tables() == set(covered) | set(IMPERSONAL)


def test_what_stays_loses_every_column_that_leads_to_the_person() -> None:
    for store in STORES:
        if store.set_to is not None:
            kept = {column.name for column in store.table.columns} & TELLING - set(store.set_to)
            assert kept == set(), store.table.name


def test_a_row_is_changed_only_after_those_that_are_found_through_it() -> None:
    place = {store.table.name: number for number, store in enumerate(STORES)}
    for name, number in place.items():
        for other in _referred(name):
            if other in place and other != name:
                assert number < place[other], f"{name} belongs before {other}"
