"""What a shopper asked for, as limits that hold for everything shown."""

from dataclasses import asdict, dataclass
from typing import Any

from shop.errors import InvalidInput
from shop.storage.catalogue import Product

SETS = ("exclude", "exclude_brands")


@dataclass(frozen=True)
class Wish:
    """Limits combine with "and"; None means no limit. Prices in minor units, both ends included.

    `department`, `category`, `kind`, `brand` and `exclude_brands` are the values that products carry, in any
    case; `exclude` are items. What has no brand keeps every limit on brands that are not wanted.
    """

    text: str | None = None
    department: str | None = None
    category: str | None = None
    kind: str | None = None
    brand: str | None = None
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    exclude: frozenset[str] = frozenset()
    exclude_brands: frozenset[str] = frozenset()
    in_stock: bool = True

    def __post_init__(self) -> None:
        for name in ("price_min_minor", "price_max_minor"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise InvalidInput(f"{name} must not be negative, got {value}", field=name)

    @property
    def names_something(self) -> bool:
        """Whether the shopper asked for something in particular, and not just for anything."""
        return any((self.text, self.department, self.category, self.kind, self.brand))

    def admits(self, item: Product) -> bool:
        """Whether a product read just now keeps the limits that change by the hour: price and stock."""
        low = self.price_min_minor or 0
        high = item.price_minor if self.price_max_minor is None else self.price_max_minor
        return item.active and low <= item.price_minor <= high and (item.in_stock or not self.in_stock)

    def record(self) -> dict[str, Any]:
        """The limits that were set, as the log keeps them."""
        given = {name: value for name, value in asdict(self).items() if value not in (None, frozenset())}
        return given | {name: sorted(given[name]) for name in SETS if name in given}


ANYTHING = Wish()
