"""Reads labelled sentences from files of several manners."""

import csv
from pathlib import Path

HEADINGS = {("text", "intent"), ("text", "label"), ("text", "category"), ("utterance", "intent")}


class CannotMeasure(ValueError):
    """The measurement cannot be made; the message says why in one line."""


def read_sentences(path: Path) -> tuple[list[str], list[str]]:
    """Return texts and intents of tab-separated lines, with or without headings, quoted or not.

    A text in quotes may hold a line break; where reading quotes does not give two columns everywhere, quotes
    are taken as they stand.

    Raises:
        CannotMeasure: a line has not two columns, or there is no line.
    """
    content = path.read_text(encoding="utf-8-sig")
    rows = _rows(content, csv.QUOTE_MINIMAL)
    if any(len(row) != 2 for row in rows):
        rows = _rows(content, csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=1):
        if len(row) != 2:
            raise CannotMeasure(f"{path}: row {number} has {len(row)} columns; expected text and intent")
    if rows and tuple(cell.strip().lower() for cell in rows[0]) in HEADINGS:
        rows = rows[1:]
    if not rows:
        raise CannotMeasure(f"{path} holds no sentence")
    return [text for text, _ in rows], [intent.strip() for _, intent in rows]


def _rows(content: str, quoting: int) -> list[list[str]]:
    reader = csv.reader(content.splitlines(keepends=True), delimiter="\t", quoting=quoting)  # type: ignore[arg-type]
    return [row for row in reader if row]
