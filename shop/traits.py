"""Traits of shoppers: short labels by which a recommender may tell groups of people apart."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from recommender.shoppers import life_stage
from shop.context import Shop
from shop.rights import UNTIL_TOLD
from shop.storage.profiles import all_demographics, find_profile, refusing, segment_labels
from shop.storage.rights import latest_consent
from shop.storage.rows import Connection
from shop.storage.shoppers import find_shopper

Traits = Mapping[str, str]
"""Such as {"segment": "2", "life_stage": "family", "age": "35-44"}; empty where nothing may be used."""


@contextmanager
def reading(source: Shop | Connection) -> Iterator[Connection]:
    """A connection to read from: a new one of a shop, or the caller's own."""
    if isinstance(source, Shop):
        with source.database.read() as connection:
            yield connection
    else:
        yield source


def may_personalise(connection: Connection, shopper_id: str) -> bool:
    """Whether this shopper's data may be used for this shopper's own suggestions."""
    said = latest_consent(connection, shopper_id, "personalisation")
    return UNTIL_TOLD["personalisation"] if said is None else said.granted


def segment_of(source: Shop | Connection, shopper_id: str) -> str | None:
    """The label of a shopper's segment; None without one, or while personalisation is paused."""
    with reading(source) as connection:
        if not may_personalise(connection, shopper_id):
            return None
        profile = find_profile(connection, shopper_id)
    return None if profile is None or profile.segment is None else str(profile.segment)


def traits_of(source: Shop | Connection, shopper_id: str) -> Traits:
    """What is known of a shopper; nothing of unknown ones, or while personalisation is paused."""
    with reading(source) as connection:
        shopper = find_shopper(connection, shopper_id)
        if shopper is None or not may_personalise(connection, shopper_id):
            return {}
        return _traits(shopper.demographics, segment_of(connection, shopper_id))


def all_traits(source: Shop | Connection) -> dict[str, Traits]:
    """The traits of every shopper of whom any may be used, for training."""
    with reading(source) as connection:
        segments, refused = segment_labels(connection), refusing(connection)
        told = all_demographics(connection)
    labels = {shopper_id: str(label) for shopper_id, label in segments.items() if label is not None}
    traits = {
        shopper_id: _traits(demographics, labels.get(shopper_id))
        for shopper_id, demographics in told.items()
        if shopper_id not in refused
    }
    return {shopper_id: known for shopper_id, known in traits.items() if known}


def _traits(demographics: Mapping[str, Any], segment: str | None) -> Traits:
    """Demographics as the shop gave them, with the stage of life that they speak of, and the segment."""
    given = {name: str(value) for name, value in sorted(demographics.items()) if value not in (None, "")}
    found = {"segment": segment, "life_stage": life_stage(demographics)}
    return given | {name: value for name, value in found.items() if value is not None}
