"""What an erased shopper may have left outside the databases: ids in logs, rows that an import set aside."""

import csv
import json
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

# Ids that the server makes, and e-mails. Shops may number their shoppers 1, 2, 3; such a number means nothing
# in a log, which never names a shopper, and overwriting it would spoil times and ports.
SHORTEST_ID = 16
# What columns for people are called in the files of shops.
_PEOPLE = re.compile(r"customer|shopper|household|user|member|client|buyer", re.IGNORECASE)
_WORDS = re.compile(rb"[A-Za-z0-9_.+@-]+")
# Cells of an import may be long.
csv.field_size_limit(2**24)


def scrub_logs(directory: Path, ids: Collection[str], email: str | None = None) -> int:
    """Overwrite these ids in every log, in place, since processes go on writing behind; how many there were.

    Logs hold ids of conversations and turns, and nothing else of a person; the rest is for safety.
    """
    wanted = {each.encode() for each in ids if len(each) >= SHORTEST_ID}
    if email:
        wanted.add(email.encode())
    return sum(_scrub(path, wanted) for path in _files(directory, "*.log*")) if wanted else 0


def _scrub(path: Path, wanted: Collection[bytes]) -> int:
    found = 0
    with path.open("r+b") as log:
        start = 0
        for line in log:
            end = start + len(line)
            hits = [hit for hit in _WORDS.finditer(line) if hit[0] in wanted]
            if hits:
                _overwrite(log, start, hits)
                log.seek(end)
            found += len(hits)
            start = end
    return found


def _overwrite(log: Any, start: int, hits: Collection[re.Match[bytes]]) -> None:
    for hit in hits:
        log.seek(start + hit.start())
        log.write(b"x" * len(hit[0]))
    log.flush()
    os.fsync(log.fileno())


def scrub_imports(directory: Path, shopper_id: str | None, email: str | None = None) -> int:
    """Take out the rows set aside that are about a shopper; how many there were.

    A row is theirs where its record names the shopper in a column for people, or holds the e-mail. See
    shop.importers.report for the files.
    """
    if shopper_id is None:
        return 0
    return sum(_without(path, shopper_id, email) for path in _files(directory, "*.csv"))


def _without(path: Path, shopper_id: str, email: str | None) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    kept = [row for row in rows if not _is_theirs(row, shopper_id, email)]
    if len(kept) < len(rows):
        fresh = path.with_suffix(".new")
        with fresh.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(kept)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return len(rows) - len(kept)


def _is_theirs(row: Sequence[str], shopper_id: str, email: str | None) -> bool:
    """Numbers of rows, products and pieces may be the same as a shopper's; only columns for people count."""
    table, record = row[0], _record(row[-1])
    return any(
        (str(value) == shopper_id and (_PEOPLE.search(name) or (name == "id" and _PEOPLE.search(table))))
        or (email is not None and str(value) == email)
        for name, value in record.items()
    )


def _record(cell: str) -> dict[str, Any]:
    return dict(json.loads(cell)) if cell.startswith("{") else {}


def _files(directory: Path, pattern: str) -> list[Path]:
    return sorted(path for path in directory.glob(pattern) if path.is_file())
