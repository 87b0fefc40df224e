"""Turns text into values, strictly: what cannot be read as its column's kind sets the row aside."""

import ipaddress
import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import polars as pl
from babel.numbers import get_currency_precision

from shop.importers.cleaning import Cleaning, Rule, missing
from shop.importers.layout import EVENTS, STATUSES, Column, Kind

FORMULA = r"^[=+\-@]"
FORMULA_START = r"^[=+\-@\s]+"
CONTROL = r"[\x00-\x1f\x7f]+"
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
OFFSET = r"[+-]\d{2}:?\d{2}$"
DEFAULT_IMAGE = "/static/tiles/other.svg"


def parse(cleaning: Cleaning, columns: Sequence[Column], currency: str) -> Cleaning:
    """Typed columns instead of text; amounts become minor units of `currency`.

    Columns of the layout that the file lacks stay away. Leading formula signs and control characters are
    taken out of texts, so that no export of ours can start a formula; ids with them are set aside.
    """
    present = [column for column in columns if column.name in cleaning.kept.columns]
    _tidy(cleaning, present)
    cleaning.apply(*(missing(column.name) for column in present if column.required))
    values = {column.name: _value(column, currency) for column in present}
    for column in present:
        unreadable = pl.col(column.name).is_not_null() & values[column.name].is_null()
        cleaning.apply(Rule(column.name, f"not {column.kind.value}", unreadable))
    cleaning.kept = cleaning.kept.with_columns(value.alias(name) for name, value in values.items())
    return cleaning


def _tidy(cleaning: Cleaning, columns: Sequence[Column]) -> None:
    tidied = (pl.col(column.name).str.replace_all(CONTROL, " ").str.strip_chars() for column in columns)
    cleaning.kept = cleaning.kept.with_columns(tidied).with_columns(
        pl.when(pl.col(column.name) != "").then(column.name) for column in columns
    )
    for column in columns:
        if column.kind in (Kind.TEXT, Kind.LONG_TEXT):
            text = pl.col(column.name)
            harmless = text.str.replace(FORMULA_START, "")
            cleaning.repair(f"{column.name}: formula signs removed", text.str.contains(FORMULA), harmless)


def _value(column: Column, currency: str) -> pl.Expr:
    return _READERS[column.kind](pl.col(column.name), currency)


def _matching(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(text.str.contains(pattern)).then(text)


def _identifier(text: pl.Expr, _: str) -> pl.Expr:
    return pl.when(~text.str.contains(FORMULA) & (text.str.len_chars() <= 100)).then(text)


def _short_text(text: pl.Expr, _: str) -> pl.Expr:
    return pl.when(text.str.len_chars() <= 500).then(text)


def _long_text(text: pl.Expr, _: str) -> pl.Expr:
    return pl.when(text.str.len_chars() <= 5000).then(text)


def _money(text: pl.Expr, currency: str) -> pl.Expr:
    places = get_currency_precision(currency)
    decimals = rf"(\.\d{{1,{places}}}0*)?" if places else r"(\.0+)?"
    amount = _matching(text, rf"^\d{{1,7}}{decimals}$")
    return (amount.cast(pl.Float64) * float(10**places)).round().cast(pl.Int64)


def _count(text: pl.Expr, _: str) -> pl.Expr:
    return _matching(text, r"^\d{1,7}(\.0+)?$").cast(pl.Float64).cast(pl.Int64)


def _number(text: pl.Expr, _: str) -> pl.Expr:
    return _matching(text, r"^-?\d{1,12}(\.\d{1,12})?$").cast(pl.Float64)


def _day(text: pl.Expr, _: str) -> pl.Expr:
    return text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def _instant(text: pl.Expr, _: str) -> pl.Expr:
    written = text.str.replace("T", " ").str.replace("Z$", "+00:00")
    offset = written.str.contains(OFFSET)
    zoned = (
        pl.when(offset).then(written).str.to_datetime("%Y-%m-%d %H:%M:%S%.f%z", strict=False, time_unit="us")
    )
    bare = pl.when(~offset).then(written)
    read = (
        bare.str.to_datetime(layout, strict=False, time_unit="us")
        for layout in ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d")
    )
    return pl.coalesce(zoned.dt.replace_time_zone(None), *read)


def _flag(text: pl.Expr, _: str) -> pl.Expr:
    return text.str.to_lowercase().replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)


def _email(text: pl.Expr, _: str) -> pl.Expr:
    return _matching(text, r"^[^@\s<>()]{1,64}@[^@\s<>()]{1,190}\.[A-Za-z]{2,}$")


def _one_of(*choices: str) -> Callable[[pl.Expr, str], pl.Expr]:
    return lambda text, _: pl.when(text.str.to_lowercase().is_in(choices)).then(text.str.to_lowercase())


_READERS: dict[Kind, Callable[[pl.Expr, str], pl.Expr]] = {
    Kind.ID: _identifier,
    Kind.TEXT: _short_text,
    Kind.LONG_TEXT: _long_text,
    Kind.MONEY: _money,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.FLAG: _flag,
    Kind.LANGUAGE: _one_of("en", "zh"),
    Kind.EMAIL: _email,
    Kind.STATUS: _one_of(*STATUSES),
    Kind.EVENT: _one_of(*EVENTS),
}


def is_safe_image(address: str) -> bool:
    """Whether a picture may be shown from there: a path of this site, or https on a public host."""
    if re.fullmatch(r"/(?!/)[\w./%-]*", address):
        return True
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and parts.username is None and _is_public(host)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        # A name: one without a dot, or all of digits, leads into the shop's own network.
        return bool(re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", host)) and not host.endswith(
            (".local", ".internal", ".localhost", ".lan", ".home", ".arpa")
        )
