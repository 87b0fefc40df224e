"""Skills: items like another one, and items that go with it."""

from actions.critiques import apply
from actions.find import show
from actions.held import held, told_limits
from actions.pointing import point, point_at_one
from actions.refinements import refinements
from actions.reply import BESTSELLERS, Reply
from actions.turn import Turn
from actions.wanted import wanted
from shop import recommendations
from shop.carts import view_cart
from shop.catalogue import Product
from shop.slates import Slate
from shop.wishes import ANYTHING, Wish


def similar(turn: Turn) -> Reply:
    """Show what is like the item that is meant, within the limits that hold and what is said ("but cheaper");
    what is named and not on the screen is looked for.
    """
    asked = wanted(turn)
    if not point(turn) and asked.label:
        return show(turn, asked, "utter_found_for")
    item = point_at_one(turn).item
    wish = apply(map(str, turn.values("critique")), held(turn), [item], [item])
    slate, limits = like(turn, item, wish), told_limits(turn, wish)
    if slate.items or not limits:
        return _shown(turn, slate, "utter_similar", item.name)
    return _shown(turn, like(turn, item), "utter_similar_but", item.name, limits)


def bundle(turn: Turn) -> Reply:
    """Show what goes with the item that is meant, else with what is in the cart."""
    meant = point(turn)
    cart = view_cart(turn.shop, turn.audience)
    if not meant and cart.lines:
        in_cart = [line.product.item_id for line in cart.lines]
        slate = recommendations.goes_with(turn.shop, turn.audience, in_cart)
        return _shown(turn, slate, "utter_goes_with_cart", cart.lines[0].product.name)
    item = (meant or [point_at_one(turn)])[0].item
    slate = recommendations.goes_with(turn.shop, turn.audience, [item.item_id])
    return _shown(turn, slate, "utter_goes_with", item.name)


def like(turn: Turn, item: Product, wish: Wish = ANYTHING) -> Slate:
    """What is like an item; where nobody bought anything near it yet, others of its category."""
    slate = recommendations.similar(turn.shop, turn.audience, item.item_id, wish)
    if slate.items or wish != ANYTHING:
        return slate
    wish = Wish(category=item.category, exclude=frozenset([item.item_id]))
    return recommendations.search(turn.shop, turn.audience, wish)


def _shown(turn: Turn, slate: Slate, response: str, name: str, limits: str = "") -> Reply:
    if not slate.items:
        return Reply("utter_nothing_alike", {"item": name}, pending=BESTSELLERS)
    values = {"item": name, "limits": limits}
    return Reply(response, values, card=slate.payload(), buttons=refinements(turn, slate))
