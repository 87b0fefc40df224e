"""Skills: suggestions, what everybody buys, what is new, and what the shopper buys regularly."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.held import held, told_limits
from actions.refinements import refinements
from actions.reply import Reply
from actions.turn import Turn
from actions.wanted import named_only, wanted
from shop import recommendations
from shop.context import Audience, Shop
from shop.slates import Slate
from shop.wishes import ANYTHING, Wish

Use = Callable[[Shop, Audience, Wish], Slate]


@dataclass(frozen=True)
class Found:
    """A slate, the limits that it keeps in words, and those that nothing kept, so that they were let go."""

    slate: Slate
    kept: str = ""
    missed: str = ""


def recommend(turn: Turn) -> Reply:
    """Suggest something: within whatever was named, else within the limits that hold."""
    found = within(turn, recommendations.recommend)
    if not found.slate.items:
        return bestsellers(turn)
    if named_only(turn) != ANYTHING:
        return shown(turn, found, "utter_recommended_for", {"what": wanted(turn).label})
    if found.kept:
        return shown(turn, found, "utter_recommended_within", {"limits": found.kept})
    known = turn.audience.shopper_id is not None
    return shown(turn, found, "utter_recommended" if known else "utter_recommended_anonymous")


def bestsellers(turn: Turn) -> Reply:
    """Show what sells best: within whatever was named or holds, if anything sells there."""
    return shown(turn, within(turn, recommendations.bestsellers), "utter_bestsellers")


def new_products(turn: Turn) -> Reply:
    """Show what the shop has added lately, what suits the shopper first."""
    found = within(turn, recommendations.new_products)
    return shown(turn, found, "utter_new_products") if found.slate.items else Reply("utter_nothing_new")


def buy_again(turn: Turn) -> Reply:
    """Show what the shopper buys regularly."""
    if turn.audience.shopper_id is None:
        return Reply("utter_buy_again_login")
    slate = recommendations.buy_again(turn.shop, turn.audience)
    return shown(turn, Found(slate), "utter_buy_again") if slate.items else Reply("utter_buy_again_nothing")


def within(turn: Turn, use: Use) -> Found:
    """What a use case shows within what was named, or else what holds; without, if there is nothing there."""
    named = named_only(turn)
    wish = held(turn) if named == ANYTHING else named
    limits = told_limits(turn, wish)
    slate = use(turn.shop, turn.audience, wish)
    if slate.items or wish == ANYTHING:
        return Found(slate, kept=limits)
    return Found(use(turn.shop, turn.audience, ANYTHING), missed=limits)


def shown(turn: Turn, found: Found, response: str, values: dict[str, object] | None = None) -> Reply:
    """A slate with what is said of it, and buttons to narrow it down; or that it does not keep the limits."""
    card, buttons = found.slate.payload(), refinements(turn, found.slate)
    if found.missed:
        return Reply("utter_without_limits", {"limits": found.missed}, card=card, buttons=buttons)
    return Reply(response, values or {}, card=card, buttons=buttons)
