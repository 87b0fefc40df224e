"""What a shopper asked for, as limits that hold for everything shown."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from shop.errors import InvalidInput
from shop.storage.catalogue import Product

SETS = ("exclude", "exclude_brands", "words", "without")
BY_PRICE = "price"
# What can be taken back on its own: a name for it, and the fields that it is made of.
LIMITS = {
    "price_max": ("price_max_minor",),
    "price_min": ("price_min_minor",),
    "size": ("measure", "more_than", "less_than"),
    "reduced": ("reduced",),
    "brand": ("brand",),
    "other_brand": ("exclude_brands",),
}
EACH_WORD = ("words", "without")


@dataclass(frozen=True)
class Wish:
    """Limits combine with "and"; None means no limit. Prices in minor units, both ends included.

    `department`, `category`, `kind`, `brand` and `exclude_brands` are the values that products carry, in any
    case; `exclude` are items. What has no brand keeps every limit on brands that are not wanted. `text` is
    what to search for; each of `words` must stand in a product's names, and none of `without`. `more_than`
    and `less_than` are contents of a package, ends excluded, in units of `measure`: see shop.package_sizes.
    `reduced`: at a lower price than usual. `order`: "price" puts the cheapest first.
    """

    text: str | None = None
    department: str | None = None
    category: str | None = None
    kind: str | None = None
    brand: str | None = None
    price_min_minor: int | None = None
    price_max_minor: int | None = None
    measure: str | None = None
    more_than: float | None = None
    less_than: float | None = None
    reduced: bool | None = None
    order: str | None = None
    words: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
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
        return any((self.text, self.department, self.category, self.kind, self.brand, self.words))

    @property
    def limits(self) -> tuple[str, ...]:
        """What narrows the thing itself down: names of `LIMITS`, "words:organic", "without:nuts"."""
        whole = [name for name, parts in LIMITS.items() if any(self._sets(part) for part in parts)]
        return (*whole, *(f"{name}:{word}" for name in EACH_WORD for word in sorted(getattr(self, name))))

    def _sets(self, part: str) -> bool:
        return getattr(self, part) not in (None, frozenset())

    def relaxed(self, limit: str) -> "Wish":
        """The same without one of its limits."""
        name, _, word = limit.partition(":")
        if name in EACH_WORD:
            return replace(self, **{name: getattr(self, name) - {word}})
        plain = Wish()
        return replace(self, **{part: getattr(plain, part) for part in LIMITS.get(name, ())})

    @property
    def held(self) -> "Wish":
        """Its limits alone, for showing something else: neither the thing that was looked for nor its brand,
        nor what was seen already. Words stay with their thing: who wants organic milk wants milk.
        """
        limits = replace(self, brand=None, exclude=frozenset(), exclude_brands=frozenset(), order=None)
        if self.words:
            return limits
        return replace(limits, text=None, department=None, category=None, kind=None)

    def admits(self, item: Product) -> bool:
        """Whether a product read just now keeps the limits that change by the hour: price and stock."""
        low = self.price_min_minor or 0
        high = item.price_minor if self.price_max_minor is None else self.price_max_minor
        fits = low <= item.price_minor <= high and (item.in_stock or not self.in_stock)
        return item.active and fits and (item.was_minor is not None or not self.reduced)

    def record(self) -> dict[str, Any]:
        """The limits that were set, as the log keeps them."""
        given = {name: value for name, value in asdict(self).items() if value not in (None, frozenset())}
        return given | {name: sorted(given[name]) for name in SETS if name in given}


ANYTHING = Wish()
