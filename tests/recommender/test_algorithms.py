"""The table of algorithms on files whose answer is known: everybody repeats what they always buy."""

import json
import runpy
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.recommender.test_next_basket import write

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "algorithms.py"


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert runpy.run_path(str(SCRIPT))["main"](arguments) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_what_each_finds_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    algorithms = run(write(tmp_path), capsys)["algorithms"]
    assert algorithms["blend"]["ndcg@10"] == algorithms["frequency"]["ndcg@10"] == 1.0
    assert algorithms["popularity"]["ndcg@10"] < 1.0
    assert "traits" not in algorithms


def test_what_is_known_of_shoppers_adds_algorithms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = pl.DataFrame({"shopper_id": range(5), "segment": ["a", "a", "b", "b", None], "age": ["old"] * 5})
    known.write_parquet(tmp_path / "shoppers.parquet")
    answer = run([*write(tmp_path), "--shoppers", str(tmp_path / "shoppers.parquet")], capsys)
    assert {"segment", "traits"} <= answer["algorithms"].keys()


def test_a_file_of_shoppers_without_ids_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pl.DataFrame({"age": ["old"]}).write_parquet(tmp_path / "shoppers.parquet")
    words = [*write(tmp_path), "--shoppers", str(tmp_path / "shoppers.parquet")]
    assert runpy.run_path(str(SCRIPT))["main"](words) == 1
    assert "shoppers lacks shopper_id" in capsys.readouterr().err.splitlines()[-1]
