"""One question to the recommender, with everything the shop knows that bears on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from recommender import History, Query, Recommender
from shop.availability import Availability
from shop.context import Audience, Shop
from shop.storage.interactions import Basket
from shop.storage.rows import Connection
from shop.visits import Visit, read_visit
from shop.wishes import Wish

SECONDS_PER_DAY = 86_400
REASONS_PER_ITEM = 2


@dataclass(frozen=True)
class Question:
    """Who asks for what, the model that answers, and which of its items may be shown (`allowed`)."""

    audience: Audience
    wish: Wish
    visit: Visit
    model: Recommender
    availability: Availability
    allowed: NDArray[np.bool_]
    history: History
    now: datetime

    def query(self, n: int, *, only: NDArray[np.bool_] | None = None) -> Query:
        """A personal query for `n` items, within `only` if given."""
        return Query(
            history=self.history,
            session=self.visit.session,
            n=n,
            now=day_number(self.now),
            allowed=self.allowed if only is None else self.allowed & only,
            reason_count=REASONS_PER_ITEM,
        )


def day_number(instant: datetime) -> float:
    """Days since 1970-01-01 UTC, with fractions: the recommender's time."""
    return instant.astimezone(UTC).timestamp() / SECONDS_PER_DAY


def history_of(baskets: Sequence[Basket]) -> History:
    """Orders, latest first, as the recommender takes them: one row a line, baskets numbered by time."""
    sizes = [len(basket.item_ids) for basket in baskets]
    return History(
        items=[item_id for basket in baskets for item_id in basket.item_ids],
        days=np.repeat([day_number(basket.placed_at) for basket in baskets], sizes),
        quantities=[quantity for basket in baskets for quantity in basket.quantities],
        baskets=np.repeat(np.arange(len(baskets))[::-1], sizes),
    )


def ask(shop: Shop, audience: Audience, wish: Wish, connection: Connection) -> Question:
    """Gather what bears on a question: the visit, the model, and what is for sale and wished for."""
    now, model = shop.now(), shop.model.current()
    visit = read_visit(connection, audience, now)
    availability = shop.model.availability.current(connection, model, now)
    return Question(
        audience=audience,
        wish=wish,
        visit=visit,
        model=model,
        availability=availability,
        allowed=availability.allowed(wish, visit.hidden),
        history=history_of(visit.baskets),
        now=now,
    )
