"""Skill: the coupons that really are this shopper's."""

from actions.reply import Reply
from actions.turn import Turn
from shop.coupons import coupons_for


def show_coupons(turn: Turn) -> Reply:
    """Show the shopper's open coupons."""
    if turn.audience.shopper_id is None:
        return Reply("utter_coupons_login")
    coupons = coupons_for(turn.shop, turn.audience)
    return Reply("utter_coupons", card=coupons.payload()) if coupons else Reply("utter_no_coupons")
