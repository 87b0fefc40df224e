"""Who browses: a signed cookie for the visit and whoever is logged in, another for the language."""

from dataclasses import dataclass, replace

from sanic.response import BaseHTTPResponse

from shop.context import Audience
from shop.identifiers import new_id
from web.kinds import AnyRequest
from web.locales import accepted_locale, choose_locale
from web.schemas import Locale
from web.services import services
from web.tokens import Identity, read_visit, sign_visit

VISIT_COOKIE = "aisle_visit"
LANGUAGE_COOKIE = "aisle_language"
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class Visitor:
    """One visit of the storefront; `visit_id` is also the id of its conversation with the assistant."""

    visit_id: str
    shopper_id: str | None
    locale: Locale

    def audience(self, surface: str) -> Audience:
        """For whom a page's use cases work."""
        return Audience(self.locale, surface, self.shopper_id, self.visit_id)

    @property
    def identity(self) -> Identity:
        """What the shop vouches for towards the widget."""
        return Identity(self.shopper_id, self.visit_id)


def visitor_of(request: AnyRequest) -> Visitor:
    """The visitor of a request; a new visit begins where there is no cookie of ours."""
    known: Visitor | None = getattr(request.ctx, "visitor", None)
    if known is None:
        shop = services(request).shop
        identity = read_visit(shop, request.cookies.get(VISIT_COOKIE) or "")
        language = request.cookies.get(LANGUAGE_COOKIE)
        header = request.headers.get("accept-language", "")
        locale = choose_locale(shop, language) if language else accepted_locale(shop, header)
        shopper_id = identity.shopper_id if identity else None
        visit_id = identity.visit_id if identity else None
        known = Visitor(visit_id or new_id(), shopper_id, locale)
        request.ctx.visitor = known
        request.ctx.visit_is_new = identity is None
    return known


def log_in(request: AnyRequest, shopper_id: str | None) -> Visitor:
    """Go on as this shopper, or as nobody: a new visit begins, so that nobody sees what another one said."""
    request.ctx.visitor = replace(visitor_of(request), visit_id=new_id(), shopper_id=shopper_id)
    request.ctx.visit_is_new = True
    return visitor_of(request)


def remember(request: AnyRequest, response: BaseHTTPResponse) -> None:
    """Give the visitor the cookie of a visit that has just begun."""
    if getattr(request.ctx, "visit_is_new", False):
        shop, visitor = services(request).shop, visitor_of(request)
        set_cookie(
            request,
            response,
            VISIT_COOKIE,
            sign_visit(shop, visitor.identity),
            shop.settings.session_hours * 3600,
        )


def remember_language(request: AnyRequest, response: BaseHTTPResponse, locale: Locale) -> None:
    """Speak this language to the visitor from now on."""
    set_cookie(request, response, LANGUAGE_COOKIE, locale, _YEAR_S)


def set_cookie(request: AnyRequest, response: BaseHTTPResponse, name: str, value: str, seconds: int) -> None:
    """A cookie that scripts cannot read and that other sites' forms do not send."""
    response.add_cookie(
        name,
        value,
        httponly=True,
        samesite="Lax",
        secure=request.scheme == "https",
        max_age=seconds,
        path="/",
    )
