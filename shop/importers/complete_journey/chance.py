"""Reproducible chance: the same seed and topic give the same numbers, whatever else was drawn."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np


def generator(seed: int, topic: str) -> np.random.Generator:
    """A generator of its own for a topic, so that drawing more of one thing leaves the others alone."""
    return np.random.default_rng([seed, crc32(topic.encode())])


def shuffled(items: Sequence[str], seed: int, topic: str) -> list[str]:
    """The items in an order that depends on seed and topic alone."""
    return [items[place] for place in generator(seed, topic).permutation(len(items))]


def place_of(text: str, seed: int, places: int) -> int:
    """A place below `places` for a text, the same in every process."""
    return crc32(f"{seed}:{text}".encode()) % places
