"""Skill: what is on sale now."""

from dataclasses import replace

from actions.recommend import shown, within
from actions.reply import BESTSELLERS, Reply
from actions.turn import Turn
from shop import recommendations
from shop.context import Audience, Shop
from shop.slates import Slate
from shop.wishes import Wish


def promotions(turn: Turn) -> Reply:
    """Show what costs less than usual, within whatever was named or holds, what suits the shopper first."""
    found = within(turn, _reduced)
    if not found.slate.items:
        return Reply("utter_nothing_on_sale", pending=BESTSELLERS)
    known = turn.audience.shopper_id is not None
    return shown(turn, found, "utter_on_sale_for_you" if known else "utter_on_sale")


def _reduced(shop: Shop, audience: Audience, wish: Wish) -> Slate:
    return recommendations.recommend(shop, audience, replace(wish, reduced=True))
