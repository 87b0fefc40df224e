"""Training: the shop's purchases and catalogue as arrays, fitted, checked and published."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from recommender import Catalogue, Interactions, PublishRefused, Recommender, RecommenderConfig
from recommender.artefact import answers_strangers, no_worse, publish
from shop.context import Shop
from shop.errors import Conflict
from shop.money import amount
from shop.questions import day_number
from shop.storage.interactions import SEPARATOR, BasketColumns, all_baskets
from shop.storage.rows import Connection
from shop.storage.training import CatalogueRow, catalogue_rows, group_aliases, product_aliases
from shop.traits import all_traits

Progress = Callable[[str, float], None]
"""Called with the name of the stage that begins and the share of the work done, in [0, 1]."""

READING_SHARE = 0.2
WORSE_BY = 0.05


@dataclass(frozen=True)
class TrainingData:
    """What the recommender is fitted on; traits: of each shopper, by index, as far as they may be used."""

    interactions: Interactions
    catalogue: Catalogue
    traits: Sequence[Mapping[str, str]] = ()


def train(
    shop: Shop,
    progress: Progress | None = None,
    *,
    config: RecommenderConfig | None = None,
    rng: np.random.Generator | None = None,
) -> dict[str, Any]:
    """Fit the recommender on everything in the database and publish it.

    Answers a report: the version, sizes, seconds per stage, and what the fit chose and measured.

    Raises:
        Conflict: there is no product to recommend yet (code `catalogue_empty`), or the new model failed its
            checks and what served before goes on serving (code `model_refused`).
    """
    say = progress or _silent
    now = shop.now()
    say("reading", 0.0)
    began = time.perf_counter()
    with shop.database.read() as connection:
        data = read_training_data(connection, now.date(), shop.settings.currency)
    read = time.perf_counter()
    model = Recommender.fit(
        data.interactions,
        data.catalogue,
        config,
        now=day_number(now),
        rng=rng,
        segments=[traits.get("segment", "") for traits in data.traits],
        traits=[{name: traits[name] for name in traits if name != "segment"} for traits in data.traits],
        progress=lambda stage, share: say(stage, READING_SHARE + (0.95 - READING_SHARE) * share),
    )
    fitted = time.perf_counter()
    say("publishing", 0.95)
    version = _publish(shop, model, now)
    say("done", 1.0)
    return {
        "version": version,
        "interactions": len(data.interactions),
        "shoppers": data.interactions.n_shoppers,
        "items": data.interactions.n_items,
        "read_s": round(read - began, 2),
        "fit_s": round(fitted - read, 2),
        "publish_s": round(time.perf_counter() - fitted, 2),
        "repeat_purchase": model.facts.repeat_purchase,
        **model.facts.details,
    }


def _publish(shop: Shop, model: Recommender, now: datetime) -> str:
    checks = (answers_strangers, no_worse(WORSE_BY))
    try:
        return publish(shop.settings.recommender_dir, model, checks, created=now)
    except PublishRefused as refusal:
        raise Conflict(str(refusal), code="model_refused") from refusal


def read_training_data(connection: Connection, today: date, currency: str) -> TrainingData:
    """Purchases and catalogue as arrays; items in the order of their ids.

    Raises:
        Conflict: the catalogue is empty (code `catalogue_empty`).
    """
    rows = catalogue_rows(connection, today)
    if not rows:
        raise Conflict("there are no products to train on; import a catalogue", code="catalogue_empty")
    catalogue = _catalogue(connection, rows, currency)
    interactions, shopper_ids = _interactions(all_baskets(connection), [row.item_id for row in rows])
    known = all_traits(connection)
    return TrainingData(interactions, catalogue, [known.get(shopper_id, {}) for shopper_id in shopper_ids])


def _catalogue(connection: Connection, rows: Sequence[CatalogueRow], currency: str) -> Catalogue:
    names, groups = product_aliases(connection), group_aliases(connection)
    added = [row.added_on for row in rows if row.added_on is not None]
    earliest = min(added, default=date(1970, 1, 1))
    return Catalogue(
        item_ids=[row.item_id for row in rows],
        category=[row.category for row in rows],
        department=[row.department for row in rows],
        brand=[row.brand or "" for row in rows],
        text=[_text(row, names) for row in rows],
        aliases=[_aliases(row, groups) for row in rows],
        price=[amount(row.price_minor or 0, currency) for row in rows],
        added_day=[((row.added_on or earliest) - date(1970, 1, 1)).days for row in rows],
    )


def _text(row: CatalogueRow, names: dict[str, list[str]]) -> str:
    """What an item is: its names in every language, its kind, and how large it is."""
    parts = [row.name, *names.get(row.item_id, ()), row.kind, row.size, row.description]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _aliases(row: CatalogueRow, groups: dict[str, list[str]]) -> str:
    """What else its kind, category and department are called."""
    parts = [
        name for value in (row.kind, row.category, row.department) for name in groups.get(value or "", ())
    ]
    return " ".join(dict.fromkeys(parts))


def _interactions(columns: BasketColumns, item_ids: Sequence[str]) -> tuple[Interactions, list[str]]:
    """One row a line bought, but of items no longer sold; and the ids of the shoppers, by index."""
    items = _split(columns.item_ids)
    codes = pl.Series(items.cast(pl.Enum(item_ids), strict=False).to_physical())
    sizes = pl.Series(columns.item_ids, dtype=pl.String).str.count_matches(SEPARATOR, literal=True) + 1
    shoppers = pl.Series(columns.shopper_ids, dtype=pl.String)
    known = shoppers.unique().sort()
    shopper = shoppers.cast(pl.Enum(known)).to_physical()
    day = np.array([day_number(placed_at) for placed_at in columns.placed_at], dtype=np.float64)
    basket = np.repeat(np.arange(len(sizes)), sizes.to_numpy())
    sold = codes.is_not_null().to_numpy()
    interactions = Interactions(
        shopper=shopper.to_numpy()[basket][sold],
        item=codes.drop_nulls().to_numpy(),
        day=day[basket][sold],
        quantity=_split(columns.quantities).cast(pl.Float64).to_numpy()[sold],
        basket=_in_time(day)[basket][sold],
        n_shoppers=len(known),
        n_items=len(item_ids),
    )
    return interactions, known.to_list()


def _split(joined: Sequence[str]) -> pl.Series:
    return pl.Series(joined, dtype=pl.String).str.split(SEPARATOR).explode()


def _in_time(day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers that grow with time, one per basket."""
    rank = np.empty(len(day), dtype=np.int64)
    rank[np.argsort(day, kind="stable")] = np.arange(len(day))
    return rank


def _silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
