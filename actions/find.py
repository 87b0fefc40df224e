"""Skill: find products by name, price, brand or department."""

from difflib import get_close_matches

from actions.money import told
from actions.refinements import refinements
from actions.reply import BESTSELLERS, Reply
from actions.turn import Turn
from actions.wanted import Wanted, wanted
from actions.words import stems
from shop import recommendations
from shop.slates import Slate

# How much of a word must be right, in [0, 1]: "choclate" is chocolate, "oat" is not boat.
ALIKE = 0.85


def search(turn: Turn) -> Reply:
    """Show what was asked for."""
    asked = wanted(turn)
    if not asked.is_something:
        return Reply("utter_search_for_what")
    return show(turn, asked, "utter_found_for" if asked.label else "utter_found")


def show(turn: Turn, asked: Wanted, response: str) -> Reply:
    """Show what fits, with `response`; if nothing does, what fits but for the price, else say so."""
    slate = _first_found(turn, asked)
    if slate is not None:
        fitting = response if _is_named(asked, slate) else "utter_closest_for"
        return Reply(fitting, {"what": asked.label}, card=slate.payload(), buttons=refinements(turn, slate))
    dearer = None if asked.price_max_minor is None else _first_found(turn, asked.at_any_price())
    if dearer is not None:
        price = told(turn, asked.price_max_minor or 0)
        return Reply("utter_nothing_in_budget", {"price": price}, card=dearer.payload())
    return Reply("utter_nothing_found", {"what": asked.label or "..."}, pending=BESTSELLERS)


def _first_found(turn: Turn, asked: Wanted) -> Slate | None:
    """What fits the strictest wish that anything fits; an empty slate is not in the log."""
    slates = (recommendations.search(turn.shop, turn.audience, wish) for wish in asked.wishes)
    return next((slate for slate in slates if slate.items), None)


def _is_named(asked: Wanted, slate: Slate) -> bool:
    """Whether one of the products carries every word that tells it apart, typos forgiven."""
    products = [item.product for item in slate.items]
    known = [stems(f"{item.name} {item.kind} {item.category} {item.department}") for item in products]
    return any(all(get_close_matches(word, words, 1, ALIKE) for word in asked.telling) for words in known)
