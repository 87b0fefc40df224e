"""Rules that a source's rows must pass; what they refuse is set aside with row, field and reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import polars as pl

ROW = "source_row"


@dataclass(frozen=True)
class Rule:
    """Rows for which `refuses` is true are set aside; `field` is the column at fault."""

    field: str
    reason: str
    refuses: pl.Expr


def missing(field: str) -> Rule:
    """No value: null, or text without a visible character."""
    return Rule(
        field, "missing", pl.col(field).is_null() | (pl.col(field).cast(pl.String).str.strip_chars() == "")
    )


def duplicate(*fields: str) -> Rule:
    """A later row with the same values in `fields`; the first one stays."""
    return Rule(fields[0], "duplicate", ~pl.struct(fields).is_first_distinct())


def below(field: str, least: Any, reason: str) -> Rule:
    """A value under `least`."""
    return Rule(field, reason, pl.col(field) < least)


def above(field: str, most: Any, reason: str) -> Rule:
    """A value over `most`."""
    return Rule(field, reason, pl.col(field) > most)


def unknown(field: str, known: pl.Series, of: str) -> Rule:
    """A reference to something that is not there; null refers to nothing and passes."""
    return Rule(field, f"unknown {of}", pl.col(field).is_not_null() & ~pl.col(field).is_in(known.implode()))


def outlier(field: str, by: str, *, ratio: float, least_rows: int = 5) -> Rule:
    """More than `ratio` times above or below the median of the rows that share `by`.

    Groups of fewer than `least_rows` rows say too little and are left alone.
    """
    typical = pl.col(field).median().over(by)
    far = (pl.col(field) > typical * ratio) | (pl.col(field) < typical / ratio)
    return Rule(
        field,
        f"outlier: more than {ratio:g} times off what is usual",
        far & (pl.len().over(by) >= least_rows),
    )


class Cleaning:
    """A table's frame on its way through rules and repairs.

    Rows are numbered from 1, unless the frame brings their places in the source in a column `ROW`.

    Attributes:
        table: what the report calls it.
        kept: the rows that passed so far, with their number in the source in column `ROW`.
        read: how many rows there were.
        repaired: what was put right in place, and in how many rows.
    """

    def __init__(self, table: str, frame: pl.DataFrame) -> None:
        self.table = table
        self.read = frame.height
        self.kept = frame if ROW in frame.columns else frame.with_row_index(ROW, 1)
        self.repaired: dict[str, int] = {}
        self._refused: list[pl.DataFrame] = []

    def apply(self, *rules: Rule) -> Self:
        """Set aside what the rules refuse, each row for the first rule that does."""
        for rule in rules:
            refused = self.kept.select(rule.refuses.fill_null(False)).to_series()
            if refused.any():
                self._refused.append(_described(self.table, rule, self.kept.filter(refused)))
                self.kept = self.kept.filter(~refused)
        return self

    def repair(self, what: str, wrong: pl.Expr, *fixed: pl.Expr) -> Self:
        """Give the rows that are `wrong` the `fixed` columns, and count them under `what`."""
        mask = self.kept.select(wrong.fill_null(False)).to_series()
        if count := int(mask.sum()):
            self.repaired[what] = self.repaired.get(what, 0) + count
            replaced = (
                pl.when(mask).then(column).otherwise(pl.col(column.meta.output_name())) for column in fixed
            )
            self.kept = self.kept.with_columns(list(replaced))
        return self

    @property
    def frame(self) -> pl.DataFrame:
        """The rows that passed, as they came: without their numbers."""
        return self.kept.drop(ROW)

    @property
    def set_aside(self) -> pl.DataFrame:
        """Refused rows: table, row, field, reason, and the whole record as JSON."""
        return pl.concat(self._refused) if self._refused else pl.DataFrame(schema=SET_ASIDE)


SET_ASIDE = {
    "table": pl.String,
    "row": pl.UInt32,
    "field": pl.String,
    "reason": pl.String,
    "record": pl.String,
}


def _described(table: str, rule: Rule, refused: pl.DataFrame) -> pl.DataFrame:
    return refused.select(
        pl.lit(table).alias("table"),
        pl.col(ROW).cast(pl.UInt32).alias("row"),
        pl.lit(rule.field).alias("field"),
        pl.lit(rule.reason).alias("reason"),
        pl.struct(pl.exclude(ROW)).struct.json_encode().alias("record"),
    )


def all_set_aside(cleanings: Iterable[Cleaning]) -> pl.DataFrame:
    """What all of them refused, in one frame."""
    return pl.concat([cleaning.set_aside for cleaning in cleanings])
