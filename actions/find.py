"""Skill: find products by name, price, brand or department."""

from dataclasses import replace

from actions.reply import BESTSELLERS, Reply
from actions.turn import Turn
from actions.wanted import Wanted, wanted
from actions.words import stems
from shop import recommendations
from shop.money import price_label
from shop.slates import Slate


def search(turn: Turn) -> Reply:
    """Show what was asked for."""
    asked = wanted(turn)
    if not asked.is_something:
        return Reply("utter_search_for_what")
    return show(turn, asked, "utter_found_for" if asked.label else "utter_found")


def show(turn: Turn, asked: Wanted, response: str) -> Reply:
    """Show what fits, with `response`; if nothing does, what fits but for the price, else say so."""
    slate = look_for(turn, asked)
    if slate.items:
        fitting = response if _names_all(slate, asked.label) or not asked.wish.text else "utter_closest_for"
        return Reply(fitting, {"what": asked.label}, card=slate.payload())
    if asked.wish.price_max_minor is not None:
        dearer = look_for(turn, without_price(asked))
        if dearer.items:
            settings, locale = turn.shop.settings, turn.audience.locale
            price = price_label(asked.wish.price_max_minor, settings.currency, locale)
            return Reply("utter_nothing_in_budget", {"price": price}, card=dearer.payload())
    return Reply("utter_nothing_found", {"what": asked.label or "..."}, pending=BESTSELLERS)


def look_for(turn: Turn, asked: Wanted) -> Slate:
    """What fits by the catalogue's names, else by the words as they were typed."""
    slate = recommendations.search(turn.shop, turn.audience, asked.wish)
    if slate.items or asked.in_words == asked.wish or not asked.in_words.text:
        return slate
    return recommendations.search(turn.shop, turn.audience, asked.in_words)


def _names_all(slate: Slate, label: str) -> bool:
    """Whether one of the products has every word of what was asked for in its name or its shelf's."""
    said = stems(label)
    shelves = (f"{item.product.name} {item.product.kind} {item.product.category}" for item in slate.items)
    return any(said <= stems(shelf) for shelf in shelves)


def without_price(asked: Wanted) -> Wanted:
    """The same at any price."""
    return replace(
        asked,
        wish=replace(asked.wish, price_max_minor=None),
        in_words=replace(asked.in_words, price_max_minor=None),
    )
