"""Skills: narrow down what is on the screen, or turn it down."""

from collections.abc import Callable
from dataclasses import replace

from actions.find import search
from actions.pointing import Pointed, point
from actions.reply import BESTSELLERS, AskBack, Reply
from actions.turn import NAMES, Turn
from actions.wanted import named_only, price_limit, wanted
from actions.words import narrows
from shop import recommendations
from shop.catalogue import Product, price_fields
from shop.events import record_event
from shop.money import price_label
from shop.screens import Screen, last_screen
from shop.slates import Slate
from shop.wishes import Wish


def refine(turn: Turn) -> Reply:
    """Show the same again with one more limit: cheaper, another brand, under a price, others.

    To name another product is to begin a new search; so are words with a price, unless they narrow ("only").
    """
    words_and_price = turn.has("price_max") and wanted(turn).label and not narrows(turn.text)
    if turn.has("category", "product") or words_and_price:
        return search(turn)
    screen = _screen(turn)
    wish = _narrowed(turn, screen)
    slate = again(turn, screen, wish)
    if slate.items:
        return _refined(turn, wish, slate)
    return _nothing_left(turn, screen)


def reject(turn: Turn) -> Reply:
    """Note what is not liked, and show others instead."""
    meant = point(turn)
    if not meant and turn.has(*NAMES):
        return Reply("utter_taste_not_kept")
    screen = _screen(turn)
    for each in meant:
        _dismiss(turn, each)
    slate = again(turn, screen, _without(screen.wish, screen.items))
    response = "utter_rejected" if meant else "utter_rejected_all"
    if not slate.items:
        return Reply("utter_rejected_last", pending=BESTSELLERS)
    return Reply(response, {"item": ", ".join(each.item.name for each in meant)}, card=slate.payload())


def again(turn: Turn, screen: Screen, wish: Wish) -> Slate:
    """Ask what was asked for the screen once more, within another wish."""
    shop, audience = turn.shop, turn.audience
    if screen.purpose == "similar" and screen.about:
        return recommendations.similar(shop, audience, screen.about[0], wish)
    asked = {"search": recommendations.search, "popular": recommendations.bestsellers}
    return asked.get(screen.purpose, recommendations.recommend)(shop, audience, wish)


def _screen(turn: Turn) -> Screen:
    screen = last_screen(turn.shop, turn.audience)
    if screen is None or not screen.items:
        raise AskBack(Reply("utter_nothing_shown"))
    return screen


def _narrowed(turn: Turn, screen: Screen) -> Wish:
    """The screen's wish with what the message adds.

    Raises:
        AskBack: it adds nothing that products can be narrowed by.
    """
    wish, limit = screen.wish, price_limit(turn)
    if limit is not None:
        wish = replace(wish, price_max_minor=limit, price_min_minor=None)
        return _with_words(turn, wish) if wanted(turn).label else wish
    narrow = _CRITIQUES.get(str(turn.first("critique")))
    if narrow is not None:
        return narrow(wish, screen.items)
    if turn.has("critique"):
        raise AskBack(Reply("utter_cannot_refine"))
    return _with_words(turn, wish)


def _with_words(turn: Turn, wish: Wish) -> Wish:
    named, asked = named_only(turn), wanted(turn)
    if turn.has("brand", "department"):
        return replace(wish, brand=named.brand or wish.brand, department=named.department or wish.department)
    if not asked.label:
        raise AskBack(Reply("utter_cannot_refine"))
    return replace(wish, text=f"{wish.text} {asked.label}" if wish.text else asked.label)


def _cheaper(wish: Wish, items: tuple[Product, ...]) -> Wish:
    return replace(
        wish, price_max_minor=max(min(item.price_minor for item in items) - 1, 0), price_min_minor=None
    )


def _dearer(wish: Wish, items: tuple[Product, ...]) -> Wish:
    return replace(wish, price_min_minor=max(item.price_minor for item in items) + 1, price_max_minor=None)


def _other_brand(wish: Wish, items: tuple[Product, ...]) -> Wish:
    brands = {item.brand for item in items if item.brand}
    return replace(_without(wish, items), brand=None, exclude_brands=wish.exclude_brands | brands)


def _without(wish: Wish, items: tuple[Product, ...]) -> Wish:
    return replace(wish, exclude=wish.exclude | {item.item_id for item in items})


_CRITIQUES: dict[str, Callable[[Wish, tuple[Product, ...]], Wish]] = {
    "cheaper": _cheaper,
    "pricier": _dearer,
    "other_brand": _other_brand,
    "more": _without,
}


def _refined(turn: Turn, wish: Wish, slate: Slate) -> Reply:
    if price_limit(turn) is None or wish.price_max_minor is None:
        return Reply("utter_refined", card=slate.payload())
    label = price_label(wish.price_max_minor, turn.shop.settings.currency, turn.audience.locale)
    return Reply("utter_refined_price", {"price": label}, card=slate.payload())


def _nothing_left(turn: Turn, screen: Screen) -> Reply:
    critique = turn.first("critique")
    if critique == "cheaper":
        item = min(screen.items, key=lambda item: item.price_minor)
        values = {"item": item.name, "item_id": item.item_id}
        return Reply(
            "utter_nothing_cheaper",
            values | {"price": price_fields(item, turn.audience.locale)["price_label"]},
        )
    if critique == "other_brand":
        return Reply("utter_no_other_brand")
    return Reply("utter_nothing_left")


def _dismiss(turn: Turn, meant: Pointed) -> None:
    """Dismissals belong to slates; an item that no slate showed cannot be dismissed."""
    if meant.slate_id is not None:
        record_event(turn.shop, turn.audience, meant.slate_id, meant.item.item_id, "dismiss")
