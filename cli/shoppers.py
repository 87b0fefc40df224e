"""Profiles and segments for the command line: computed, shown as tables on standard error, and as JSON."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from cli.build import open_prepared
from cli.console import console, jobs
from shop.errors import InvalidInput
from shop.money import price_label
from shop.phrases import LOCALES
from shop.profiles import profile_of
from shop.segments import Segmentation, compute_segments, read_segments
from shop.settings import Settings


def segments_in(settings: Settings, locale: str) -> dict[str, Any]:
    """Compute the segments, show them, and answer everything about them."""
    check_locale(locale)
    shop = open_prepared(settings)
    with jobs() as show:
        report = compute_segments(shop, show.start("Segments"))
    found = read_segments(shop, locale)
    shop.database.close()
    console.print(segment_table(found, settings.currency, locale))
    for name in ("buys", "buys_category"):
        console.print(score_table(name, report[name]))
    return as_json(found)


def profile_in(settings: Settings, shopper: str, locale: str | None) -> dict[str, Any]:
    """Show what is known of a shopper, and answer it."""
    if locale is not None:
        check_locale(locale)
    shop = open_prepared(settings)
    known = profile_of(shop, shopper, locale)
    shop.database.close()
    if known.notice:
        console.print(known.notice)
    table = Table("What is known", "Where from", title=f"Shopper {shopper}", box=SIMPLE_HEAD)
    for fact in known.facts:
        table.add_row(fact.text, fact.source)
    console.print(table)
    return known.payload()


def check_locale(locale: str) -> None:
    """Refuse a language that nothing is written in.

    Raises:
        InvalidInput: with the languages there are (field `--locale`).
    """
    if locale not in LOCALES:
        raise InvalidInput(f"--locale is one of {', '.join(LOCALES)}, not {locale!r}", field="--locale")


def segment_table(found: Segmentation, currency: str, locale: str) -> Table:
    """One row a segment; amounts and intervals are those of the member in the middle."""
    table = Table(title="Segments", box=SIMPLE_HEAD, padding=(0, 1, 1, 0))
    table.add_column("")
    table.add_column("Description", ratio=1)
    for name in ("Shoppers", "Spend", "Order", "Every", "Best", "Lapsing", "Buys"):
        table.add_column(name, justify="right", no_wrap=True)
    for segment in found.segments:
        figures = segment.figures
        table.add_row(
            str(segment.label),
            segment.description,
            f"{segment.size} ({figures['share']:.0%})",
            f"{figures['worth_share']:.0%}",
            price_label(round(figures["basket"]), currency, locale),
            f"{figures['every_days']:.0f} d",
            str(figures["high_value"]),
            str(figures["lapsing"]),
            f"{figures['buys']:.0%}",
        )
    table.caption = (
        "Spend: share of all. Order: worth of one. Every: days between visits. Best: high-value shoppers. "
        "Buys: mean chance of an order within the horizon."
    )
    return table


def score_table(name: str, report: dict[str, Any]) -> Table:
    """How good each model is on the latest horizon; loss is the log loss."""
    title = f"{name.replace('_', ' ')} within {report['horizon_days']:g} days: kept {report['chosen']}"
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("model", no_wrap=True)
    measures = [name for name in next(iter(report["models"].values()), {}) if name != "threshold"]
    for measure in measures:
        table.add_column(measure.removeprefix("log_"), justify="right", no_wrap=True)
    for model, scores in report["models"].items():
        cells = ("-" if scores[measure] is None else f"{scores[measure]:.3f}" for measure in measures)
        table.add_row(model.replace("_", " "), *cells)
    return table


def as_json(found: Segmentation) -> dict[str, Any]:
    """The run, its segments and its report."""
    return {
        "version": found.version,
        "computed_at": found.computed_at.isoformat(),
        "segments": [vars(segment) for segment in found.segments],
        **found.report,
    }
