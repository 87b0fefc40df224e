"""The demo storefront: server-rendered pages over the same use cases as the chat."""

from sanic import HTTPResponse
from sanic.response import json

from shop.context import Shop
from shop.errors import AisleError
from web.kinds import AnyRequest, App


def serve(app: App, shop: Shop) -> None: ...
def error_page(request: AnyRequest, error: AisleError) -> HTTPResponse:
    return json({})
