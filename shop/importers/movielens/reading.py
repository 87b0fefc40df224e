"""Reads the files of MovieLens, whichever form they come in, as text with their places in the file.

GroupLens ships `u.data`, `u.item`, `u.user` without headers; RecBole `NAME.inter`, `NAME.item`, `NAME.user`
with headers such as `user_id:token`. Both come out alike: films (item_id, title, year, genres), people
(shopper_id, age, gender, occupation) and ratings (shopper_id, item_id, rating, timestamp).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from shop.errors import InvalidInput
from shop.importers.cleaning import ROW, Cleaning, Rule

FIELD = "--movielens"
UNKNOWN_GENRE = "unknown"
GENRES = (
    UNKNOWN_GENRE, "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
    "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War",
    "Western",
)  # fmt: skip
RECBOLE_NAMES = {
    "films": {"item_id": "item_id", "movie_title": "title", "release_year": "year", "class": "genres"},
    "people": {"user_id": "shopper_id", "age": "age", "gender": "gender", "occupation": "occupation"},
    "ratings": {"user_id": "shopper_id", "item_id": "item_id", "rating": "rating", "timestamp": "timestamp"},
}
RECBOLE_SUFFIXES = {"films": "item", "people": "user", "ratings": "inter"}
GROUPLENS_COLUMNS = {
    "films": ("item_id", "title", "released", "on_video", "address", *GENRES),
    "people": ("shopper_id", "age", "gender", "occupation", "postcode"),
    "ratings": ("shopper_id", "item_id", "rating", "timestamp"),
}
GROUPLENS_FILES = {"films": "u.item", "people": "u.user", "ratings": "u.data"}


@dataclass(frozen=True)
class MovieLens:
    """The three tables as text; lines with another number of fields are set aside already."""

    films: Cleaning
    people: Cleaning
    ratings: Cleaning


def read_movielens(directory: Path) -> MovieLens:
    """The files of a folder.

    Raises:
        InvalidInput: there is no such folder, a file or a column of it is missing, or it cannot be read.
    """
    if not directory.is_dir():
        raise InvalidInput(f"{directory}: no such folder", field=FIELD)
    if (directory / "u.data").is_file():
        return _read_grouplens(directory)
    return _read_recbole(directory)


def _read_grouplens(directory: Path) -> MovieLens:
    separators = {"films": "|", "people": "|", "ratings": "\t"}
    found = {
        table: _table(
            table,
            _lines(_existing(directory / name), "latin-1"),
            GROUPLENS_COLUMNS[table],
            separators[table],
            first_line=1,
        )
        for table, name in GROUPLENS_FILES.items()
    }
    films = found["films"]
    flagged = [pl.when(pl.col(genre) == "1").then(pl.lit(genre)) for genre in GENRES]
    films.kept = films.kept.select(
        ROW,
        "item_id",
        pl.col("title").str.replace(r"\s*\(\d{4}\)\s*$", ""),
        pl.coalesce(
            pl.col("title").str.extract(r"\((\d{4})\)\s*$"), pl.col("released").str.extract(r"(\d{4})$")
        ).alias("year"),
        pl.concat_list(flagged).list.drop_nulls().list.join(" ").alias("genres"),
    )
    found["people"].kept = found["people"].kept.drop("postcode")
    return MovieLens(**found)


def _read_recbole(directory: Path) -> MovieLens:
    return MovieLens(**{table: _recbole_table(directory, table) for table in RECBOLE_SUFFIXES})


def _recbole_table(directory: Path, table: str) -> Cleaning:
    suffix = RECBOLE_SUFFIXES[table]
    found = sorted(directory.glob(f"*.{suffix}"))
    if len(found) != 1:
        counted = "several files" if found else "neither u.data nor a file"
        raise InvalidInput(f"{directory}: {counted} *.{suffix}", field=FIELD)
    header, *lines = _lines(found[0], "utf-8")
    columns = [name.partition(":")[0].strip() for name in header.split("\t")]
    cleaning = _table(table, lines, columns, "\t", first_line=2)
    for name in RECBOLE_NAMES[table]:
        if name not in columns:
            raise InvalidInput(f"{found[0]}: no column {name!r}", field=name)
    cleaning.kept = cleaning.kept.select(ROW, *RECBOLE_NAMES[table]).rename(RECBOLE_NAMES[table])
    return cleaning


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise InvalidInput(f"{path}: no such file", field=FIELD)
    return path


def _lines(path: Path, encoding: str) -> list[str]:
    try:
        text = path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path}: not {encoding}: {error.reason}", field=FIELD) from error
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    if not lines[0]:
        raise InvalidInput(f"{path}: the file is empty", field=FIELD)
    return lines


def _table(
    table: str, lines: Sequence[str], columns: Sequence[str], separator: str, *, first_line: int
) -> Cleaning:
    rows = [line.split(separator) for line in lines]
    width = len(columns)
    data: dict[str, list[str | None]] = {
        name: [row[place] if place < len(row) else None for row in rows] for place, name in enumerate(columns)
    }
    frame = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String)).with_columns(
        pl.Series(ROW, range(first_line, first_line + len(rows)), dtype=pl.UInt32),
        pl.Series("fields", [len(row) for row in rows], dtype=pl.Int64),
    )
    cleaning = Cleaning(table, frame)
    cleaning.apply(Rule("fields", f"not {width} fields", pl.col("fields") != width))
    cleaning.kept = cleaning.kept.drop("fields")
    return cleaning
