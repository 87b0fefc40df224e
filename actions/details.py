"""Skill: what the shop knows of a product, and what it does not know."""

from actions.find import show
from actions.pointing import point, point_at_one
from actions.refine import refine
from actions.reply import Reply
from actions.turn import Turn
from actions.wanted import wanted
from actions.words import narrows
from shop.details import details
from shop.screens import last_screen


def tell_details(turn: Turn) -> Reply:
    """Tell what is known of the item that is meant; what is named and not on the screen is looked for."""
    asked = wanted(turn)
    if not point(turn) and asked.label and turn.has("product", "category", "brand"):
        return show(turn, asked, "utter_details_of_which")
    if not point(turn) and narrows(turn.text) and last_screen(turn.shop, turn.audience) is not None:
        return refine(turn)  # "are there organic ones?"
    item = point_at_one(turn).item
    known = details(turn.shop, turn.audience, item.item_id)
    values = {"item": item.name, "item_id": item.item_id, "facts": "\n".join(known.lines)}
    return Reply("utter_details", values)
