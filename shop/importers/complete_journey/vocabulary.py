"""The files beside this module in which the readable names stand."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Vocabulary:
    """Readable names for what the source abbreviates.

    Attributes:
        departments: key, name, name_zh, tile, aliases, aliases_zh.
        categories: category (the source's), name, name_zh, department (a key), tile, aliases, aliases_zh.
        types: category (null: any), type (the source's), name, detail, varieties (a set's name), name_zh,
            aliases, aliases_zh.
        varieties: varieties (a set's name), name, name_zh: what products of one brand differ by.
        details: name, name_zh of the packaging words that types carry.
        set_aside: level, value, reason: what is no product.
        words: lists of words from which brands and people's names are invented.
    """

    departments: pl.DataFrame
    categories: pl.DataFrame
    types: pl.DataFrame
    varieties: pl.DataFrame
    details: pl.DataFrame
    set_aside: pl.DataFrame
    words: dict[str, Any]


def read_vocabulary() -> Vocabulary:
    """Read every file; text throughout, with null for what is empty."""
    return Vocabulary(
        departments=_table("departments"),
        categories=_table("categories"),
        types=_table("types"),
        varieties=_table("varieties"),
        details=_table("details"),
        set_aside=_table("set_aside"),
        words=tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8")),
    )


def _table(name: str) -> pl.DataFrame:
    return pl.read_csv(HERE / f"{name}.csv", infer_schema=False)
