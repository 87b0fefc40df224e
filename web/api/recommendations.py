"""Recommendations for the shop's own server."""

from collections.abc import Callable

from shop.context import Audience
from shop.recommendations import bestsellers, buy_again, new_products, recommend
from shop.slates import Slate
from web.kinds import AnyRequest
from web.locales import choose_locale
from web.operations import Operations
from web.schemas import RecommendationsOut, RecommendationsQuery
from web.services import services
from web.threads import in_thread

api = Operations("recommendations")
PURPOSES: dict[str, Callable[..., Slate]] = {
    "recommend": recommend,
    "buy_again": buy_again,
    "new": new_products,
    "popular": bestsellers,
}


@api.add("GET", "/recommendations", access="api_key")
async def read_recommendations(request: AnyRequest, query: RecommendationsQuery) -> RecommendationsOut:
    """Recommend items to a shopper; somebody unknown gets what fits a new shopper."""
    shop = services(request).shop
    audience = Audience(locale=choose_locale(shop, query.locale), surface="api", shopper_id=query.user_id)
    slate = await in_thread(PURPOSES[query.purpose], shop, audience, n=query.n)
    payload = slate.payload()
    items = payload["items"]
    return RecommendationsOut(
        recommendations=[item["item_id"] for item in items],
        slate_id=payload["slate_id"] if items else None,
        items=items,
    )
