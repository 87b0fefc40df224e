"""The limits of a wish in words: for saying them back, and for saying which one to let go."""

from collections.abc import Iterable
from functools import reduce

from shop.context import Audience, Shop
from shop.money import price_label
from shop.relaxing import MOST_COUNTED, Relaxation
from shop.wishes import LIMITS, Wish

MOST_TOLD = 2


def say_limits(shop: Shop, audience: Audience, wish: Wish) -> str:
    """What is asked for beyond the thing itself: "organic, $5.00 or less"; empty where nothing is."""
    said = [_say_limit(shop, audience, wish, limit) for limit in wish.limits]
    return reduce(lambda one, other: _say(shop, audience, "and", one=one, other=other), said) if said else ""


def _say_limit(shop: Shop, audience: Audience, wish: Wish, limit: str) -> str:
    name, _, word = limit.partition(":")
    if name == "price_max":
        # The next amount below: "cheaper than 3.49" and "3.48 or less" are the same to a shop only.
        return _say(shop, audience, "price-max", price=_price(shop, audience, wish.price_max_minor))
    if name == "price_min":
        return _say(shop, audience, "price-min", price=_price(shop, audience, wish.price_min_minor))
    if name == "size":
        return _say(shop, audience, "smaller" if wish.more_than is None else "bigger")
    if name == "brand":
        return str(wish.brand)
    return _say(shop, audience, name.replace("_", "-"), **({"word": word} if word else {}))


def name_limit(shop: Shop, audience: Audience, limit: str) -> str:
    """What a limit is called: "the price limit", "“organic”"."""
    name, _, word = limit.partition(":")
    key = "price" if name.startswith("price") else name.replace("_", "-")
    return _say(shop, audience, f"limit-{key}", **({} if name in LIMITS else {"word": word}))


def say_ways(shop: Shop, audience: Audience, ways: Iterable[Relaxation]) -> str:
    """How many there are without one limit or another, a sentence each."""
    said = [
        _say(
            shop,
            audience,
            "way" if way.count < MOST_COUNTED else "way-many",
            limit=name_limit(shop, audience, way.limit),
            count=way.count,
        )
        for way in list(ways)[:MOST_TOLD]
    ]
    return ("" if audience.locale.startswith("zh") else " ").join(said)


def _say(shop: Shop, audience: Audience, key: str, **values: object) -> str:
    return shop.phrases.say(f"wish-{key}", audience.locale, **values)


def _price(shop: Shop, audience: Audience, minor: int | None) -> str:
    return price_label(minor or 0, shop.settings.currency, audience.locale, audience.shown_in)
