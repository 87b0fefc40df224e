"""Small logs whose profiles can be worked out by hand."""

import numpy as np

from recommender.catalogue import Labels
from recommender.shoppers import Purchases


def labels(*names: str) -> Labels:
    """One label an item."""
    return Labels.of(np.array(names, dtype=np.str_))


def log_of(
    *lines: tuple[int, int, float],
    category: tuple[str, ...] = ("tea", "bread", "milk"),
    paid: list[float] | None = None,
    price: list[float] | None = None,
    discount: list[float] | None = None,
    n_shoppers: int | None = None,
) -> Purchases:
    """Lines of (shopper, item, day); what one shopper buys on one day is one order."""
    shopper = [line[0] for line in lines]
    return Purchases(
        shopper,
        [line[1] for line in lines],
        [int(line[2]) for line in lines],
        [line[2] for line in lines],
        n_shoppers=max(shopper, default=-1) + 1 if n_shoppers is None else n_shoppers,
        category=labels(*category),
        brand=labels(*("" for _ in category)),
        paid=paid,
        price=price,
        discount=discount,
    )


def two_kinds(rng: np.random.Generator, n: int = 60, days: int = 200) -> Purchases:
    """A shop of two kinds of people: even shoppers come every 4 days and buy three dear teas, odd ones come
    every 20 days for one cheap bread."""
    lines: list[tuple[int, int, float]] = []
    paid: list[float] = []
    for shopper in range(n):
        every, item, count, price = (4, 0, 3, 9.0) if shopper % 2 == 0 else (20, 1, 1, 1.0)
        for day in np.arange(rng.integers(every), days, every):
            lines += [(shopper, item, float(day))] * count
            paid += [price] * count
    return log_of(*lines, paid=paid, price=paid)
