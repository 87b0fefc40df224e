"""What a comparison must know of products beyond what stands on their cards."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from shop.storage.rows import all_of
from shop.storage.tables import events, products


@dataclass(frozen=True)
class Rated:
    """What shoppers think of an item: the mean of their ratings from 1 to 5, and how many there are."""

    item_id: str
    stars: float
    count: int


_CHOSEN: BindParameter[list[str]] = bindparam("item_ids", expanding=True)
_RATED = (
    select(events.c.item_id, func.avg(events.c.value), func.count())
    .where(events.c.kind == "rating", events.c.item_id.in_(_CHOSEN), events.c.value.is_not(None))
    .group_by(events.c.item_id)
)
_BY_WEIGHT = select(products.c.id).where(
    products.c.id.in_(_CHOSEN), products.c.attributes["sold_by_weight"].as_boolean()
)


def ratings_of(connection: Connection, item_ids: Collection[str]) -> dict[str, Rated]:
    """Ratings of whichever of the items have any."""
    rows = all_of(Rated, connection.execute(_RATED, {"item_ids": list(item_ids)}))
    return {rated.item_id: rated for rated in rows}


def sold_by_weight(connection: Connection, item_ids: Collection[str]) -> set[str]:
    """The items whose price is not that of a package of their size."""
    return set(connection.execute(_BY_WEIGHT, {"item_ids": list(item_ids)}).scalars())
