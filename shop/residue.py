"""What an erased shopper may have left outside the databases: ids in logs, rows that an import set aside."""

import csv
import json
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

# Ids that the server makes, and e-mails. Shops may number their shoppers 1, 2, 3; such a number means nothing
# in a log, which never names a shopper, and overwriting it would spoil times and ports.
SHORTEST_ID = 16
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


def scrub_imports(directory: Path, names: Collection[str]) -> int:
    """Take out the rows set aside in which one of these (a shopper's id, an e-mail) is a whole value; how
    many there were. See shop.importers.report for the files."""
    wanted = set(names)
    return sum(_without(path, wanted) for path in _files(directory, "*.csv")) if wanted else 0


def _without(path: Path, wanted: set[str]) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    kept = [row for row in rows if wanted.isdisjoint(_values(row))]
    if len(kept) < len(rows):
        fresh = path.with_suffix(".new")
        with fresh.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(kept)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return len(rows) - len(kept)


def _values(row: Collection[str]) -> set[str]:
    """Every cell, and every value of a cell that holds a JSON object."""
    return {value for cell in row for value in (cell, *_inside(cell))}


def _inside(cell: str) -> Iterator[str]:
    if not cell.startswith("{"):
        return
    try:
        record = json.loads(cell)
    except ValueError:  # a cell of somebody's file that only looks like one of ours
        return
    yield from (str(value) for value in record.values())


def _files(directory: Path, pattern: str) -> list[Path]:
    return sorted(path for path in directory.glob(pattern) if path.is_file())
