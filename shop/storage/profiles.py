"""Queries on what was computed of shoppers, and on whom nothing may be computed of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from shop.storage.rows import all_of, first_of
from shop.storage.tables import (
    consents,
    segmentations,
    segments,
    shopper_profiles,
    shoppers,
)


@dataclass(frozen=True)
class SegmentationRow:
    """One run over all shoppers: what is usual in the shop, and a report."""

    id: str
    computed_at: datetime
    norms: dict[str, Any]
    report: dict[str, Any]


@dataclass(frozen=True)
class SegmentRow:
    """A group of shoppers of one run."""

    segmentation_id: str
    label: int
    size: int
    traits: dict[str, str]
    figures: dict[str, Any]


@dataclass(frozen=True)
class ProfileRow:
    """What was computed of one shopper; shop.storage.tables.profiles says what the columns mean."""

    shopper_id: str
    segmentation_id: str
    segment: int | None
    recency_days: float
    orders: int
    spent_minor: int
    recency_score: int
    frequency_score: int
    monetary_score: int
    every_days: float
    overdue: float
    high_value: bool
    lapsing: bool
    discounted: float
    price_level: float
    buys: float
    buys_categories: dict[str, float]


_RUN = [segmentations.c[name] for name in SegmentationRow.__dataclass_fields__]
_SEGMENT = [segments.c[name] for name in SegmentRow.__dataclass_fields__]
_PROFILE = [shopper_profiles.c[name] for name in ProfileRow.__dataclass_fields__]
_LATEST = select(*_RUN).order_by(segmentations.c.computed_at.desc(), segmentations.c.id).limit(1)
_PROFILE_OF = select(*_PROFILE).where(shopper_profiles.c.shopper_id == bindparam("shopper_id"))
_DEMOGRAPHICS = select(shoppers.c.id, shoppers.c.demographics).order_by(shoppers.c.id)
_SEGMENTS_OF_ALL = select(shopper_profiles.c.shopper_id, shopper_profiles.c.segment)


def replace_profiles(
    connection: Connection,
    run: SegmentationRow,
    groups: Sequence[SegmentRow],
    profiles: Sequence[ProfileRow],
) -> int:
    """Write a run in the place of the one before; how many profiles were kept.

    Shoppers who were erased, or who paused personalisation, while it was computed get no profile.
    """
    present = set(connection.execute(select(shoppers.c.id)).scalars()) - refusing(connection)
    kept = [asdict(profile) for profile in profiles if profile.shopper_id in present]
    connection.execute(delete(shopper_profiles))
    connection.execute(delete(segments))
    connection.execute(delete(segmentations))
    connection.execute(insert(segmentations), asdict(run))
    if groups:
        connection.execute(insert(segments), [asdict(group) for group in groups])
    if kept:
        connection.execute(insert(shopper_profiles), kept)
    return len(kept)


def latest_segmentation(connection: Connection) -> SegmentationRow | None:
    """The run that counts; None before the first."""
    return first_of(SegmentationRow, connection.execute(_LATEST))


def segments_of(connection: Connection, segmentation_id: str) -> list[SegmentRow]:
    """The segments of a run, by label."""
    chosen = select(*_SEGMENT).where(segments.c.segmentation_id == segmentation_id).order_by(segments.c.label)
    return all_of(SegmentRow, connection.execute(chosen))


def find_profile(connection: Connection, shopper_id: str) -> ProfileRow | None:
    """What was computed of a shopper; None where nothing was."""
    return first_of(ProfileRow, connection.execute(_PROFILE_OF, {"shopper_id": shopper_id}))


def forget_profile(connection: Connection, shopper_id: str) -> None:
    """Delete what was computed of a shopper."""
    connection.execute(delete(shopper_profiles).where(shopper_profiles.c.shopper_id == shopper_id))


def segment_labels(connection: Connection) -> dict[str, int | None]:
    """The segment of every shopper who has a profile."""
    return {row[0]: row[1] for row in connection.execute(_SEGMENTS_OF_ALL)}


def all_demographics(connection: Connection) -> dict[str, dict[str, Any]]:
    """What the shop was told of every shopper."""
    return {row[0]: row[1] for row in connection.execute(_DEMOGRAPHICS)}


def refusing(connection: Connection, purpose: str = "personalisation") -> set[str]:
    """Everybody whose latest word on a purpose was no."""
    said = (
        select(consents.c.subject_id, consents.c.granted)
        .where(consents.c.purpose == purpose)
        .order_by(consents.c.created_at)
    )
    latest = {row[0]: row[1] for row in connection.execute(said)}
    return {subject for subject, granted in latest.items() if not granted}
