"""What the shop knows of whoever browses: read it, correct it, pause, take a copy, have it erased."""

from sanic import Blueprint, HTTPResponse
from sanic.response import redirect

from shop import corrections, erasure
from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.export import export, file_name
from shop.profiles import ShopperProfile, profile_for
from shop.receipts import parts_sentence, stamp
from shop.rights import set_consent
from shop.shoppers import find_shopper
from web.downloads import send_file
from web.kinds import AnyRequest, App
from web.services import services
from web.storefront.forms import own_form
from web.storefront.render import page
from web.storefront.visitors import log_in, visitor_of
from web.threads import in_thread

PAGE = "/my-data"
_WITHOUT_VISITORS = ("/api/", "/static/", "/widget", "/health/")

my_data = Blueprint("storefront_my_data")


def part_with_erased(app: App) -> None:
    """Go on as nobody where the shopper of a cookie was erased, in the chat or elsewhere."""

    @app.on_request
    async def _check(request: AnyRequest) -> None:
        if request.path.startswith(_WITHOUT_VISITORS):
            return
        shopper_id = visitor_of(request).shopper_id
        if shopper_id and not await in_thread(_exists, services(request).shop, shopper_id):
            log_in(request, None)


def _exists(shop: Shop, shopper_id: str) -> bool:
    try:
        find_shopper(shop, shopper_id)
    except NotFound:
        return False
    return True


@my_data.get(PAGE)
async def overview(request: AnyRequest) -> HTTPResponse:
    """Everything that is known, and what can be done about it."""
    shop, visitor = services(request).shop, visitor_of(request)
    profile, what = await in_thread(_read, shop, visitor.audience("account"))
    return await page(request, "my_data.html", profile=profile, what=what)


def _read(shop: Shop, audience: Audience) -> tuple[ShopperProfile, str]:
    parts = erasure.preview(shop, audience)
    return profile_for(shop, audience), parts_sentence(shop, parts, audience.locale, kept=False)


@my_data.post(f"{PAGE}/personal")
async def choose(request: AnyRequest) -> HTTPResponse:
    """Pause personal suggestions, or have them again."""
    wanted = own_form(request).get("wanted", "")
    if wanted not in ("yes", "no"):
        raise InvalidInput("wanted must be yes or no", field="wanted")
    audience = visitor_of(request).audience("account")
    await in_thread(set_consent, services(request).shop, audience, "personalisation", wanted == "yes")
    return redirect(PAGE, status=303)


@my_data.post(f"{PAGE}/take-back")
async def take_back(request: AnyRequest) -> HTTPResponse:
    """Forget a correction."""
    correction_id = own_form(request).get("correction_id", "")
    audience = visitor_of(request).audience("account")
    await in_thread(corrections.take_back, services(request).shop, audience, correction_id)
    return redirect(PAGE, status=303)


@my_data.get(f"{PAGE}/file")
async def download(request: AnyRequest) -> None:
    """A copy of everything, as a file."""
    shop, visitor = services(request).shop, visitor_of(request)
    pieces = await in_thread(export, shop, visitor.audience("account"))
    await send_file(request, file_name(shop), pieces)


@my_data.post(f"{PAGE}/erase")
async def erase(request: AnyRequest) -> HTTPResponse:
    """Erase everything; the visitor goes on as nobody, with the receipt."""
    if own_form(request).get("sure") != "yes":
        return redirect(f"{PAGE}#erase", status=303)
    receipt = await services(request).turns.erase(visitor_of(request).audience("account"))
    log_in(request, None)
    return redirect(f"/receipts/{receipt.number}", status=303)


@my_data.get("/receipts/<number:str>")
async def show_receipt(request: AnyRequest, number: str) -> HTTPResponse:
    """The receipt of an erasure."""
    shop, locale = services(request).shop, visitor_of(request).locale
    receipt = await in_thread(erasure.find_receipt, shop, number)
    ended = None if receipt.finished_at is None else stamp(receipt.finished_at, locale)
    return await page(
        request,
        "receipt.html",
        number=receipt.number,
        began=stamp(receipt.requested_at, locale),
        ended=ended,
        deleted=parts_sentence(shop, receipt.parts, locale, kept=False),
        kept=parts_sentence(shop, receipt.parts, locale, kept=True),
    )
