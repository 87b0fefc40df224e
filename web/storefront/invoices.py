"""The page of an order's invoice, fit for printing."""

from sanic import Blueprint, HTTPResponse

from shop.invoices import invoice_of
from web.kinds import AnyRequest
from web.services import services
from web.storefront.render import page
from web.storefront.visitors import visitor_of
from web.threads import in_thread

invoices = Blueprint("storefront_invoices")


@invoices.get("/orders/<order_id:str>/invoice", unquote=True)
async def invoice_page(request: AnyRequest, order_id: str) -> HTTPResponse:
    """The invoice of one of the visitor's orders; not kept by browsers or proxies."""
    shop, visitor = services(request).shop, visitor_of(request)
    found = await in_thread(invoice_of, shop, visitor.audience("orders"), order_id)
    response = await page(request, "invoice.html", invoice=found.payload())
    response.headers["Cache-Control"] = "no-store"
    return response
