"""Skills: narrow down what is on the screen, take that back, or turn something down."""

import re
from dataclasses import replace

from actions.changes import Change, is_same_thing, read_change
from actions.critiques import apply, without
from actions.find import search
from actions.nothing_left import nothing_left
from actions.pointing import Pointed, point
from actions.refinements import UNDO, refinements
from actions.reply import BESTSELLERS, AskBack, Reply
from actions.talk import start_over
from actions.turn import NAMES, Entity, Turn
from actions.wanted import wanted, wanted_shelves
from actions.words import narrows
from shop import recommendations
from shop.events import record_event
from shop.screens import Screen, last_screen
from shop.slates import Slate
from shop.undoing import bring_back
from shop.wish_words import say_limits
from shop.wishes import Wish

# "Not that brand" turns down no product, but whoever makes it.
_BRAND = re.compile(r"\bbrand|\bmaker|牌子|品牌", re.IGNORECASE)

_ONLY = re.compile(r"^\W*only\b|\bonly\W*$|^只[要看]", re.IGNORECASE)


def start_over_or_undo(turn: Turn) -> Reply:
    """Begin anew; but "back to the step before" is only one step."""
    return undo(turn) if UNDO in turn.values("critique") else start_over(turn)


def search_or_narrow(turn: Turn) -> Reply:
    """Look for what is named; "only cheddar", or limits alone ("without nuts"), narrow down the screen."""
    only_limits = not wanted(turn).label and wanted(turn).is_something
    if (only_limits or _ONLY.search(turn.text)) and last_screen(
        turn.shop, turn.audience, compared=False
    ) is not None:
        return refine(turn)
    return search(turn)


def refine(turn: Turn) -> Reply:
    """Show the same again within one more limit, or several: cheaper, bigger, organic, under a price, others.

    To name another product is to begin a new search, unless the sentence narrows ("only").
    """
    if UNDO in turn.values("critique"):
        return undo(turn)
    screen = last_screen(turn.shop, turn.audience, compared=False)
    if _begins_anew(turn, screen):
        return search(turn)
    screen = shown(screen)
    change = read_change(turn, screen)
    for wish in change.wishes:
        slate = again(turn, screen, wish)
        if slate.items:
            return _refined(turn, wish, slate)
    if change.words and (slate := _searched(turn, change)).items:
        return _refined(turn, change.wishes[0], slate)
    return nothing_left(turn, screen, change)


def undo(turn: Turn) -> Reply:
    """Show what was there before the last step."""
    slate = bring_back(turn.shop, turn.audience)
    if slate is None or not slate.items:
        return Reply("utter_nothing_to_undo")
    return Reply("utter_undone", card=slate.payload(), buttons=refinements(turn, slate))


def reject(turn: Turn) -> Reply:
    """Note what is not liked, and show others instead, within the same limits and those that were added."""
    meant = point(turn)
    if not meant and turn.has(*NAMES):
        return Reply("utter_taste_not_kept")
    screen = shown(last_screen(turn.shop, turn.audience, compared=False))
    for each in meant:
        _dismiss(turn, each)
    against = [each.item for each in meant] or screen.items
    if not meant and _BRAND.search(turn.text):
        return refine(replace(turn, entities=(*turn.entities, Entity("critique", "other_brand"))))
    asked = [str(value) for value in turn.values("critique") if value != UNDO]
    wish = apply(asked, screen.wish, against, screen.items)
    slate = again(turn, screen, without(wish, screen.items))
    if not slate.items and meant:  # what was not turned down is better than nothing
        slate = again(turn, screen, without(wish, against))
    if not slate.items:
        return Reply("utter_rejected_last", pending=BESTSELLERS)
    response = "utter_rejected" if meant else "utter_rejected_all"
    values = {"item": ", ".join(each.item.name for each in meant)}
    return Reply(response, values, card=slate.payload(), buttons=refinements(turn, slate, undo=True))


def again(turn: Turn, screen: Screen, wish: Wish) -> Slate:
    """Ask what was asked for the screen once more, within another wish."""
    shop, audience = turn.shop, turn.audience
    if screen.purpose == "similar" and screen.about:
        return recommendations.similar(shop, audience, screen.about[0], wish)
    if screen.purpose == "goes_with" and screen.about:
        return recommendations.goes_with(shop, audience, screen.about, wish=wish)
    if screen.purpose == "buy_again":
        return recommendations.buy_again(shop, audience, wish=wish)
    asked = {
        "search": recommendations.search,
        "popular": recommendations.bestsellers,
        "new": recommendations.new_products,
    }
    return asked.get(screen.purpose, recommendations.recommend)(shop, audience, wish)


def shown(screen: Screen | None) -> Screen:
    """The screen.

    Raises:
        AskBack: nothing was shown yet.
    """
    if screen is None or not screen.items:
        raise AskBack(Reply("utter_nothing_shown"))
    return screen


def _begins_anew(turn: Turn, screen: Screen | None) -> bool:
    if turn.has("critique") and not wanted_shelves(turn):
        return False
    if screen is None or not screen.items:
        return bool(wanted(turn).label)
    if wanted_shelves(turn):
        names_another = not is_same_thing(turn, screen.items) and not narrows(turn.text)
        return names_another and turn.has("category", "product")
    return turn.has("price_max") and bool(wanted(turn).label) and not narrows(turn.text)


def _searched(turn: Turn, change: Change) -> Slate:
    """What the words find, where a way of suggesting knows nothing of the kind: "only tea" of bestsellers."""
    wish = replace(change.wishes[0], text=change.wishes[0].text or " ".join(sorted(change.words)))
    return recommendations.search(turn.shop, turn.audience, wish)


def _refined(turn: Turn, wish: Wish, slate: Slate) -> Reply:
    limits = say_limits(turn.shop, turn.audience, wish)
    buttons = refinements(turn, slate, undo=True)
    if limits:
        return Reply("utter_refined_within", {"limits": limits}, card=slate.payload(), buttons=buttons)
    return Reply("utter_refined", card=slate.payload(), buttons=buttons)


def _dismiss(turn: Turn, meant: Pointed) -> None:
    """Dismissals belong to slates; an item that no slate showed cannot be dismissed."""
    if meant.slate_id is not None:
        record_event(turn.shop, turn.audience, meant.slate_id, meant.item.item_id, "dismiss")
