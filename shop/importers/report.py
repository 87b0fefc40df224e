"""What an import did: rows read, kept, set aside and why; what was made up; how long it took."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Group
from rich.table import Table

from shop.importers.cleaning import Cleaning, all_set_aside

EXAMPLES = 5


@dataclass(frozen=True)
class TableReport:
    """One table: `set_aside` by reason, each with the number of rows, the field, and up to 5 examples."""

    read: int
    kept: int
    set_aside: dict[str, dict[str, Any]]
    repaired: dict[str, int]

    @classmethod
    def of(cls, cleaning: Cleaning) -> "TableReport":
        """The report on a table that has been cleaned."""
        return cls(
            read=cleaning.read,
            kept=cleaning.kept.height,
            set_aside=_by_reason(cleaning.set_aside),
            repaired=dict(cleaning.repaired),
        )


def _by_reason(set_aside: pl.DataFrame) -> dict[str, dict[str, Any]]:
    grouped = set_aside.group_by("reason", "field", maintain_order=True).agg(
        pl.len().alias("rows"), pl.struct("row", "record").head(EXAMPLES).alias("examples")
    )
    return {
        f"{row['field']}: {row['reason']}": {
            "field": row["field"],
            "reason": row["reason"],
            "rows": row["rows"],
            "examples": [
                {"row": example["row"], "record": json.loads(example["record"])}
                for example in row["examples"]
            ],
        }
        for row in grouped.sort("rows", descending=True).iter_rows(named=True)
    }


@dataclass(frozen=True)
class ImportReport:
    """The whole import.

    Attributes:
        source: where the data came from.
        tables: one report per table of the source, in the order of import.
        written: rows per table of the database.
        simulated: one sentence for each fact that was made up.
        notes: one sentence for each change that concerns the whole source.
        figures: other measures, by name.
        seconds: how long reading, cleaning and writing took.
        set_aside_file: where the refused rows stand in full; None when there were none.
    """

    source: str
    tables: dict[str, TableReport]
    written: dict[str, int]
    seconds: dict[str, float]
    simulated: Sequence[str] = ()
    notes: Sequence[str] = ()
    figures: dict[str, float] = field(default_factory=dict)
    set_aside_file: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as programs read it."""
        return {
            "source": self.source,
            "tables": {
                name: {
                    "read": table.read,
                    "kept": table.kept,
                    "set_aside": table.set_aside,
                    "repaired": table.repaired,
                }
                for name, table in self.tables.items()
            },
            "written": self.written,
            "simulated": list(self.simulated),
            "notes": list(self.notes),
            "figures": self.figures,
            "seconds": {stage: round(seconds, 2) for stage, seconds in self.seconds.items()},
            "set_aside_file": str(self.set_aside_file) if self.set_aside_file else None,
        }

    def summary(self) -> Group:
        """The report as people read it: a table, then what was made up."""
        table = Table(title=f"Import of {self.source}", title_justify="left")
        for heading, justify in (("", "left"), ("read", "right"), ("kept", "right"), ("set aside", "left")):
            table.add_column(heading, justify=justify)  # type: ignore[arg-type]
        for name, counts in self.tables.items():
            table.add_row(name, f"{counts.read:,}", f"{counts.kept:,}", _reasons(counts))
        lines = [f"{sum(self.seconds.values()):.1f} s"]
        lines += [f"Note: {note}" for note in self.notes]
        lines += [f"Simulated: {fact}" for fact in self.simulated]
        if self.set_aside_file:
            lines.append(f"Rows set aside: {self.set_aside_file}")
        return Group(table, *lines)


def _reasons(counts: TableReport) -> str:
    said = [f"{reason} {entry['rows']:,}" for reason, entry in counts.set_aside.items()]
    said += [f"(repaired) {what} {rows:,}" for what, rows in counts.repaired.items()]
    return "\n".join(said) or "-"


def write_set_aside(cleanings: Sequence[Cleaning], state_dir: Path, name: str, now: datetime) -> Path | None:
    """Write every refused row to a CSV below `state_dir`, so that nothing is lost; None when there are none.

    No cell can start a spreadsheet formula: ours are plain words, and records are JSON objects.
    """
    refused = all_set_aside(cleanings)
    if refused.is_empty():
        return None
    directory = state_dir / "imports"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}-{now:%Y%m%dT%H%M%S}-set-aside.csv"
    refused.write_csv(path)
    return path
