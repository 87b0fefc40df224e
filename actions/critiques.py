"""What "cheaper", "bigger", "another brand" make of a wish, measured against what is on the screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from actions.reply import AskBack, Reply
from shop.catalogue import Product
from shop.package_sizes import Content, contents_of
from shop.wishes import BY_PRICE, Wish

# A button for letting go of a limit carries this and the limit's name as its critique.
DROP = "drop:"

Critique = Callable[[Wish, Sequence[Product], Sequence[Product]], Wish]


def apply(critiques: Iterable[str], wish: Wish, against: Sequence[Product], shown: Sequence[Product]) -> Wish:
    """The wish with all of the critiques. against: what they compare with; shown: what is on the screen.

    Raises:
        AskBack: one of them is none that products can be told apart by, or their sizes are not known.
    """
    for name in critiques:
        if name.startswith(DROP):
            wish = wish.relaxed(name.removeprefix(DROP))
        elif name in _CRITIQUES:
            wish = _CRITIQUES[name](wish, against, shown)
        else:
            raise AskBack(Reply("utter_cannot_refine"))
    return wish


def without(wish: Wish, items: Iterable[Product]) -> Wish:
    """The wish for other things than these."""
    return replace(wish, exclude=wish.exclude.union(item.item_id for item in items))


def content_to_compare(items: Sequence[Product]) -> list[tuple[Product, Content]]:
    """Those of the products whose packages measure the same, with what is in them; the commonest measure."""
    known = [
        (item, content)
        for item, content in zip(items, contents_of([item.size for item in items]), strict=True)
        if content is not None
    ]
    measures = [content.measure for _, content in known]
    common = max(measures, key=measures.count, default="")
    return [(item, content) for item, content in known if content.measure == common]


def _cheaper(wish: Wish, against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    limit = max(min(item.price_minor for item in against) - 1, 0)
    return replace(wish, price_max_minor=limit, price_min_minor=None)


def _dearer(wish: Wish, against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    limit = max(item.price_minor for item in against) + 1
    return replace(wish, price_min_minor=limit, price_max_minor=None)


def _cheapest(wish: Wish, _against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    return replace(wish, order=BY_PRICE, exclude=frozenset())


def _bigger(wish: Wish, against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    measure, amounts = _measured(against)
    return replace(wish, measure=measure, more_than=max(amounts), less_than=None)


def _smaller(wish: Wish, against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    measure, amounts = _measured(against)
    return replace(wish, measure=measure, less_than=min(amounts), more_than=None)


def _measured(items: Sequence[Product]) -> tuple[str, list[float]]:
    found = content_to_compare(items)
    if not found:
        raise AskBack(Reply("utter_sizes_unknown"))
    return found[0][1].measure, [content.amount for _, content in found]


def _other_brand(wish: Wish, against: Sequence[Product], shown: Sequence[Product]) -> Wish:
    brands = {item.brand for item in against if item.brand}
    return replace(without(wish, shown), brand=None, exclude_brands=wish.exclude_brands | brands)


def _more(wish: Wish, _against: Sequence[Product], shown: Sequence[Product]) -> Wish:
    return without(wish, shown)


def _reduced(wish: Wish, _against: Sequence[Product], _shown: Sequence[Product]) -> Wish:
    return replace(wish, reduced=True)


_CRITIQUES: dict[str, Critique] = {
    "cheaper": _cheaper,
    "pricier": _dearer,
    "cheapest": _cheapest,
    "bigger": _bigger,
    "smaller": _smaller,
    "other_brand": _other_brand,
    "more": _more,
    "sale": _reduced,
}
