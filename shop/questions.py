"""One question to the recommender, with everything the shop knows that bears on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from recommender import History, Query, Reason, Recommender
from shop.availability import Availability
from shop.avoiding import read_told
from shop.catalogue import Product, unknown_item
from shop.context import Audience, Shop
from shop.storage.catalogue import products_by_id
from shop.storage.interactions import Basket
from shop.storage.rows import Connection
from shop.traits import Traits, traits_of
from shop.visits import Visit, read_visit
from shop.wishes import Wish

SECONDS_PER_DAY = 86_400
REASONS_PER_ITEM = 2
SEGMENT = "segment"


@dataclass(frozen=True)
class Question:
    """Who asks for what, about which items, the model that answers, and what it may show (`allowed`, of which
    nothing is `hidden`)."""

    audience: Audience
    wish: Wish
    visit: Visit
    model: Recommender
    availability: Availability
    allowed: NDArray[np.bool_]
    hidden: frozenset[str]
    history: History
    about: Mapping[str, Product]
    now: datetime
    traits: Traits

    @property
    def findable(self) -> NDArray[np.bool_]:
        """What may be shown to somebody who asks for it by name: also what is in the cart already."""
        return self.availability.allowed(self.wish, self.visit.dismissed)

    def of_category(self, category: str) -> NDArray[np.bool_]:
        """What may be shown of a category."""
        return self.availability.allowed(replace(self.wish, category=category), self.hidden)

    def query(self, n: int, *, only: NDArray[np.bool_] | None = None) -> Query:
        """A personal query for `n` items, within `only` if given."""
        return Query(
            history=self.history,
            session=self.visit.session,
            n=n,
            now=day_number(self.now),
            allowed=self.allowed if only is None else self.allowed & only,
            exclude=tuple(self._known_to_the_asker),
            reason_count=REASONS_PER_ITEM,
            segment=self.traits.get(SEGMENT, ""),
            traits=self._traits,
        )

    @property
    def _traits(self) -> Traits:
        return {name: value for name, value in self.traits.items() if name != SEGMENT}

    @property
    def _known_to_the_asker(self) -> Collection[str]:
        """What was rated: in a shop where nothing is bought again, none of it is worth suggesting."""
        return self.visit.disliked if self.model.facts.repeat_purchase else self.visit.ratings

    def causes(self, item_id: str) -> tuple[Reason, ...]:
        """Why this item would be recommended to the asker now."""
        now = day_number(self.now)
        return self.model.explain(
            self.history,
            item_id,
            session=self.visit.session,
            now=now,
            segment=self.traits.get(SEGMENT, ""),
            traits=self._traits,
        )


def day_number(instant: datetime) -> float:
    """Days since 1970-01-01 UTC, with fractions: the recommender's time."""
    return instant.astimezone(UTC).timestamp() / SECONDS_PER_DAY


def history_of(baskets: Sequence[Basket], place: Mapping[str, int]) -> History:
    """Orders, latest first, as the recommender takes them: one row a line, baskets numbered by time.

    place: where each item stands in the model; items that it does not know are left out.
    """
    sizes = [len(basket.item_ids) for basket in baskets]
    items = [place.get(item_id, -1) for basket in baskets for item_id in basket.item_ids]
    known = np.array(items, dtype=np.int64) >= 0
    return History(
        items=np.array(items, dtype=np.int64)[known],
        days=np.repeat([day_number(basket.placed_at) for basket in baskets], sizes)[known],
        quantities=np.array([each for basket in baskets for each in basket.quantities])[known],
        baskets=np.repeat(np.arange(len(baskets))[::-1], sizes)[known],
    )


def warm_up(shop: Shop) -> None:
    """Open the model and read what its items cost, so that the first question need not wait for that.

    Raises:
        Unavailable: nothing was trained yet.
    """
    with shop.database.read() as connection:
        shop.model.availability.current(connection, shop.model.current(), shop.now())


def ask(
    shop: Shop,
    audience: Audience,
    wish: Wish,
    connection: Connection,
    *,
    about: Sequence[str] = (),
    personal: bool = True,
    showings: bool = False,
) -> Question:
    """Gather what bears on a question: the visit, the model, and what is for sale and wished for.

    Only a `personal` question reads what the asker has bought, and only one with `showings` what they were
    shown lately. Where things are bought once, a question about an item reads it too: what goes with that
    item is of no use to somebody who has it.

    Raises:
        NotFound: the shop does not know one of the items it is `about` (field `item_id`).
    """
    now, model = shop.now(), shop.model.current()
    once = bool(about) and not model.facts.repeat_purchase
    visit = read_visit(connection, audience, now, orders=personal or once, showings=showings)
    told = read_told(connection, audience.owner)
    visit = told.without_gifts(visit)
    hidden = visit.hidden | visit.had if once else visit.hidden
    availability = shop.model.availability.current(connection, model, now)
    hidden |= told.avoided(availability, wish, about)
    return Question(
        audience=audience,
        wish=wish,
        visit=visit,
        model=model,
        availability=availability,
        allowed=availability.allowed(wish, hidden, unasked=not about and not wish.names_something),
        hidden=hidden,
        history=history_of(visit.baskets, availability.place),
        about=_known(connection, about, audience.locale, now.date()),
        now=now,
        traits=_traits(connection, audience, visit, model) if personal else {},
    )


def _traits(connection: Connection, audience: Audience, visit: Visit, model: Recommender) -> Traits:
    """What groups the asker belongs to, where the model has learned anything of groups."""
    if audience.shopper_id is None or not visit.personal or not model.knows_groups:
        return {}
    return traits_of(connection, audience.shopper_id)


def _known(connection: Connection, item_ids: Sequence[str], locale: str, today: date) -> dict[str, Product]:
    found = products_by_id(connection, item_ids, locale, today) if item_ids else {}
    for item_id in item_ids:
        if item_id not in found:
            raise unknown_item(item_id)
    return found
