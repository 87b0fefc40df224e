"""The demo storefront: server-rendered pages over the same use cases as the chat."""

from sanic.response import BaseHTTPResponse

from web.kinds import AnyRequest, App
from web.storefront.accounts import accounts
from web.storefront.buying import buying
from web.storefront.comparing import comparing
from web.storefront.helping import helping
from web.storefront.invoices import invoices
from web.storefront.my_data import my_data, part_with_erased
from web.storefront.pages import pages
from web.storefront.render import error_page
from web.storefront.visitors import remember

__all__ = ["error_page", "serve"]


def serve(app: App) -> None:
    """Add the storefront's pages to the app."""
    for part in (pages, buying, invoices, comparing, accounts, helping, my_data):
        app.blueprint(part)
    part_with_erased(app)

    @app.middleware("response")
    async def _remember(request: AnyRequest, response: BaseHTTPResponse) -> None:
        remember(request, response)
