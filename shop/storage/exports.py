"""Rows as they are handed to the person they tell of."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from shop.storage.personal import Store, Subject

AT_ONCE = 500


def rows_of(connection: Connection, store: Store, subject: Subject) -> Iterator[dict[str, Any]]:
    """The subject's rows of a table, by its key; columns as they are stored, but for hidden ones."""
    table = store.table
    columns = [column for column in table.columns if column.name not in store.hidden]
    chosen = select(*columns).where(store.belongs(subject)).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=AT_ONCE).execute(chosen)
    yield from (dict(row) for row in result.mappings())
