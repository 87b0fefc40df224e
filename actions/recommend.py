"""Skills: suggestions for this shopper, what everybody buys, and what the shopper buys regularly."""

from collections.abc import Callable

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


def recommend(turn: Turn) -> Reply:
    """Suggest something: within whatever was named, else within the limits that hold."""
    slate, wish = within(turn, recommendations.recommend)
    if not slate.items:
        return bestsellers(turn)
    if named_only(turn) != ANYTHING:
        return shown(turn, slate, "utter_recommended_for", {"what": wanted(turn).label})
    if limits := told_limits(turn, wish):
        return shown(turn, slate, "utter_recommended_within", {"limits": limits})
    known = turn.audience.shopper_id is not None
    return shown(turn, slate, "utter_recommended" if known else "utter_recommended_anonymous")


def bestsellers(turn: Turn) -> Reply:
    """Show what sells best: within whatever was named or holds, if anything sells there."""
    slate, _ = within(turn, recommendations.bestsellers)
    return shown(turn, slate, "utter_bestsellers")


def new_products(turn: Turn) -> Reply:
    """Show what the shop has added lately, what suits the shopper first."""
    slate, _ = within(turn, recommendations.new_products)
    if not slate.items:
        return Reply("utter_nothing_new")
    return shown(turn, slate, "utter_new_products")


def buy_again(turn: Turn) -> Reply:
    """Show what the shopper buys regularly."""
    if turn.audience.shopper_id is None:
        return Reply("utter_buy_again_login")
    slate = recommendations.buy_again(turn.shop, turn.audience)
    return shown(turn, slate, "utter_buy_again") if slate.items else Reply("utter_buy_again_nothing")


def within(turn: Turn, use: Use) -> tuple[Slate, Wish]:
    """What a use case shows within what was named, or else what holds; without, if there is nothing there."""
    named = named_only(turn)
    wish = held(turn) if named == ANYTHING else named
    slate = use(turn.shop, turn.audience, wish)
    if slate.items or wish == ANYTHING:
        return slate, wish
    return use(turn.shop, turn.audience, ANYTHING), ANYTHING


def shown(turn: Turn, slate: Slate, response: str, values: dict[str, object] | None = None) -> Reply:
    """A slate with what is said of it, and buttons to narrow it down."""
    return Reply(response, values or {}, card=slate.payload(), buttons=refinements(turn, slate))
