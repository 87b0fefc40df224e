"""Products side by side, for the widget and for whoever else holds a session."""

from shop.comparison import compare
from shop.conversations import Conversation
from shop.wishes import Wish
from web.audience import reading_audience
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import ComparisonOut, ComparisonQuery
from web.services import services
from web.threads import in_thread

api = Operations("comparison")


@api.add("GET", "/api/v1/comparison")
async def read_comparison(
    request: AnyRequest, conversation: Conversation, query: ComparisonQuery
) -> ComparisonOut:
    """Compare two to four products: facts, where they differ, and which suits the shopper more."""
    shop = services(request).shop
    audience = await in_thread(reading_audience, shop, conversation, "api")
    item_ids = [item_id for item_id in query.items.split(",") if item_id]
    found = await in_thread(compare, shop, audience, item_ids, Wish(text=query.wish))
    return ComparisonOut.model_validate(found.payload())
