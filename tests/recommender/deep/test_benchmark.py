"""The comparison reads what next_basket and ratings read, with or without PyTorch."""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks import sequences


def rating_file(path: Path) -> list[str]:
    """Thirty users walk through twelve films in order, each from another one."""
    lines = [f"u{user},f{(user + day) % 12},3,{day}" for user in range(30) for day in range(7)]
    path.write_text("\n".join(["user,item,rating,timestamp", *lines, "one-timer,f1,3,1"]))
    return ["--ratings", str(path)]


def baskets(directory: Path) -> list[str]:
    """Five shoppers who always take the same three items, and a stranger."""
    lines = [
        {"shopper_id": shopper, "basket_index": basket, "item_id": f"{shopper}-{place}"}
        for shopper in range(5)
        for basket in range(4)
        for place in range(3)
    ]
    history = pl.DataFrame(lines)
    history.write_parquet(directory / "history.parquet")
    following = history.select("shopper_id", "item_id").unique()
    stranger = pl.DataFrame({"shopper_id": [99], "item_id": ["never sold"]})
    pl.concat([following, stranger]).write_parquet(directory / "next.parquet")
    return ["--history", str(directory / "history.parquet"), "--next", str(directory / "next.parquet")]


def run(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert sequences.main(words) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequences.importlib.util, "find_spec", lambda name: None)


@pytest.mark.usefixtures("no_torch")
def test_last_ratings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(rating_file(tmp_path / "ratings.csv"), capsys)
    assert (answer["cases"], answer["lines"], answer["bought_again"]) == (30, 181, False)
    assert answer["models"].keys() == {"popularity", "item_knn", "transitions", "recommender", "one_off"}
    assert answer["models"]["transitions"]["ndcg@10"] > answer["models"]["popularity"]["ndcg@10"]
    assert (answer["deep"], answer["wins"], answer["versus"]) == (None, False, {})


@pytest.mark.usefixtures("no_torch")
def test_next_baskets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(baskets(tmp_path), capsys)
    assert (answer["cases"], answer["bought_again"]) == (6, True)
    assert answer["models"]["recommender"]["recall@10"] == pytest.approx(5 / 6, abs=1e-5)


def test_the_deep_model_is_fitted_elsewhere_and_asked_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="needs PyTorch: the extra `deep`")
    settings = json.dumps({"network": {"dimensions": 8}, "training": {"epochs": 2}, "min_support": 1})
    answer = run([*rating_file(tmp_path / "ratings.csv"), "--settings", settings], capsys)
    assert answer["versus"].keys() == {"recommender", "one_off"}
    assert answer["deep"]["settings"]["network"]["dimensions"] == 8
    assert answer["models"]["deep"]["recall@10"] <= 1.0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--torch", "/no/such/python"], "there is no"),
        (["--torch", "/bin/false"], "could not fit"),
        (["--torch", sys.executable, "--settings", '{"depth": 3}'], "depth"),
        (["--torch", sys.executable, "--settings", "no JSON"], "Expecting value"),
    ],
)
def test_bad_arguments_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    assert sequences.main([*rating_file(tmp_path / "ratings.csv"), *words]) == 2
    assert reason in capsys.readouterr().err.splitlines()[-1]


def test_nothing_to_predict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ratings.csv").write_text("user,item,rating\na,x,3\nb,y,3\n")
    assert sequences.main(["--ratings", str(tmp_path / "ratings.csv")]) == 2
    assert "nothing to predict" in capsys.readouterr().err.splitlines()[-1]
