"""The next-basket benchmark on files whose answer is known: everybody repeats what they always buy."""

import json
import runpy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "next_basket.py"


def write(directory: Path, **changed: Any) -> list[str]:
    """History and next baskets of five shoppers with a taste of their own each."""
    lines = [
        {"shopper_id": shopper, "basket_index": basket, "item_id": f"item {shopper}-{place}"}
        for shopper in range(5)
        for basket in range(4)
        for place in range(3)
    ]
    history = pl.DataFrame(lines).with_columns(**changed)
    history.write_parquet(directory / "history.parquet")
    history.select("shopper_id", "item_id").unique().write_parquet(directory / "next.parquet")
    return ["--history", str(directory / "history.parquet"), "--next", str(directory / "next.parquet")]


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    assert runpy.run_path(str(SCRIPT))["main"](arguments) == 0
    answer: dict[str, float] = json.loads(capsys.readouterr().out)
    return answer


def test_what_is_always_bought_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(write(tmp_path), capsys)
    assert answer.keys() == {"recall@10", "ndcg@10", "phr@10", "fit_s"}
    assert answer["ndcg@10"] == answer["recall@10"] == answer["phr@10"] == 1.0


@pytest.mark.parametrize(
    "timestamps",
    [
        pl.col("basket_index") * 86_400,
        pl.lit(datetime(2017, 1, 1)) + pl.col("basket_index") * timedelta(days=7),
        pl.lit("2017-01-01 12:00:00"),
        pl.lit("no time at all"),
    ],
)
def test_timestamps_of_any_kind_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], timestamps: pl.Expr
) -> None:
    assert run(write(tmp_path, timestamp=timestamps), capsys)["ndcg@10"] == 1.0


def test_shoppers_without_a_past_count_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = write(tmp_path)
    following = pl.DataFrame({"shopper_id": [0, 99], "item_id": ["item 0-0", "never sold"]})
    following.write_parquet(tmp_path / "next.parquet")
    assert run(arguments, capsys)["recall@10"] == 0.5


def test_a_missing_column_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = write(tmp_path)
    pl.DataFrame({"shopper": [1]}).write_parquet(tmp_path / "next.parquet")
    assert runpy.run_path(str(SCRIPT))["main"](arguments) == 1
    assert "next lacks shopper_id, item_id" in capsys.readouterr().err.splitlines()[-1]


def test_a_missing_file_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--history", str(tmp_path / "none"), "--next", str(tmp_path / "none")]
    assert runpy.run_path(str(SCRIPT))["main"](arguments) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
