"""Pages to buy: the cart, the simulated checkout, orders, coupons."""

from typing import Any

from sanic import Blueprint, HTTPResponse
from sanic.response import json, redirect

from shop import carts, coupons, orders, recommendations
from shop.carts import Cart
from shop.context import Shop
from shop.currencies import in_own_currency
from shop.errors import AisleError, InvalidInput
from shop.money import price_label
from shop.sentences import error_sentence
from web.kinds import AnyRequest
from web.services import services
from web.storefront.forms import own_form, own_path
from web.storefront.render import page
from web.storefront.shelves import Shelf, shelf, stocked
from web.storefront.visitors import Visitor, visitor_of
from web.threads import in_thread

ON_A_SHELF = 10
MOST_ORDERS = 20

buying = Blueprint("storefront_buying")


@buying.get("/cart")
async def cart(request: AnyRequest) -> HTTPResponse:
    """The cart and what goes with it; scripts get how much is in it."""
    shop, visitor = services(request).shop, visitor_of(request)
    if _wants_json(request):
        held = await in_thread(carts.view_cart, shop, visitor.audience("storefront"))
        return json({"count": held.item_count})
    held, shelves = await in_thread(cart_shelves, shop, visitor)
    return await page(request, "cart.html", **_cart_values(held), shelves=shelves, problem=None)


@buying.post("/cart/add")
async def add(request: AnyRequest) -> HTTPResponse:
    """Put an item into the cart; pages with scripts get the new count, others go back to where they were."""
    form = own_form(request)
    shop, visitor = services(request).shop, visitor_of(request)
    audience = visitor.audience("storefront")
    item_id, quantity = form.get("item_id", ""), _quantity(form.get("quantity", "1"))
    slate_id = form.get("slate_id") or None
    try:
        held = await in_thread(carts.add_to_cart, shop, audience, item_id, quantity, slate_id=slate_id)
    except AisleError as problem:
        return await _refused(request, shop, visitor, problem)
    if _wants_json(request):
        return json(
            {"count": held.item_count, "message": shop.phrases.say("storefront-added", visitor.locale)}
        )
    return redirect(own_path(form.get("back", "/cart")), status=303)


@buying.post("/cart/remove")
async def remove(request: AnyRequest) -> HTTPResponse:
    """Take an item out of the cart."""
    item_id = own_form(request).get("item_id", "")
    shop, visitor = services(request).shop, visitor_of(request)
    await in_thread(carts.remove_from_cart, shop, visitor.audience("storefront"), item_id)
    return redirect("/cart", status=303)


@buying.post("/checkout")
async def checkout(request: AnyRequest) -> HTTPResponse:
    """Buy what is in the cart; nothing is paid in this demo."""
    own_form(request)
    shop, visitor = services(request).shop, visitor_of(request)
    if visitor.shopper_id is None:
        return redirect("/login?next=/cart", status=303)
    try:
        order = await in_thread(carts.place_order, shop, visitor.audience("storefront"))
    except AisleError as problem:
        return await _refused(request, shop, visitor, problem)
    return redirect(f"/orders/{order.order_id}?placed=1", status=303)


@buying.get("/orders")
async def order_list(request: AnyRequest) -> HTTPResponse:
    """The shopper's latest orders."""
    shop, visitor = services(request).shop, visitor_of(request)
    found = await in_thread(orders.recent_orders, shop, visitor.audience("orders"), n=MOST_ORDERS)
    return await page(request, "orders.html", orders=[order.payload() for order in found])


@buying.get("/orders/<order_id:str>", unquote=True)
async def order_page(request: AnyRequest, order_id: str) -> HTTPResponse:
    """One order."""
    shop, visitor = services(request).shop, visitor_of(request)
    found = await in_thread(orders.find_order, shop, visitor.audience("orders"), order_id)
    placed = request.args.get("placed") is not None
    return await page(request, "order.html", order=found.payload(), placed=placed)


@buying.get("/coupons")
async def coupon_list(request: AnyRequest) -> HTTPResponse:
    """The shopper's coupons."""
    shop, visitor = services(request).shop, visitor_of(request)
    found = await in_thread(coupons.coupons_for, shop, visitor.audience("coupons"))
    return await page(request, "coupons.html", coupons=found.payload()["coupons"])


def cart_shelves(shop: Shop, visitor: Visitor) -> tuple[Cart, list[Shelf]]:
    """The cart, and a shelf of what goes with it."""
    audience = in_own_currency(shop, visitor.audience("cart"))
    held = carts.view_cart(shop, audience)
    item_ids = [line.product.item_id for line in held.lines]
    if not item_ids:
        again = shelf("for-you", lambda: recommendations.recommend(shop, audience, n=ON_A_SHELF))
        return held, stocked(again)
    beside = shelf(
        "goes-with-cart", lambda: recommendations.goes_with(shop, audience, item_ids, n=ON_A_SHELF)
    )
    return held, stocked(beside)


def _cart_values(held: Cart) -> dict[str, Any]:
    """The cart, and what is charged for it where the total stands in another currency."""
    charged = price_label(held.total_minor, held.currency, held.locale) if held.shown_in else None
    return {"cart": held.payload(), "charged": charged}


async def _refused(request: AnyRequest, shop: Shop, visitor: Visitor, problem: AisleError) -> HTTPResponse:
    sentence = error_sentence(shop.phrases, problem, visitor.locale)
    if _wants_json(request):
        return json(
            {"error": problem.body()["error"] | {"sentence": sentence}},
            status=problem.status,
            ensure_ascii=False,
        )
    held, shelves = await in_thread(cart_shelves, shop, visitor)
    return await page(
        request,
        "cart.html",
        status=problem.status,
        **_cart_values(held),
        shelves=shelves,
        problem=sentence,
    )


def _quantity(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise InvalidInput("quantity must be a number", field="quantity")
    return int(text)


def _wants_json(request: AnyRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")
