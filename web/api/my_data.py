"""A shopper's own data: a copy of it, its erasure, and the receipt."""

from sanic import HTTPResponse

from shop import erasure
from shop.conversations import Conversation
from shop.export import export, file_name
from web.audience import audience_of
from web.downloads import send_file
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import ReceiptOut
from web.services import services
from web.threads import in_thread

api = Operations("my_data")


@api.add("GET", "/api/v1/my-data")
async def read_my_data(request: AnyRequest, conversation: Conversation) -> HTTPResponse | None:
    """Read everything the shop holds on whoever has the session, as one JSON document."""
    shop = services(request).shop
    pieces = await in_thread(export, shop, audience_of(conversation, "api"))
    await send_file(request, file_name(shop), pieces)
    return None


@api.add("DELETE", "/api/v1/my-data")
async def erase_my_data(request: AnyRequest, conversation: Conversation) -> ReceiptOut:
    """Erase everything the shop holds on whoever has the session, which then ends."""
    receipt = await services(request).turns.erase(audience_of(conversation, "api"))
    return ReceiptOut.model_validate(receipt.payload())


@api.add("GET", "/api/v1/erasures/<number:str>")
async def read_receipt(request: AnyRequest, number: str) -> ReceiptOut:
    """Read the receipt of an erasure."""
    receipt = await in_thread(erasure.find_receipt, services(request).shop, number)
    return ReceiptOut.model_validate(receipt.payload())
