"""The cold-items benchmark on a shop whose answer is known: everybody takes one category, and all of it."""

import json
import runpy
from pathlib import Path
from typing import Any

import polars as pl
import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "cold_items.py"


def write(directory: Path, lines: pl.DataFrame | None = None) -> list[str]:
    """Ten categories of forty items; ten shoppers of each, who take every item of it."""
    shelf = [(f"item {at}", f"category {at % 10}", f"thing{at % 10}", "1.0") for at in range(400)]
    products = pl.DataFrame(shelf, schema=["item_id", "category", "text", "price"], orient="row")
    taken = [(f"shopper {one}", f"item {at}") for one in range(100) for at in range(one % 10, 400, 10)]
    taken_lines = pl.DataFrame(taken, schema=["shopper_id", "item_id"], orient="row")
    products.write_csv(directory / "products.csv")
    (taken_lines if lines is None else lines).write_parquet(directory / "lines.parquet")
    return ["--products", str(directory / "products.csv"), "--lines", str(directory / "lines.parquet")]


def run(arguments: list[str]) -> int:
    code: int = runpy.run_path(str(SCRIPT))["main"]([*arguments, "--seeds", "1", "--share", "0.2"])
    return code


def test_shoppers_are_found_by_their_category(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(tmp_path)) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (answer["cold_items"], answer["items"], answer["shoppers"]) == (80, 400, 100)
    assert answer["ndcg@10"] == answer["tfidf_profile"] == answer["plain_knn"] == 1.0


def test_lines_of_other_items_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = pl.DataFrame({"shopper_id": ["a"], "item_id": ["elsewhere"]})
    assert run(write(tmp_path, lines)) == 2
    assert capsys.readouterr().err == "cold_items: no line is of any of the products\n"


def test_a_missing_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(tmp_path, pl.DataFrame({"item_id": ["item 1"]}))) == 2
    assert capsys.readouterr().err == "cold_items: lines: shopper_id is missing\n"
