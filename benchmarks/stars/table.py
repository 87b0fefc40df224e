"""Ratings from a file, whatever its separator, its order of columns and their names."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

NAMES = {
    "user": ("user", "user_id", "userid", "shopper", "shopper_id", "customer_id", "reviewerid", "user-id"),
    "item": (
        "item",
        "item_id",
        "itemid",
        "movie",
        "movie_id",
        "movieid",
        "product_id",
        "asin",
        "isbn",
        "book_id",
    ),
    "rating": ("rating", "value", "stars", "score", "overall", "book-rating"),
    "timestamp": ("timestamp", "time", "date", "unixreviewtime"),
}
SEPARATORS = ("::", "\t", ";", ",")
HIGHEST = 1e9


def read(path: Path) -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """shopper, item (indices), value and day of the usable rows, and how many rows there are of each kind."""
    frame = _columns(path)
    number = pl.col("rating").str.strip_chars().cast(pl.Float64, strict=False)
    missing = pl.any_horizontal(pl.col("user", "item", "rating").fill_null("").str.strip_chars() == "")
    usable = (number.is_finite() & (number.abs() <= HIGHEST)).fill_null(False)
    kinds = frame.select(missing=missing, not_a_number=~missing & ~usable, kept=~missing & usable)
    kept = frame.filter(kinds["kept"]).with_columns(value=number)
    day = _days(kept["timestamp"])
    pair = kept.select("user", "item").with_columns(day=pl.Series(day)).with_row_index("row")
    last = pair.sort("day", "row").unique(["user", "item"], keep="last").sort("row")["row"].to_numpy()
    if len(last) < 2:
        raise ValueError(f"{path} holds {len(last)} usable ratings; at least 2 are needed")
    table = {name: np.unique(kept[key].to_numpy()[last], return_inverse=True)[1] for name, key in SIDES}
    table |= {"value": kept["value"].to_numpy()[last], "day": day[last]}
    rows = {
        "read": len(frame),
        "kept": len(last),
        "missing": int(kinds["missing"].sum()),
        "not_a_number": int(kinds["not_a_number"].sum()),
        "duplicate": len(kept) - len(last),
        "shoppers": int(table["shopper"].max()) + 1,
        "items": int(table["item"].max()) + 1,
    }
    return table, rows


SIDES = (("shopper", "user"), ("item", "item"))


def _columns(path: Path) -> Any:
    """The file as text columns user, item, rating, timestamp."""
    text = path.read_text(encoding="utf-8", errors="replace").lstrip("\ufeff")
    first = text.split("\n", 1)[0].strip("\r")
    separator = next((mark for mark in SEPARATORS if mark in first), None)
    if separator is None:
        raise ValueError(f"{path} is no table: its first line holds none of tab, comma, semicolon or ::")
    cells = [cell.strip().strip('"') for cell in first.split(separator)]
    headed = len(cells) < 3 or not _is_number(cells[2])
    places = _places(cells) if headed else {name: at for at, name in enumerate(NAMES) if at < len(cells)}
    lacking = [name for name in ("user", "item", "rating") if name not in places]
    if lacking:
        raise ValueError(f"{path} has no column {', '.join(lacking)}")
    try:
        frame = pl.read_csv(
            text.replace("::", "\t").encode() if separator == "::" else text.encode(),
            separator="\t" if separator == "::" else separator,
            has_header=False,
            skip_rows=int(headed),
            schema={str(at): pl.String for at in range(len(cells))},
            truncate_ragged_lines=True,
            quote_char='"' if separator in ",;" else None,
        )
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"{path} cannot be read as a table: {error}") from error
    wanted = {
        name: pl.col(str(places[name])) if name in places else pl.lit(None, pl.String) for name in NAMES
    }
    return frame.select(**{name: column.str.strip_chars() for name, column in wanted.items()})


def _places(heads: list[str]) -> dict[str, int]:
    """Where each column stands; RecBole's types, after a colon, are left off."""
    known = [head.split(":")[0].lower() for head in heads]
    found = {name: [alias for alias in aliases if alias in known] for name, aliases in NAMES.items()}
    return {name: known.index(aliases[0]) for name, aliases in found.items() if aliases}


def _days(column: Any) -> np.ndarray:
    """Days since the epoch; 0 where the time cannot be read."""
    seconds = column.cast(pl.Float64, strict=False)
    if seconds.is_null().all() and not column.is_null().all():
        try:
            seconds = column.str.to_datetime(strict=False, time_unit="us").dt.epoch("s").cast(pl.Float64)
        except pl.exceptions.PolarsError:
            print("ratings: the timestamps cannot be read and are left out", file=sys.stderr)
    values = seconds.fill_null(0.0).to_numpy()
    return np.where(np.isfinite(values), values, 0.0) / 86_400


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
