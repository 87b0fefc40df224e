"""Skills: taking an offer, turning it down, and wanting no more of them."""

from actions.coupons import show_coupons
from actions.reply import Reply, offered
from actions.turn import Turn
from shop.rights import set_consent


def accept_offer(turn: Turn) -> Reply:
    """Show the offers that are this shopper's; they need no more than being there."""
    return show_coupons(turn)


def decline_offer(turn: Turn) -> Reply:
    """Leave it at that."""
    return Reply("utter_offer_declined", buttons=offered(turn, ["stop_promotions"])).settled()


def stop_promotions(turn: Turn) -> Reply:
    """Write down that this shopper wants no more offers in the chat."""
    set_consent(turn.shop, turn.audience, "promotions", granted=False)
    return Reply("utter_promotions_stopped").settled()
