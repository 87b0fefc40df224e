"""The log that profiles are read from: who bought what, when, in which order, and what was paid."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.arrays import BoolArray, FloatArray, IntArray, as_floats, as_indices, same_length
from recommender.catalogue import Labels
from recommender.errors import InputError

LARGEST = np.iinfo(np.int64).max


@dataclass(frozen=True, init=False)
class Purchases:
    """One row a line bought; columns of one length, and two labels for every item.

    shopper, item: indices from 0. order: any whole numbers; rows of one shopper with the same number were
    bought together. day: days since the epoch. quantity: at least 0; rows with 0 are left out. paid: for the
    whole line, price: the shelf price of one, discount: off the whole line; amounts in one unit, at least 0,
    all 0 in a shop without prices. category, brand: labels of the items, "" where unknown.
    """

    shopper: IntArray
    item: IntArray
    order: IntArray
    day: FloatArray
    quantity: FloatArray
    paid: FloatArray
    price: FloatArray
    discount: FloatArray
    n_shoppers: int
    category: Labels
    brand: Labels

    def __init__(
        self,
        shopper: npt.ArrayLike,
        item: npt.ArrayLike,
        order: npt.ArrayLike,
        day: npt.ArrayLike,
        *,
        n_shoppers: int,
        category: Labels,
        brand: Labels,
        quantity: npt.ArrayLike | None = None,
        paid: npt.ArrayLike | None = None,
        price: npt.ArrayLike | None = None,
        discount: npt.ArrayLike | None = None,
    ) -> None:
        if len(category.codes) != len(brand.codes):
            raise InputError("brand", "must name as many items as category does")
        columns = {
            "shopper": as_indices("shopper", shopper, n_shoppers),
            "item": as_indices("item", item, len(category.codes)),
            "order": as_indices("order", order, LARGEST),
            "day": as_floats("day", day),
        }
        given = {"quantity": quantity, "paid": paid, "price": price, "discount": discount}
        n = len(columns["shopper"])
        for name, values in given.items():
            missing = np.full(n, 1.0 if name == "quantity" else 0.0)
            columns[name] = missing if values is None else as_floats(name, values, minimum=0.0)
        same_length(**columns)
        kept = columns["quantity"] > 0
        for name, column in columns.items():
            object.__setattr__(self, name, column if kept.all() else column[kept])
        object.__setattr__(self, "n_shoppers", int(n_shoppers))
        object.__setattr__(self, "category", category)
        object.__setattr__(self, "brand", brand)

    def __len__(self) -> int:
        return len(self.shopper)

    @property
    def has_prices(self) -> bool:
        """Whether anything was ever paid."""
        return bool((self.paid > 0).any())

    @property
    def worth(self) -> FloatArray:
        """What each line counts for: what was paid; 1 where the shop has no prices."""
        return self.paid if self.has_prices else np.ones(len(self))

    def take(self, rows: IntArray | BoolArray) -> "Purchases":
        """The given rows (indices or a mask); shoppers and items keep their indices."""
        return self._with(rows, self.shopper[rows], self.n_shoppers)

    def of_shoppers(self, chosen: IntArray) -> "Purchases":
        """The rows of these shoppers, who are numbered from 0 as they stand in `chosen`."""
        place = np.full(self.n_shoppers, -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        renumbered = place[self.shopper]
        rows = renumbered >= 0
        return self._with(rows, renumbered[rows], len(chosen))

    def before(self, day: float) -> "Purchases":
        """The rows up to that moment (inclusive)."""
        return self.take(self.day <= day)

    def _with(self, rows: IntArray | BoolArray, shopper: IntArray, n_shoppers: int) -> "Purchases":
        return Purchases(
            shopper,
            self.item[rows],
            self.order[rows],
            self.day[rows],
            n_shoppers=n_shoppers,
            category=self.category,
            brand=self.brand,
            quantity=self.quantity[rows],
            paid=self.paid[rows],
            price=self.price[rows],
            discount=self.discount[rows],
        )


@dataclass(frozen=True)
class Orders:
    """One row an order, by shopper and time; worth and lines are sums over its lines."""

    shopper: IntArray
    day: FloatArray
    worth: FloatArray
    lines: FloatArray

    def sums(self, values: FloatArray, n_shoppers: int) -> FloatArray:
        """The sum of a column for every shopper."""
        return np.asarray(np.bincount(self.shopper, values, minlength=n_shoppers), dtype=np.float64)

    def counts(self, n_shoppers: int) -> FloatArray:
        """Orders of every shopper."""
        return np.bincount(self.shopper, minlength=n_shoppers).astype(np.float64)


def orders_of(purchases: Purchases) -> Orders:
    """The log's lines, summed by order; an order's time is that of its earliest line."""
    order = np.lexsort((purchases.day, purchases.order, purchases.shopper))
    shopper, number = purchases.shopper[order], purchases.order[order]
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (np.diff(shopper) != 0) | (np.diff(number) != 0)
    label = np.cumsum(starts) - 1
    day = purchases.day[order][starts]
    worth = np.bincount(label, purchases.worth[order], minlength=len(day)).astype(np.float64)
    lines = np.bincount(label, minlength=len(day)).astype(np.float64)
    by_time = np.lexsort((day, shopper[starts]))
    return Orders(shopper[starts][by_time], day[by_time], worth[by_time], lines[by_time])


def last_moment(purchases: Purchases, now: float) -> float:
    """The moment up to which the log is known: `now`, or the log's end where it stops earlier.

    A log that ended weeks ago says nothing of the weeks since: nobody bought anything then.
    """
    return float(min(now, purchases.day.max())) if len(purchases) else now


def whole_days(day: FloatArray) -> IntArray:
    """The day on which each moment lies, as a whole number."""
    return np.floor(day).astype(np.int64)


def distinct(who: IntArray, days: IntArray) -> tuple[IntArray, IntArray]:
    """Each pair once, in order of the first, then of the second."""
    earliest = int(days.min(initial=0))
    span = int(days.max(initial=0)) - earliest + 1
    first, second = np.divmod(np.unique(who * span + (days - earliest)), span)
    return first, second + earliest
