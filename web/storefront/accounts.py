"""Who one is here: log in as a demo shopper, log out, choose the language, tell the widget and the log."""

import re
from functools import partial

from sanic import Blueprint, HTTPResponse
from sanic.response import json, redirect

from shop import carts
from shop.context import Audience, Shop
from shop.events import record_event
from shop.phrases import Phrases
from shop.shoppers import Shopper, demo_shoppers, find_shopper
from web.kinds import AnyRequest
from web.locales import choose_locale
from web.operations import as_json, read_body
from web.schemas import EventIn, EventOut
from web.services import services
from web.storefront.forms import check_own_page, own_form, own_path
from web.storefront.render import page
from web.storefront.visitors import log_in, remember_language, visitor_of
from web.threads import in_thread
from web.tokens import sign_identity

accounts = Blueprint("storefront_accounts")


@accounts.get("/login")
async def choose(request: AnyRequest) -> HTTPResponse:
    """Whom to be: some shoppers of the demo data."""
    shop = services(request).shop
    shoppers = await in_thread(demo_shoppers, shop)
    about = partial(describe, shop.phrases, visitor_of(request).locale)
    goal = own_path(request.args.get("next", "/"))
    return await page(request, "login.html", shoppers=shoppers, about=about, goal=goal)


@accounts.post("/login")
async def enter(request: AnyRequest) -> HTTPResponse:
    """Go on as the chosen shopper, with what was in the cart."""
    form = own_form(request)
    shop, before = services(request).shop, visitor_of(request)
    shopper = await in_thread(find_shopper, shop, form.get("shopper_id", ""))
    after = log_in(request, shopper.shopper_id)
    if before.shopper_id is None:
        await in_thread(carry_cart, shop, before.visit_id, after.audience("storefront"))
    return redirect(own_path(form.get("next", "/")), status=303)


@accounts.post("/logout")
async def leave(request: AnyRequest) -> HTTPResponse:
    """Go on as nobody."""
    own_form(request)
    log_in(request, None)
    return redirect("/", status=303)


@accounts.post("/language")
async def choose_language(request: AnyRequest) -> HTTPResponse:
    """Go on in another language."""
    form = own_form(request)
    response = redirect(own_path(form.get("back", "/")), status=303)
    locale = choose_locale(services(request).shop, form.get("locale"))
    remember_language(request, response, locale)
    return response


@accounts.get("/identity")
async def identity(request: AnyRequest) -> HTTPResponse:
    """For the widget on our own pages: who this is, signed by the shop."""
    shop, visitor = services(request).shop, visitor_of(request)
    answer = json({"identity": sign_identity(shop, visitor.identity)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@accounts.post("/events")
async def send_event(request: AnyRequest) -> HTTPResponse:
    """What became of an item on a shelf; as POST /api/v1/events, for whoever browses."""
    check_own_page(request)
    body = read_body(EventIn, request.body, request.headers.get("content-type"))
    audience = visitor_of(request).audience("storefront")
    event_id = await in_thread(
        record_event, services(request).shop, audience, body.slate_id, body.item_id, body.kind, body.value
    )
    return as_json(EventOut(event_id=event_id))


def describe(phrases: Phrases, locale: str, shopper: Shopper) -> list[str]:
    """What the demo data tells of a household, as far as there are words for it."""
    told = shopper.demographics
    household = re.sub(r"[^a-z0-9]+", "-", str(told.get("household", "")).lower())
    lines = []
    if told.get("age"):
        lines.append(phrases.say("storefront-login-age", locale, age=told["age"]))
    if f"storefront-household-{household}" in phrases.keys(locale):
        lines.append(phrases.say(f"storefront-household-{household}", locale))
    if told.get("income"):
        lines.append(phrases.say("storefront-login-income", locale, income=told["income"]))
    return lines


def carry_cart(shop: Shop, visit_id: str, audience: Audience) -> None:
    """Move the cart of a visit to the shopper who has just logged in."""
    carts.adopt_cart(shop, Audience(audience.locale, audience.surface, audience.shopper_id, visit_id))
