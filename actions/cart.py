"""Skills: put things into the cart, look at it, take things out."""

from actions.find import show
from actions.pointing import Pointed, by_degree, by_name, by_number, point, which_one
from actions.refine import undo
from actions.refinements import UNDO
from actions.reply import AskBack, Reply
from actions.turn import Turn
from actions.wanted import wanted
from shop import carts
from shop.carts import Cart
from shop.catalogue import Product
from shop.screens import last_screen

BOTH = 2


def add_to_cart(turn: Turn) -> Reply:
    """Add the items that are meant; show what is named, ready to be added, if it is not on the screen."""
    meant = point(turn)
    asked = wanted(turn)
    if not meant and asked.label:
        return show(turn, asked, "utter_add_which")
    if not meant:
        raise AskBack(_add_which(turn))
    quantity = _quantity(turn)
    for each in meant:
        cart = carts.add_to_cart(turn.shop, turn.audience, each.item.item_id, quantity, each.slate_id)
    if len(meant) > 1:
        response = "utter_added_both" if len(meant) == BOTH else "utter_added_all"
        return Reply(response, {"count": len(meant)}, card=cart.payload())
    return _added(meant[0], quantity)


def view_cart(turn: Turn) -> Reply:
    """Show the cart."""
    return _show(carts.view_cart(turn.shop, turn.audience), "utter_cart")


def remove_from_cart(turn: Turn) -> Reply:
    """Take out what is meant of what the cart holds."""
    cart = carts.view_cart(turn.shop, turn.audience)
    if UNDO in turn.values("critique") and turn.focus not in {line.product.item_id for line in cart.lines}:
        return undo(turn)
    if not cart.lines:
        return Reply("utter_cart_empty")
    items = _meant_in_cart(turn, cart)
    if not items:
        return _show(cart, "utter_not_in_cart")
    for item in items:
        cart = carts.remove_from_cart(turn.shop, turn.audience, item.item_id)
    if not cart.lines:
        return Reply(
            "utter_removed_last" if len(items) == 1 else "utter_cart_emptied", {"item": items[0].name}
        )
    names = ", ".join(item.name for item in items)
    return Reply("utter_removed", {"item": names, "total": cart.payload()["total_label"]})


def _add_which(turn: Turn) -> Reply:
    if last_screen(turn.shop, turn.audience) is None:
        return Reply("utter_nothing_shown")
    return which_one(turn, "utter_which_one")


def _quantity(turn: Turn) -> int:
    quantity = int(turn.first("quantity") or 1)
    if not 1 <= quantity <= carts.MOST_OF_ONE_ITEM:
        raise AskBack(Reply("utter_quantity"))
    return quantity


def _added(meant: Pointed, quantity: int) -> Reply:
    values = {"item": meant.item.name, "item_id": meant.item.item_id, "quantity": quantity}
    return Reply("utter_added" if quantity == 1 else "utter_added_several", values)


def _meant_in_cart(turn: Turn, cart: Cart) -> list[Product]:
    """The cart's items that are meant; none if the message names something else.

    Raises:
        AskBack: it could be any of several.
    """
    items = [line.product for line in cart.lines]
    given = turn.first("item_id")
    if given is not None:
        return [item for item in items if item.item_id == given]
    if found := by_number(turn, items) or by_name(turn, items) or by_degree(turn, items):
        return found
    if wanted(turn).label:
        return []
    focused = [item for item in items if item.item_id == turn.focus]
    if focused or len(items) == 1:
        return focused or items
    raise AskBack(which_one(turn, "utter_remove_which", items))


def _show(cart: Cart, response: str) -> Reply:
    if not cart.lines:
        return Reply("utter_cart_empty")
    payload = cart.payload()
    return Reply(response, {"total": payload["total_label"]}, card=payload)
