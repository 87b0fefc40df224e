"""Segments: everybody's profile, computed in one run and kept until the next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np

from recommender.shoppers import ShoppersConfig, Study, figures_of, study
from shop.context import Shop
from shop.errors import Conflict, NotFound
from shop.identifiers import new_id
from shop.phrases import Phrases
from shop.profile_words import segment_values
from shop.purchases import ShopPurchases, purchases_of
from shop.questions import day_number
from shop.storage import profiles as queries
from shop.storage.catalogue import group_names
from shop.storage.purchases import all_paid, item_groups
from shop.traits import all_traits, segment_of, traits_of

__all__ = [
    "Segment",
    "Segmentation",
    "all_traits",
    "compute_segments",
    "describe",
    "read_segments",
    "segment_of",
    "traits_of",
]

Progress = Callable[[str, float], None]
CATEGORIES_KEPT = 10
DIGITS = 4


@dataclass(frozen=True)
class Segment:
    """A group of shoppers, in words, traits and figures; amounts in minor units."""

    label: int
    size: int
    description: str
    traits: Mapping[str, str]
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Segmentation:
    """The run that counts: its id, when it was, its segments, and what it reported."""

    version: str
    computed_at: datetime
    segments: tuple[Segment, ...]
    report: Mapping[str, Any]


def compute_segments(
    shop: Shop,
    progress: Progress | None = None,
    *,
    config: ShoppersConfig | None = None,
    rng: np.random.Generator | None = None,
) -> dict[str, Any]:
    """Compute all shoppers' profiles, segments and propensities, keep them, and answer a report.

    Whoever paused personalisation is left out, as if there were no such shopper.

    Raises:
        Conflict: nobody has ordered anything yet (code `no_orders`).
    """
    say = progress or _silent
    say("reading orders", 0.0)
    with shop.database.read() as connection:
        refusing = queries.refusing(connection)
        read = purchases_of(all_paid(connection), item_groups(connection), refusing)
    if not len(read.purchases):
        raise Conflict("nobody has ordered anything yet, so there are no segments", code="no_orders")
    found = study(
        read.purchases,
        day_number(shop.now()),
        rng or np.random.default_rng(0),
        config,
        unspoken=read.unspoken,
        progress=lambda stage, share: say(stage, 0.2 + 0.75 * share),
    )
    say("writing", 0.95)
    report = _keep(shop, found, read)
    say("done", 1.0)
    return report


def _keep(shop: Shop, found: Study, read: ShopPurchases) -> dict[str, Any]:
    version = new_id()
    report = found.report() | {"currency": shop.settings.currency}
    run = queries.SegmentationRow(version, shop.now(), found.norms.as_json(), report)
    groups = [
        queries.SegmentRow(version, label, int(size), found.traits[label - 1], _figures(found, label))
        for label, size in enumerate(found.segments.sizes.tolist(), start=1)
    ]
    with shop.database.write() as connection:
        kept = queries.replace_profiles(connection, run, groups, list(_profiles(found, read, version)))
    return {"version": version, "profiles": kept, **report}


def _figures(found: Study, label: int) -> dict[str, Any]:
    return {name: round(value, DIGITS) for name, value in asdict(figures_of(found, label)).items()}


def _profiles(found: Study, read: ShopPurchases, version: str) -> Iterator[queries.ProfileRow]:
    measures, chances = found.measures, found.chances
    rfm, pace = measures.rfm, measures.pace
    categories = read.purchases.category.names
    begins = np.searchsorted(chances.shopper, np.arange(len(read.shopper_ids) + 1))
    for place, shopper_id in enumerate(read.shopper_ids):
        likely = islice(range(begins[place], begins[place + 1]), CATEGORIES_KEPT)
        yield queries.ProfileRow(
            shopper_id=shopper_id,
            segmentation_id=version,
            segment=int(found.segment[place]) or None,
            recency_days=round(float(rfm.recency[place]), DIGITS),
            orders=int(rfm.frequency[place]),
            spent_minor=round(float(rfm.monetary[place])) if read.purchases.has_prices else 0,
            recency_score=int(rfm.recency_score[place]),
            frequency_score=int(rfm.frequency_score[place]),
            monetary_score=int(rfm.monetary_score[place]),
            every_days=round(float(pace.every_days[place]), DIGITS),
            overdue=round(float(pace.overdue[place]), DIGITS),
            high_value=bool(measures.high_value[place]),
            lapsing=bool(measures.lapsing[place]),
            discounted=round(float(measures.prices.discounted[place]), DIGITS),
            price_level=round(float(measures.prices.level[place]), DIGITS),
            buys=round(float(chances.visit[place]), DIGITS),
            buys_categories={
                str(categories[chances.category[row]]): round(float(chances.chance[row]), DIGITS)
                for row in likely
            },
        )


def read_segments(shop: Shop, locale: str | None = None) -> Segmentation:
    """The segments as they were last computed, described in a language.

    Raises:
        NotFound: they never were (code `no_segments`).
    """
    spoken = locale or shop.settings.default_locale
    with shop.database.read() as connection:
        run = queries.latest_segmentation(connection)
        if run is None:
            raise NotFound("there are no segments yet; run ./aisle segments", code="no_segments")
        rows = queries.segments_of(connection, run.id)
        favourites = [row.traits["favourite_category"] for row in rows if "favourite_category" in row.traits]
        names = group_names(connection, favourites, spoken)
    segments = tuple(_segment(shop.phrases, row, names, spoken) for row in rows)
    return Segmentation(run.id, run.computed_at, segments, run.report)


def _segment(phrases: Phrases, row: queries.SegmentRow, names: Mapping[str, str], locale: str) -> Segment:
    description = describe(phrases, row.traits, names, locale)
    return Segment(row.label, row.size, description, row.traits, row.figures)


def describe(phrases: Phrases, traits: Mapping[str, str], names: Mapping[str, str], locale: str) -> str:
    """A segment's traits in words. `names`: of categories, in that language; others stay as they are."""
    return phrases.say("segment-description", locale, **segment_values(traits, names))


def _silent(stage: str, share: float) -> None:
    """Progress that nobody watches."""
