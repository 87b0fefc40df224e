"""Which items may be shown: price, stock and place of every item of the model, held in memory.

What a card says is read from the database afterwards; these arrays only spare the recommender items that
would have to be dropped. So they may lag behind for a moment without anybody being told a falsehood.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from recommender import Recommender
from shop.novelty import UNKNOWN_DAY, newest
from shop.storage import availability as queries
from shop.storage.availability import OfferRow
from shop.storage.rows import Connection
from shop.wishes import Wish

# A change becomes visible when its transaction commits, which may be later than the time it carries.
SLACK = timedelta(seconds=30)
LEVELS = ("department", "category", "kind", "brand")
NO_OFFER = -1
DAY_ZERO = date(1970, 1, 1)


class Availability:
    """Arrays aligned with `item_ids`: `price` in minor units (-1: not sold today), `in_stock`, and
    `added_day`, days since 1970-01-01 (-1: unknown).
    """

    def __init__(self, item_ids: Sequence[str], offers: Iterable[OfferRow]) -> None:
        self.place = {item_id: place for place, item_id in enumerate(item_ids)}
        self.price = np.full(len(item_ids), NO_OFFER, dtype=np.int64)
        self.in_stock = np.zeros(len(item_ids), dtype=np.bool_)
        self.age_restricted = np.zeros(len(item_ids), dtype=np.bool_)
        self.added_day = np.full(len(item_ids), UNKNOWN_DAY, dtype=np.int64)
        self._codes = {level: np.full(len(item_ids), -1, dtype=np.int32) for level in LEVELS}
        self._code_of: dict[str, dict[str, int]] = {level: {} for level in LEVELS}
        for offer in offers:
            self._enter(offer)

    def _enter(self, offer: OfferRow) -> None:
        place = self.place.get(offer.item_id)
        if place is None or offer.price_minor is None:
            return
        self.price[place] = offer.price_minor
        self.in_stock[place] = offer.quantity > 0
        self.age_restricted[place] = offer.age_restricted
        if offer.added_on is not None:
            self.added_day[place] = (offer.added_on - DAY_ZERO).days
        for level in LEVELS:
            value = getattr(offer, level)
            if value is not None:
                known = self._code_of[level]
                self._codes[level][place] = known.setdefault(value.casefold(), len(known))

    def note_stock(self, changes: Iterable[tuple[str, int]]) -> None:
        """Take over stock that changed since the arrays were read."""
        for item_id, quantity in changes:
            place = self.place.get(item_id)
            if place is not None:
                self.in_stock[place] = quantity > 0

    def allowed(
        self, wish: Wish, hidden: Collection[str] = (), *, unasked: bool = False
    ) -> NDArray[np.bool_]:
        """One flag per item of the model: it keeps every limit of `wish` and is not among `hidden`.

        unasked: nothing in particular was asked for; then nothing is shown that is sold to adults only.
        """
        mask = self.price >= (wish.price_min_minor or 0)
        if wish.price_max_minor is not None:
            mask &= self.price <= wish.price_max_minor
        if wish.in_stock:
            mask &= self.in_stock
        if unasked:
            mask &= ~self.age_restricted
        for level in LEVELS:
            value = getattr(wish, level)
            if value is not None:
                mask &= self._codes[level] == self._code_of[level].get(value.casefold(), -2)
        for brand in wish.exclude_brands:
            mask &= self._codes["brand"] != self._code_of["brand"].get(brand.casefold(), -2)
        mask[self.places(wish.exclude)] = False
        mask[self.places(hidden)] = False
        return mask

    def new(self, today: date) -> NDArray[np.bool_]:
        """A mask of what the shop has added lately: see shop.novelty."""
        return newest(self.added_day, (today - DAY_ZERO).days)

    def only(self, item_ids: Iterable[str]) -> NDArray[np.bool_]:
        """A mask of nothing but these items."""
        mask = np.zeros(len(self.price), dtype=np.bool_)
        mask[self.places(item_ids)] = True
        return mask

    def places(self, item_ids: Iterable[str]) -> list[int]:
        """Where items stand in the model; those it does not know are left out."""
        return [self.place[item_id] for item_id in item_ids if item_id in self.place]


class AvailabilityCache:
    """The `Availability` of one process: read anew for another model and each day, its stock kept fresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Availability | None = None
        self._of: tuple[str | None, date] = (None, date.min)
        self._fresh_at = datetime.min.replace(tzinfo=UTC)

    def current(self, connection: Connection, model: Recommender, now: datetime) -> Availability:
        """The arrays for the items of `model`."""
        of = (model.version, now.date())
        with self._lock:
            if self._known is None or self._of != of:
                self._known = Availability(model.item_ids, queries.offers(connection, now.date()))
                self._of, self._fresh_at = of, now
                return self._known
            known, since = self._known, self._fresh_at - SLACK
        known.note_stock(queries.stock_changes(connection, since))
        self._fresh_at = max(self._fresh_at, now)
        return known
