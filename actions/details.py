"""Skill: what the shop knows of a product, and what it does not know."""

import re

from actions.find import show
from actions.pointing import point, point_at_one
from actions.refine import refine
from actions.reply import Reply
from actions.turn import Turn
from actions.wanted import wanted
from actions.words import narrows
from shop.details import details
from shop.screens import last_screen

# "Does it contain nuts?" asks about what is on the screen, and not for nuts.
_IT = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them)\b|它|这个|那个|这款|那款|第[一二三四五]", re.IGNORECASE
)


def tell_details(turn: Turn) -> Reply:
    """Tell what is known of the item that is meant; what is named and not on the screen is looked for."""
    asked = wanted(turn)
    if (
        not point(turn)
        and not _IT.search(turn.text)
        and asked.label
        and turn.has("product", "category", "brand")
    ):
        return show(turn, asked, "utter_details_of_which")
    if not point(turn) and narrows(turn.text) and last_screen(turn.shop, turn.audience) is not None:
        return refine(turn)  # "are there organic ones?"
    item = point_at_one(turn).item
    known = details(turn.shop, turn.audience, item.item_id)
    values = {"item": item.name, "item_id": item.item_id, "facts": "\n".join(known.lines)}
    return Reply("utter_details", values)
