"""Invents a brand for every maker, which the source knows by number only.

Three patterns, so that thousands of makers get different names: "Bramblecote", "Otter & Lantern", and
"Rowan & Daughters" for whoever comes last. Nothing is taken from real companies.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import polars as pl

from shop.importers.complete_journey.chance import shuffled

# The number under which the source files what has no maker: loose fruit, meat cut in the store.
NOBODY = 2


def brand_names(words: dict[str, Any], seed: int) -> Iterator[str]:
    """Different names, one after the other; about 3,300 of them."""
    compounds = [f"{first}{second}" for first in words["first"] for second in words["second"]]
    pairs = [f"{one} & {other}" for one, other in combinations(words["pair"], 2)]
    families = [f"{first} & {kin}" for first in words["first"] for kin in ("Daughters", "Sons", "Company")]
    yield from shuffled(compounds, seed, "brand compounds")
    yield from shuffled(pairs, seed, "brand pairs")
    yield from shuffled(families, seed, "brand families")
    yield from (f"{name} {kin}" for kin in ("House", "Works", "Yard") for name in compounds)


def brands(products: pl.DataFrame, words: dict[str, Any], seed: int) -> pl.DataFrame:
    """The brand of each maker: manufacturer_id, own (whether the shop's own brand), brand.

    Makers with most products come first and get the shortest names. `products` has manufacturer_id and brand
    ("Private" for the shop's own).
    """
    makers = (
        products.group_by("manufacturer_id", (pl.col("brand") == "Private").alias("own"))
        .len()
        .sort("len", "manufacturer_id", descending=[True, False])
        .drop("len")
    )
    invented = brand_names(words, seed)
    names = [
        words["own_brand"] if own else None if maker == NOBODY else next(invented)
        for maker, own in makers.iter_rows()
    ]
    return makers.with_columns(pl.Series("brand", names, dtype=pl.String))
