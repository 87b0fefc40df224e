"""The commands on a small shop, as a person calls them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner

from cli.__main__ import app
from cli.build import renew_segments
from cli.console import Jobs, Report
from shop.context import Shop
from shop.errors import InvalidInput, NotFound
from shop.segments import read_segments
from shop.storage import tables

RUNNER = CliRunner()


@pytest.fixture
def state(small_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AISLE_DATABASE_URL", small_shop.settings.url)
    return str(small_shop.settings.state_dir)


def test_segments_are_computed_shown_and_written(state: str, tmp_path: Path) -> None:
    file = tmp_path / "segments.json"
    done = RUNNER.invoke(app, ["segments", "--state", state, "--json", str(file)])
    assert done.exit_code == 0, done.output
    written = json.loads(file.read_text(encoding="utf-8"))
    assert sum(segment["size"] for segment in written["segments"]) == 12
    assert set(written["buys"]["models"]) == {"base_rate", "logistic_regression", "random_forest"}
    assert written["segments"][0]["description"].startswith("Middle value")  # one segment: too few for more


def test_a_profile_is_printed_as_json_in_the_language_asked_for(state: str) -> None:
    done = RUNNER.invoke(app, ["profile", "anna", "--state", state, "--json", "-", "--locale", "zh"])
    assert done.exit_code == 0, done.output
    known = json.loads(done.stdout)
    assert known["shopper"] == "anna"
    assert "您大约每 7 天下一次单" in {fact["text"] for fact in known["facts"]}


@pytest.mark.parametrize(
    ("arguments", "error", "field"),
    [
        (["segments", "--locale", "fr"], InvalidInput, "--locale"),
        (["segments", "--json", "/no/such/folder/x.json"], InvalidInput, "--json"),
        (["profile", "nobody"], NotFound, "shopper_id"),
    ],
)
def test_bad_input_is_one_clear_error(
    state: str, arguments: list[str], error: type[Exception], field: str
) -> None:
    done = RUNNER.invoke(app, [*arguments, "--state", state])
    assert isinstance(done.exception, error)
    assert done.exception.field == field


@pytest.mark.parametrize("command", ["segments", "profile"])
def test_help_has_examples(command: str) -> None:
    assert f"./aisle {command}" in RUNNER.invoke(app, [command, "--help"]).output


class Heard(Jobs):
    """Bars that nobody sees: which jobs were started."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self, name: str) -> Report:
        self.names.append(name)
        return lambda stage, share: None


def test_training_renews_the_segments(small_shop: Shop) -> None:
    with pytest.raises(NotFound):
        read_segments(small_shop)
    heard = Heard()
    renew_segments(small_shop, heard)
    assert heard.names == ["Segments"]
    assert sum(segment.size for segment in read_segments(small_shop).segments) == 12


def test_a_shop_without_orders_is_trained_without_segments(
    small_shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_shop.database.write() as connection:
        connection.execute(delete(tables.order_lines))
        connection.execute(delete(tables.orders))
    renew_segments(small_shop, Heard())
    assert "No segments: nobody has ordered anything yet" in " ".join(capsys.readouterr().err.split())
    with pytest.raises(NotFound):
        read_segments(small_shop)
