"""The benchmark reads what people have, and says what it left out."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import ratings
from benchmarks.stars.errors import ratios, split

ROWS = {("a", "x"): 4.0, ("a", "y"): 2.0, ("b", "x"): 5.0}
LAYOUTS = {
    "recbole": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n{}",
    "u.data": "{}",
    "csv": "user,item,rating,timestamp\n{}",
    "other order": "timestamp,rating,item,user\n{}",
    "ratings.dat": "{}",
    "books": '"User-ID";"ISBN";"Book-Rating"\n{}',
}
MARKS = {"csv": ",", "other order": ",", "ratings.dat": "::", "books": ";"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str, tmp_path: Path) -> None:
    lines = [[user, item, f"{value:g}", "881250949"] for (user, item), value in ROWS.items()]
    if layout == "other order":
        lines = [line[::-1] for line in lines]
    if layout == "books":
        lines = [[f'"{cell}"' for cell in line[:3]] for line in lines]
    text = "\n".join(MARKS.get(layout, "\t").join(line) for line in lines)
    table, rows = ratings.read(written(tmp_path, LAYOUTS[layout].format(text)))
    assert (rows["kept"], rows["shoppers"], rows["items"]) == (3, 2, 2)
    assert table["value"].tolist() == [4.0, 2.0, 5.0]
    assert (table["shopper"].tolist(), table["item"].tolist()) == ([0, 0, 1], [0, 1, 0])


def test_bad_rows_are_counted_and_set_aside(tmp_path: Path) -> None:
    lines = ["user,item,rating,timestamp", "a,x,1,5", "a,x,3,9", "a,x,2,7", ",x,3,1", "a,y,,1"]
    text = "\n".join([*lines, "a,z,NaN,1", "b,x,good,1", "b,y,4,1"])
    table, rows = ratings.read(written(tmp_path, text))
    assert (rows["read"], rows["kept"], rows["missing"], rows["not_a_number"]) == (8, 2, 2, 2)
    assert rows["duplicate"] == 2
    assert sorted(table["value"].tolist()) == [3.0, 4.0]


def test_dates_tell_the_latest_too(tmp_path: Path) -> None:
    text = "user,item,rating,date\na,x,1,2024-05-02\na,x,3,2024-05-01\nb,x,4,2024-05-03\n"
    table, _ = ratings.read(written(tmp_path, text))
    assert table["value"].tolist() == [1.0, 4.0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("user,item\na,x\n", "no column rating"),
        ("nothing\n", "no table"),
        ("user,item,rating\na,x,3\n", "1 usable"),
        ("", "no table"),
        ("user,item,rating\n", "0 usable"),
    ],
)
def test_files_of_no_use_end_in_one_line(
    text: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ratings.main(["--ratings", str(written(tmp_path, text))]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert reason in said.err


@pytest.mark.parametrize(
    "words", [["--folds", "1"], ["--folds", "99"], ["--peers", "/nowhere/python"], ["--seconds", "-1"]]
)
def test_bad_arguments_end_in_one_line(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a\tx\t4\t1\na\ty\t2\t1\nb\tx\t5\t1\n")
    assert ratings.main(["--ratings", str(path), "--no-peers", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_every_algorithm_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(0)
    rows = [f"u{user}\ti{item}\t{rng.integers(1, 11)}\t0" for user in range(12) for item in range(9)]
    path = written(tmp_path, "\n".join(rows))
    assert ratings.main(["--ratings", str(path), "--folds", "3", "--no-peers", "--seconds", "0.01"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"baseline", "user_knn", "item_knn", "factors", "bayesian", "blend"} <= set(report)
    assert report["blend"]["folds"] == len(report["chosen"]) == 3
    assert 0 < report["blend"]["mae"] <= report["blend"]["rmse"] < 9


def test_folds_hold_every_rating_once() -> None:
    fold = np.array([0, 1, 2, 0, 1, 2, 0])
    spared = [split(fold, turn)[1] for turn in range(3)]
    assert sorted(np.concatenate(spared).tolist()) == list(range(7))


def test_peers_are_compared_over_the_folds_they_had_time_for() -> None:
    ours = {"blend": [{"rmse": 0.9}, {"rmse": 0.8}, {"rmse": 0.1}]}
    assert ratios(ours, {"SVD": {"by_fold": [1.0, 0.7]}, "KNN": {"skipped": "large"}}) == {"SVD": 1.0}


def written(folder: Path, text: str) -> Path:
    path = folder / "ratings.txt"
    path.write_text(text)
    return path
