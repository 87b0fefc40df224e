"""Draws pages from templates in the visitor's language; whatever stands in them is escaped."""

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic.response import html

from shop import carts, catalogue
from shop.context import Shop
from shop.currencies import in_own_currency
from shop.errors import AisleError, NotFound
from shop.money import Exchange, price_label
from shop.sentences import error_sentence
from shop.shoppers import find_shopper
from web.kinds import AnyRequest
from web.services import services
from web.storefront.visitors import Visitor, visitor_of
from web.threads import in_thread

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = {"en": "English", "zh": "中文"}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, compiled once per process."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


async def page(request: AnyRequest, template: str, *, status: int = 200, **values: Any) -> HTTPResponse:
    """The page for whoever asks, with what stands around every page."""
    shop, visitor = services(request).shop, visitor_of(request)
    around = await in_thread(_around, shop, visitor)
    return html(draw(shop, visitor, request, template, **around, **values), status=status)


def draw(
    shop: Shop,
    visitor: Visitor,
    request: AnyRequest,
    template: str,
    shown_in: Exchange | None = None,
    **values: Any,
) -> str:
    """A template as HTML; prices in the currency of `shown_in`, if one is given."""
    say = partial(_say, shop, visitor.locale)
    return (
        environment()
        .get_template(template)
        .render(
            say=say,
            money=partial(_money, visitor.locale, shown_in),
            locale=visitor.locale,
            languages=LANGUAGES,
            here=request.path + (f"?{request.query_string}" if request.query_string else ""),
            **values,
        )
    )


def error_page(request: AnyRequest, error: AisleError) -> HTTPResponse:
    """What people read when something goes wrong; it needs neither database nor recommender."""
    shop, visitor = services(request).shop, visitor_of(request)
    sentence = error_sentence(shop.phrases, error, visitor.locale)
    around: dict[str, Any] = {"departments": [], "shopper": None, "cart_count": 0}
    body = draw(shop, visitor, request, "error.html", **around, sentence=sentence, status=error.status)
    return html(body, status=error.status)


def _around(shop: Shop, visitor: Visitor) -> Mapping[str, Any]:
    audience = in_own_currency(shop, visitor.audience("page"))
    return {
        "departments": catalogue.departments(shop, visitor.locale),
        "shopper": _shopper_name(shop, visitor),
        "shown_in": audience.shown_in,
        "cart_count": carts.view_cart(shop, audience).item_count,
    }


def _shopper_name(shop: Shop, visitor: Visitor) -> str | None:
    if visitor.shopper_id is None:
        return None
    try:
        return find_shopper(shop, visitor.shopper_id).display_name or visitor.shopper_id
    except NotFound:
        return visitor.shopper_id


def _say(shop: Shop, locale: str, key: str, **values: Any) -> str:
    return shop.phrases.say(f"storefront-{key}", locale, **values)


def _money(locale: str, shown_in: Exchange | None, minor: int, currency: str) -> str:
    return price_label(minor, currency, locale, shown_in)
