"""The cart, for the widget and for whoever else holds a session."""

from shop import carts
from shop.conversations import Conversation
from web.audience import reading_audience
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import CartItemIn, CartOut
from web.services import services
from web.threads import in_thread

api = Operations("cart")


@api.add("GET", "/api/v1/cart")
async def read_cart(request: AnyRequest, conversation: Conversation) -> CartOut:
    """The cart as it stands."""
    shop = services(request).shop
    audience = await in_thread(reading_audience, shop, conversation)
    cart = await in_thread(carts.view_cart, shop, audience)
    return CartOut.model_validate(cart.payload())


@api.add("POST", "/api/v1/cart/items")
async def add_item(request: AnyRequest, conversation: Conversation, body: CartItemIn) -> CartOut:
    """Put an item into the cart; with a slate id, the log learns which slate earned it."""
    shop = services(request).shop
    audience = await in_thread(reading_audience, shop, conversation)
    cart = await in_thread(
        carts.add_to_cart, shop, audience, body.item_id, body.quantity, slate_id=body.slate_id
    )
    return CartOut.model_validate(cart.payload())


@api.add("DELETE", "/api/v1/cart/items/<item_id:str>")
async def remove_item(request: AnyRequest, conversation: Conversation, item_id: str) -> CartOut:
    """Take an item out of the cart, however many of it there are."""
    shop = services(request).shop
    audience = await in_thread(reading_audience, shop, conversation)
    cart = await in_thread(carts.remove_from_cart, shop, audience, item_id)
    return CartOut.model_validate(cart.payload())
