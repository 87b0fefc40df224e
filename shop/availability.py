"""Which items may be shown: price, stock and place of every item of the model, held in memory.

What a card says is read from the database afterwards; these arrays only spare the recommender items that
would have to be dropped. So they may lag behind for a moment without anybody being told a falsehood.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from recommender import Recommender
from shop.name_words import NameWords
from shop.novelty import UNKNOWN_DAY, newest
from shop.package_sizes import content_of
from shop.storage import availability as queries
from shop.storage.availability import OfferRow
from shop.storage.rows import Connection
from shop.wishes import Wish

# A change becomes visible when its transaction commits, which may be later than the time it carries.
SLACK = timedelta(seconds=30)
LEVELS = ("department", "category", "kind", "brand")
NO_OFFER = -1
DAY_ZERO = date(1970, 1, 1)

Having = Callable[[str], NDArray[np.bool_]]
"""One flag per item of the model: a word stands in its names."""


class Availability:
    """Arrays aligned with `item_ids`: `price` in minor units (-1: not sold today), `in_stock`, `reduced`, and
    `added_day`, days since 1970-01-01 (-1: unknown).
    """

    def __init__(
        self, item_ids: Sequence[str], offers: Iterable[OfferRow], having: Having | None = None
    ) -> None:
        self.place = {item_id: place for place, item_id in enumerate(item_ids)}
        self.reduced = np.zeros(len(item_ids), dtype=np.bool_)
        self._contents = Contents(len(item_ids))
        self._having = having or self._nobody
        self.price = np.full(len(item_ids), NO_OFFER, dtype=np.int64)
        self.in_stock = np.zeros(len(item_ids), dtype=np.bool_)
        self.age_restricted = np.zeros(len(item_ids), dtype=np.bool_)
        self.added_day = np.full(len(item_ids), UNKNOWN_DAY, dtype=np.int64)
        self._codes = {level: np.full(len(item_ids), -1, dtype=np.int32) for level in LEVELS}
        self._code_of: dict[str, dict[str, int]] = {level: {} for level in LEVELS}
        self._groups: dict[str, frozenset[str]] = {}
        for offer in offers:
            self._enter(offer)

    def _enter(self, offer: OfferRow) -> None:
        place = self.place.get(offer.item_id)
        if place is None or offer.price_minor is None:
            return
        self.price[place] = offer.price_minor
        self.in_stock[place] = offer.quantity > 0
        self.reduced[place] = (offer.regular_minor or 0) > offer.price_minor
        self._contents.enter(place, offer.size)
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
        if wish.reduced:
            mask &= self.reduced
        if wish.measure is not None:
            mask &= self._contents.between(wish.measure, wish.more_than, wish.less_than)
        for word in wish.words:
            mask &= self._having(word)
        for word in wish.without:
            mask &= ~self._having(word)
        mask[self.places(wish.exclude)] = False
        mask[self.places(hidden)] = False
        return mask

    def _nobody(self, _word: str) -> NDArray[np.bool_]:
        return np.zeros(len(self.price), dtype=np.bool_)

    def items_of(
        self, name: str, test: Callable[[str, str], bool], words: Iterable[str] = (), but: Iterable[str] = ()
    ) -> frozenset[str]:
        """The items of every group for which `test(level, value)` holds, its value in lower case, and those
        that carry one of `words` and none of `but` in their own names; found once for each `name`."""
        if name not in self._groups:
            mask = np.zeros(len(self.price), dtype=np.bool_)
            for level, known in self._code_of.items():
                codes = [code for value, code in known.items() if test(level, value)]
                mask |= np.isin(self._codes[level], codes)
            mask |= self._any_word(words) & ~self._any_word(but)
            self._groups[name] = frozenset(item_id for item_id, at in self.place.items() if mask[at])
        return self._groups[name]

    def _any_word(self, words: Iterable[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.price), dtype=np.bool_)
        for word in words:
            mask |= self._having(word)
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


class Contents:
    """How much is in each package, by what is measured; see shop.package_sizes."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._amounts: dict[str, NDArray[np.float64]] = {}

    def enter(self, place: int, size: str | None) -> None:
        """Note the size of an item; a plain ounce is a weight, and also a volume, for want of a word."""
        for content in {content_of(size), content_of(size, fluid=True)} - {None}:
            if content is not None:
                known = self._amounts.setdefault(content.measure, np.full(self._count, np.nan))
                known[place] = content.amount

    def between(self, measure: str, more: float | None, less: float | None) -> NDArray[np.bool_]:
        """One flag per item: it is known to hold more, and less, of that measure; both ends excluded."""
        amounts = self._amounts.get(measure)
        if amounts is None:
            return np.zeros(self._count, dtype=np.bool_)
        return (amounts > (more or 0.0)) & (amounts < (np.inf if less is None else less))


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
                place = {item_id: at for at, item_id in enumerate(model.item_ids)}
                names = NameWords(model, place, queries.names(connection))
                offers = queries.offers(connection, now.date())
                self._known = Availability(model.item_ids, offers, names.having)
                self._of, self._fresh_at = of, now
                return self._known
            known, since = self._known, self._fresh_at - SLACK
        known.note_stock(queries.stock_changes(connection, since))
        self._fresh_at = max(self._fresh_at, now)
        return known
