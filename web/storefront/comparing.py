"""Products side by side."""

from sanic import Blueprint, HTTPResponse

from shop.comparison import compare
from shop.currencies import in_own_currency
from shop.wishes import Wish
from web.guard import MAX_CHARACTERS
from web.kinds import AnyRequest
from web.services import services
from web.storefront.render import page
from web.storefront.visitors import visitor_of
from web.threads import in_thread

comparing = Blueprint("storefront_comparing")


@comparing.get("/compare")
async def side_by_side(request: AnyRequest) -> HTTPResponse:
    """Two to four products, named by id with commas between, and a wish that they should fit, if any."""
    shop, visitor = services(request).shop, visitor_of(request)
    item_ids = [item_id for item_id in request.args.get("items", "").split(",") if item_id]
    wish = Wish(text=request.args.get("wish", "").strip()[:MAX_CHARACTERS] or None)
    audience = await in_thread(in_own_currency, shop, visitor.audience("compare"))
    found = await in_thread(compare, shop, audience, item_ids, wish)
    simulated = any(item.product.simulated for item in found.slate.items)
    return await page(request, "compare.html", comparison=found.payload(), simulated=simulated)
