"""Rules on frames whose faults are known."""

import json

import polars as pl

from shop.importers.cleaning import (
    Cleaning,
    above,
    all_set_aside,
    below,
    duplicate,
    missing,
    outlier,
    unknown,
)
from shop.importers.report import TableReport


def dirty() -> Cleaning:
    """Rows 1 and 6 are good; every other breaks one rule."""
    return Cleaning(
        "lines",
        pl.DataFrame(
            {
                "item": ["a", "a", None, "z", "b", "b", " "],
                "price": [100, 100, 100, 100, -1, 200, 100],
            }
        ),
    ).apply(
        missing("item"),
        duplicate("item", "price"),
        unknown("item", pl.Series(["a", "b"]), "item"),
        below("price", 0, "negative"),
    )


def test_each_fault_is_set_aside_with_row_field_and_reason() -> None:
    refused = dirty().set_aside.select("row", "field", "reason").sort("row").rows()
    assert refused == [
        (2, "item", "duplicate"),
        (3, "item", "missing"),
        (4, "item", "unknown item"),
        (5, "price", "negative"),
        (7, "item", "missing"),
    ]


def test_good_rows_stay_as_they_came() -> None:
    assert dirty().frame.rows() == [("a", 100), ("b", 200)]


def test_a_refused_row_is_kept_whole() -> None:
    record = dirty().set_aside.filter(pl.col("row") == 5)["record"].item()
    assert json.loads(record) == {"item": "b", "price": -1}


def test_a_row_is_refused_once_for_its_first_fault() -> None:
    cleaning = Cleaning("t", pl.DataFrame({"n": [500]})).apply(
        above("n", 10, "much"), above("n", 100, "too much")
    )
    assert cleaning.set_aside["reason"].to_list() == ["much"]


def test_read_is_kept_plus_set_aside() -> None:
    cleaning = dirty()
    assert cleaning.read == cleaning.kept.height + cleaning.set_aside.height


def test_outliers_are_far_from_their_groups_median() -> None:
    prices = [100, 101, 99, 100, 1500, 9]
    cleaning = Cleaning("t", pl.DataFrame({"item": ["a"] * 6, "price": prices}))
    cleaning.apply(outlier("price", "item", ratio=10))
    assert cleaning.set_aside["row"].to_list() == [5, 6]


def test_small_groups_have_no_outliers() -> None:
    cleaning = Cleaning("t", pl.DataFrame({"item": ["a", "a", "a"], "price": [1, 100, 10_000]}))
    assert cleaning.apply(outlier("price", "item", ratio=10)).set_aside.is_empty()


def test_a_repair_changes_wrong_rows_only_and_counts_them() -> None:
    cleaning = Cleaning("t", pl.DataFrame({"n": [-1, 2, None]}))
    cleaning.repair("negative set to 0", pl.col("n") < 0, pl.lit(0).alias("n"))
    assert cleaning.frame["n"].to_list() == [0, 2, None]
    assert cleaning.repaired == {"negative set to 0": 1}


def test_nothing_refused_is_an_empty_frame_of_the_same_shape() -> None:
    clean = Cleaning("t", pl.DataFrame({"n": [1]}))
    assert all_set_aside([clean, dirty()]).height == 5


def test_the_report_counts_by_reason_and_shows_at_most_five_examples() -> None:
    cleaning = Cleaning("t", pl.DataFrame({"n": list(range(20))})).apply(below("n", 12, "small"))
    entry = TableReport.of(cleaning).set_aside["n: small"]
    assert entry["rows"] == 12
    assert [example["record"]["n"] for example in entry["examples"]] == [0, 1, 2, 3, 4]
