"""The commands that bring a shop's data in and ask the recommender about a shopper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.build import open_prepared
from cli.console import console, jobs
from shop.context import Audience
from shop.errors import InvalidInput
from shop.importers.lexicon import write_lexicon
from shop.importers.movielens import import_movielens
from shop.importers.tabular import import_files
from shop.recommendations import recommend
from shop.settings import Settings
from shop.shoppers import find_shopper


def import_into(settings: Settings, files: Mapping[str, Path]) -> dict[str, Any]:
    """Import a shop's own files and renew the lexicon; the report as JSON.

    Raises:
        InvalidInput: no file was named, or one cannot be read as what it should be.
    """
    if not files:
        raise InvalidInput("name at least one file, such as --products products.csv", field="--products")
    shop = open_prepared(settings)
    with jobs() as show:
        report = import_files(
            shop.database,
            products=files.get("products"),
            customers=files.get("customers"),
            orders=files.get("orders"),
            events=files.get("events"),
            state_dir=settings.state_dir,
            currency=settings.currency,
            progress=show.start("Import"),
        )
        write_lexicon(shop.database, settings.catalogue_path)
    console.print(report.summary())
    return report.as_json()


def import_films(settings: Settings, directory: Path, *, alone: bool = True) -> dict[str, Any]:
    """Import MovieLens into an empty state and renew the lexicon; the report as JSON.

    Raises:
        InvalidInput: the folder cannot be used, or is not named `alone`.
        Conflict: there is a catalogue already.
    """
    if not alone:
        raise InvalidInput("--movielens is a shop of its own; name no other files", field="--movielens")
    shop = open_prepared(settings)
    with jobs() as show:
        report = import_movielens(
            shop.database,
            directory,
            state_dir=settings.state_dir,
            currency=settings.currency,
            progress=show.start("MovieLens"),
        )
        write_lexicon(shop.database, settings.catalogue_path)
    console.print(report.summary())
    return report.as_json()


def slate_for(settings: Settings, shopper_id: str, n: int) -> dict[str, Any]:
    """What a shopper would be shown now.

    Raises:
        NotFound: no such shopper. Unavailable: nothing was trained yet.
    """
    shop = open_prepared(settings)
    shopper = find_shopper(shop, shopper_id)
    slate = recommend(shop, Audience(shopper.locale, "command_line", shopper_id), n=n)
    return {
        "shopper": shopper_id,
        "slate_id": slate.slate_id,
        "items": [
            {
                "item": item.item_id,
                "name": item.product.name,
                "price": item.payload()["price"],
                "currency": item.product.currency,
                "score": item.ranked.score,
                "source": item.ranked.source,
                "reasons": list(item.reasons),
            }
            for item in slate.items
        ],
    }
