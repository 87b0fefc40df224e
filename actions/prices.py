"""Skills: what something costs, and whether it can be had."""

from actions.find import show
from actions.pointing import point, point_at_one
from actions.reply import Reply
from actions.similar import like
from actions.turn import Turn
from actions.wanted import wanted
from shop.catalogue import Product, price_fields


def price(turn: Turn) -> Reply:
    """Say the price of the item that is meant; what is named and not on the screen is shown with prices."""
    asked = wanted(turn)
    if not point(turn) and asked.label:
        return show(turn, asked, "utter_prices")
    item = point_at_one(turn).item
    fields = price_fields(item, turn.audience.locale, turn.audience.shown_in)
    values = _values(item) | {"price": fields["price_label"]}
    if "was_price_label" in fields:
        return Reply("utter_price_reduced", values | {"was_price": fields["was_price_label"]})
    return Reply("utter_price", values)


def availability(turn: Turn) -> Reply:
    """Say whether the item that is meant is in stock; what is named and not on the screen is looked for."""
    asked = wanted(turn)
    if not point(turn) and asked.label:
        return show(turn, asked, "utter_available")
    item = point_at_one(turn).item
    if item.in_stock:
        return Reply("utter_in_stock", _values(item))
    close = like(turn, item)
    if close.items:
        return Reply("utter_sold_out", {"item": item.name}, card=close.payload())
    return Reply("utter_sold_out_only", {"item": item.name})


def _values(item: Product) -> dict[str, object]:
    return {"item": item.name, "item_id": item.item_id}
