"""Reads a shop's own CSV or Parquet file as text, row by row with its place in the file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from shop.errors import InvalidInput
from shop.importers.cleaning import ROW, Cleaning, Rule
from shop.importers.layout import Column

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
SEPARATORS = ",;\t|"
SURPLUS = "surplus_fields"
BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(frozen=True)
class TextTable:
    """A file's known columns as text, and the names of columns that nothing here reads."""

    cleaning: Cleaning
    ignored: tuple[str, ...]


def read_table(table: str, path: Path, columns: Sequence[Column]) -> TextTable:
    """The rows of a file; those with too many or too few fields are set aside.

    Raises:
        InvalidInput: the file is missing, empty, not UTF-8, of another format, or lacks a required column.
    """
    if not path.is_file():
        raise InvalidInput(f"{path}: no such file", field=f"--{table}")
    if path.suffix.lower() == ".parquet":
        frame = _read_parquet(table, path)
    elif path.suffix.lower() in CSV_SUFFIXES:
        frame = _read_csv(table, path)
    else:
        raise InvalidInput(f"{path}: neither .csv nor .parquet", field=f"--{table}")
    wanted = [column.name for column in columns]
    _require(path, [column.name for column in columns if column.required], frame.columns)
    known = [name for name in frame.columns if name in {*wanted, ROW, SURPLUS}]
    cleaning = Cleaning(table, frame.select(known))
    if SURPLUS in known:
        cleaning.apply(Rule(SURPLUS, "another number of fields than the header", pl.col(SURPLUS)))
        cleaning.kept = cleaning.kept.drop(SURPLUS)
    ignored = tuple(name for name in frame.columns if name not in known)
    return TextTable(cleaning, ignored)


def _require(path: Path, required: Sequence[str], found: Sequence[str]) -> None:
    for name in required:
        if name not in found:
            there = [column for column in found if column not in (ROW, SURPLUS)]
            near = get_close_matches(name, there, n=1, cutoff=0.6)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            listed = ", ".join(there)
            raise InvalidInput(f"{path}: no column {name!r}{hint} (found: {listed})", field=name)


def _header(table: str, path: Path, names: Sequence[str]) -> list[str]:
    header = [name.strip().lower() for name in names]
    twice = {name for name in header if header.count(name) > 1}
    if twice:
        raise InvalidInput(f"{path}: two columns are called {min(twice)!r}", field=f"--{table}")
    return header


def _read_parquet(table: str, path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InvalidInput(f"{path}: not a Parquet file: {error}", field=f"--{table}") from error
    frame.columns = _header(table, path, frame.columns)
    numbers = pl.selectors.float().round(6)
    instants = pl.selectors.datetime(time_zone="*").dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return frame.with_columns(numbers, instants).with_columns(pl.all().cast(pl.String)).with_row_index(ROW, 1)


def _read_csv(table: str, path: Path) -> pl.DataFrame:
    text = _decoded(table, path)
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = _header(table, path, next(reader, []))
        rows = [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise InvalidInput(f"{path}, line {reader.line_num}: {error}", field=f"--{table}") from error
    if not header:
        raise InvalidInput(f"{path}: the file is empty", field=f"--{table}")
    width = len(header)
    data: dict[str, list[str | None]] = {
        name: [row[place] if place < len(row) else None for _, row in rows]
        for place, name in enumerate(header)
    }
    lines = pl.Series(ROW, [line for line, _ in rows], dtype=pl.UInt32)
    surplus = pl.Series(SURPLUS, [len(row) != width for _, row in rows], dtype=pl.Boolean)
    return pl.DataFrame(data, schema=dict.fromkeys(header, pl.String)).with_columns(lines, surplus)


def _decoded(table: str, path: Path) -> str:
    content = path.read_bytes()
    other = BYTE_ORDER_MARKS.get(content[:2])
    if other is None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise InvalidInput(f"{path}, line {line}: not UTF-8", field=f"--{table}") from error
    raise InvalidInput(f"{path}: {other}; save it as UTF-8", field=f"--{table}")
