"""The page of benchmarks: made from stored results, true to them, readable without its pictures."""

from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest
import report
from reporting.charts import Bar, bars, lines, number
from reporting.page import body, filled
from reporting.sections import SECTIONS
from reporting.store import Stored, load
from reporting.tasks import TASKS

EMPTY = "Prose.\n\n" + "".join(
    f"<!-- results: {name} -->\nstale\n<!-- end -->\n\nMore of {name}.\n" for name in SECTIONS
)
BASKET = {"recall@10": 0.1, "ndcg@10": 0.2, "phr@10": 0.3, "fit_s": 12.3}


def stored(name: str, result: dict[str, Any]) -> Stored:
    return Stored(name, "./aisle bench it", "2026-01-02", "2 cores", (0.5, 1.5), 60.0, result)


def test_every_run_is_shown_and_every_section_has_runs() -> None:
    shown = [run for section in SECTIONS.values() for run in section.runs]
    assert sorted(shown) == sorted(TASKS)


def test_what_was_not_run_is_not_measured_yet() -> None:
    page, charts = filled(EMPTY, {})
    assert page.count("Not measured yet.") == len(SECTIONS)
    assert "stale" not in page
    assert "More of speed." in page
    assert charts == {}


def test_a_block_says_when_where_and_how() -> None:
    text, _ = body("next_basket", {"next_basket": stored("next_basket", BASKET)})
    assert "`./aisle bench it`: 2026-01-02, 2 cores; load average 0.5 before and 1.5 after" in text
    assert "| 0.1000 | 0.2000 | 0.3000 | 12 s |" in text


def test_filling_twice_changes_nothing() -> None:
    results = {"next_basket": stored("next_basket", BASKET)}
    once, _ = filled(EMPTY, results)
    assert filled(once, results)[0] == once


def test_a_page_that_lacks_a_block_is_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        filled(EMPTY.replace("<!-- results: scale -->", ""), {})


def test_models_that_were_left_out_say_why() -> None:
    peer = {"users_per_s": 5.0, "recall@20": 0.1}
    models = {"aisle-sparse": {**peer, "users_per_s": 10.0}, "other": peer, "huge": {"skipped": "too large"}}
    ratio = {"name": "other", "throughput": 2.0, "throughput_one_thread": 1.5, "recall": 1.25}
    ratios = {"each": {}, "to_implicits_best": ratio}
    result = {"data": {"items": 1000}, "models": models, "ratios": ratios}
    text, charts = body("speed", {"speed": stored("speed", result)})
    assert "| huge | left out: too large |" in text
    assert "2.0 times as many users a second as other" in text
    assert "](images/benchmarks/speed.svg)" in text
    assert "huge" not in charts["speed.svg"]


def test_a_fit_that_was_left_out_says_why() -> None:
    each = {"kernel_p50_us": 5.0, "kernel_p95_us": 9.0, "p50_us": 8.0, "users_per_s": 9.0, "mb": 1.0}
    sizes = [
        {"items": 1000, **each, "fit": {"fit_s": 3.0, "fit_mb": 10.0}},
        {"items": 2000, **each, "fit": {"skipped": "too slow"}},
    ]
    text, charts = body("scale", {"scale": stored("scale", {"sizes": sizes})})
    assert "too slow" in text
    assert list(charts) == ["scale.svg"]


def test_charts_are_well_formed_and_described() -> None:
    drawn = bars("A & B", "a <description>", [Bar("x < y", 1.0), Bar("own", 0.0, own=True)])
    assert minidom.parseString(drawn).getElementsByTagName("desc")[0].firstChild.data == "a <description>"
    assert "prefers-color-scheme:dark" in drawn


def test_lines_end_with_their_names() -> None:
    drawn = minidom.parseString(lines("Title", "told", "items", [("kernel", [(10.0, 2.0), (1000.0, 3.0)])]))
    assert "kernel" in [text.firstChild.data for text in drawn.getElementsByTagName("text")]


def test_logarithmic_axes_need_points_above_0() -> None:
    with pytest.raises(ValueError, match="above 0"):
        lines("Title", "told", "items", [("kernel", [(0.0, 1.0)])])


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.19874, "0.1987"), (6.04, "6.04"), (90.0, "90"), (61234.5, "61,234")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text


def test_results_come_back_as_they_were_stored(tmp_path: Path) -> None:
    result = stored("next_basket", BASKET)
    result.save(tmp_path)
    found = load(tmp_path, "next_basket")
    assert found is not None
    assert (found.result, found.seconds, list(found.load_average or [])) == (BASKET, 60.0, [0.5, 1.5])
    assert load(tmp_path, "ratings") is None


def test_a_file_that_is_no_result_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scale.json").write_text("[]")
    with pytest.raises(ValueError, match="is no stored result"):
        load(tmp_path, "scale")


def test_commands_show_neither_folders_nor_interpreters() -> None:
    assert (
        TASKS["speed"].shown
        == "./aisle bench recommender_speed --train gowalla-train.npz --seconds 4 --peers PYTHON"
    )
    assert TASKS["speed"].words("/d", "/p")[1] == "/d/gowalla-train.npz"
    with pytest.raises(ValueError, match="--peers"):
        TASKS["speed"].words("/d", "")


def test_an_unknown_run_ends_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["--run", "nothing"]) == 2
    assert "nothing is none of" in capsys.readouterr().err


def test_the_committed_page_is_what_the_stored_results_say() -> None:
    assert report.main(["--check"]) == 0
