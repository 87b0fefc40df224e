"""Skills: suggestions for this shopper, what everybody buys, and what the shopper buys regularly."""

from actions.reply import Reply
from actions.turn import Turn
from actions.wanted import named_only, wanted
from shop import recommendations
from shop.wishes import Wish


def recommend(turn: Turn) -> Reply:
    """Suggest something, within whatever was named."""
    wish = named_only(turn)
    slate = recommendations.recommend(turn.shop, turn.audience, wish)
    if not slate.items:
        return bestsellers(turn)
    if wish != Wish():
        return Reply("utter_recommended_for", {"what": wanted(turn).label}, card=slate.payload())
    known = turn.audience.shopper_id is not None
    return Reply("utter_recommended" if known else "utter_recommended_anonymous", card=slate.payload())


def bestsellers(turn: Turn) -> Reply:
    """Show what sells best, within whatever was named if anything sells there."""
    slate = recommendations.bestsellers(turn.shop, turn.audience, named_only(turn))
    if not slate.items:
        slate = recommendations.bestsellers(turn.shop, turn.audience)
    return Reply("utter_bestsellers", card=slate.payload())


def buy_again(turn: Turn) -> Reply:
    """Show what the shopper buys regularly."""
    if turn.audience.shopper_id is None:
        return Reply("utter_buy_again_login")
    slate = recommendations.buy_again(turn.shop, turn.audience)
    return Reply("utter_buy_again", card=slate.payload()) if slate.items else Reply("utter_buy_again_nothing")
