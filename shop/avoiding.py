"""What shoppers told us not to show unasked, and not to conclude from; it counts from the next answer on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from shop.availability import LEVELS, Availability
from shop.exclusions import load_exclusions
from shop.storage.corrections import corrections_of
from shop.storage.rows import Connection
from shop.visits import Visit
from shop.wishes import Wish

GIFT, GIFT_ORDER, AVOID = "gift", "gift_order", "avoid"
AVOID_ITEM = "avoid_item"
# Kinds of correction that leave out a group of products, with the level of the catalogue that it stands at.
AVOID_LEVELS = {f"avoid_{level}": level for level in LEVELS}


@dataclass(frozen=True)
class Told:
    """What somebody corrected, as (kind, value); see shop.storage.tables.rights."""

    corrections: Sequence[tuple[str, str]] = ()

    def without_gifts(self, visit: Visit) -> Visit:
        """The visit without the items that were looked at for somebody else. Purchases leave them out in
        the database."""
        gifts = {value for kind, value in self.corrections if kind == GIFT}
        return replace(visit, session=tuple(item for item in visit.session if item not in gifts))

    def avoided(self, availability: Availability, wish: Wish, about: Collection[str] = ()) -> frozenset[str]:
        """The items that are not to be shown to somebody with this wish.

        Who asks for something by name, or about an item of a group (`about`), wants to see it, whatever was
        said before; so does who names a shelf on which nothing else stands.
        """
        if any((wish.text, wish.kind, wish.brand, wish.words)):
            return frozenset()
        groups = [_items(availability, kind, value) for kind, value in self.corrections]
        left_out = frozenset[str]().union(*(items for items in groups if items.isdisjoint(about)))
        if left_out and wish.names_something and not availability.allowed(wish, left_out).any():
            return frozenset()
        return left_out


def read_told(connection: Connection, owner: str | None) -> Told:
    """What a shopper, or an anonymous visit, corrected: one small query by an index."""
    if owner is None:
        return Told()
    return Told(tuple((row.kind, row.value) for row in corrections_of(connection, owner)))


def _items(availability: Availability, kind: str, value: str) -> frozenset[str]:
    if kind == AVOID_ITEM:
        return frozenset([value])
    if kind == AVOID:
        entry = load_exclusions().get(value)
        if entry is None:  # the shop has taken it out of its file
            return frozenset()
        return availability.items_of(f"{kind} {value}", entry.leaves_out, entry.words, entry.but)
    level = AVOID_LEVELS.get(kind)
    if level is None:
        return frozenset()
    return availability.items_of(f"{kind} {value}", lambda at, name: at == level and name == value.casefold())
