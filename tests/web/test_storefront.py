"""The demo storefront over HTTP: pages, the cart, the simulated checkout, who one is."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from shop.context import Audience
from shop.currencies import choose_currency
from shop.storage import tables
from tests.web.conftest import ServeWeb, Web
from web.tokens import read_identity


@pytest.fixture
def browser(web: Web) -> httpx.Client:
    """A browser that keeps cookies and follows redirects."""
    return web.client(follow_redirects=True, headers={"Accept": "text/html", "Accept-Language": "en"})


def _log_in(browser: httpx.Client, shopper_id: str = "anna", goal: str = "/") -> httpx.Response:
    return browser.post("/login", data={"shopper_id": shopper_id, "next": goal})


def _rows(web: Web, table: Any) -> list[dict[str, Any]]:
    with web.shop.database.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def _first_card(page: str) -> tuple[str, str]:
    """Slate and item of the first card on a page."""
    return re.findall(r'data-slate="([^"]+)"', page)[0], re.findall(r'data-item="([^"]+)"', page)[0]


def test_home_shows_logged_shelves(web: Web, browser: httpx.Client) -> None:
    page = browser.get("/").text
    assert "More to discover" in page
    assert "Bestsellers" in page
    assert "New in the shop" not in page
    slates = {slate["id"]: slate for slate in _rows(web, tables.slates)}
    assert set(re.findall(r'data-slate="([^"]+)"', page)) == set(slates)
    assert {slate["surface"] for slate in slates.values()} == {"home"}


def test_home_of_a_known_shopper_is_personal(web: Web, browser: httpx.Client) -> None:
    page = _log_in(browser).text
    assert "Good to see you, Anna" in page
    assert "Buy again" in page
    assert "Wheat flour, 5 lb" in page
    assert {slate["shopper_id"] for slate in _rows(web, tables.slates)} == {"anna"}


def test_home_has_a_shelf_of_what_is_new(web: Web, browser: httpx.Client) -> None:
    added = (web.shop.now() - timedelta(days=3)).date()
    with web.shop.database.write() as connection:
        honey = tables.products.c.id == "honey"
        connection.execute(update(tables.products).where(honey).values(added_on=added))
    page = browser.get("/").text
    assert "New in the shop" in page
    assert "New this week" in page


def test_departments_categories_and_search(browser: httpx.Client) -> None:
    dairy = browser.get("/browse", params={"department": "dairy"}).text
    assert "Whole milk, 1 gallon" in dairy
    assert "Dog food" not in dairy.split("<main")[1]
    milk = browser.get("/browse", params={"department": "dairy", "category": "Milk"}).text
    assert "Oat milk" in milk
    assert "cheddar" not in milk
    found = browser.get("/search", params={"q": "coffee"}).text
    assert "Coffee beans" in found
    assert "Nothing matches" in browser.get("/search", params={"q": "zzzzqqqq"}).text
    assert browser.get("/search").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/browse?department=moon",
        "/browse?department=dairy&category=moon",
        "/browse",
        "/product/moon",
        "/orders/1",
    ],
)
def test_what_is_not_there_is_a_page_with_status_404(browser: httpx.Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "Go to the home page" in answer.text


def test_a_product_with_what_is_like_it_and_goes_with_it(web: Web, browser: httpx.Client) -> None:
    page = browser.get("/product/coffee-beans").text
    assert "$8.99" in page
    assert "$10.99" in page
    assert "Coffee filters" in page
    assert {slate["purpose"] for slate in _rows(web, tables.slates)} <= {"similar", "goes_with"}
    assert "Out of stock" in browser.get("/product/croissants").text


def test_from_a_shelf_into_the_cart_and_out_again(web: Web, browser: httpx.Client) -> None:
    page = browser.get("/").text
    slate_id, item_id = _first_card(page)
    answer = browser.post("/cart/add", data={"item_id": item_id, "slate_id": slate_id, "back": "/cart"})
    assert answer.url.path == "/cart"
    assert f'value="{item_id}"' in answer.text
    [event] = _rows(web, tables.events)
    assert (event["kind"], event["slate_id"]) == ("add_to_cart", slate_id)
    assert "Your cart is empty" in browser.post("/cart/remove", data={"item_id": item_id}).text


def test_a_page_with_scripts_gets_the_count(browser: httpx.Client) -> None:
    headers = {"Accept": "application/json"}
    added = browser.post("/cart/add", data={"item_id": "butter", "quantity": "3"}, headers=headers)
    assert added.json() == {"count": 3, "message": "In your cart"}
    assert browser.get("/cart", headers=headers).json() == {"count": 3}
    refused = browser.post("/cart/add", data={"item_id": "croissants"}, headers=headers)
    assert refused.status_code == 409
    assert refused.json()["error"]["sentence"] == "Butter croissants, 4 is sold out."


@pytest.mark.parametrize("quantity", ["0", "-1", "x", "100", "1e9", "²"])
def test_a_senseless_quantity_is_refused(browser: httpx.Client, quantity: str) -> None:
    assert browser.post("/cart/add", data={"item_id": "butter", "quantity": quantity}).status_code == 400


def test_buying(web: Web, browser: httpx.Client) -> None:
    _log_in(browser)
    browser.post("/cart/add", data={"item_id": "honey"})
    placed = browser.post("/checkout")
    assert "Thank you! Your order is placed." in placed.text
    assert "Clover honey, 12 oz" in placed.text
    assert "Clover honey, 12 oz" in browser.get("/orders").text
    assert [event["kind"] for event in _rows(web, tables.events)] == ["add_to_cart", "purchase"]
    again = browser.post("/checkout")
    assert (again.status_code, "Your cart is empty." in again.text) == (409, True)


def test_nobody_buys_without_being_somebody(browser: httpx.Client) -> None:
    browser.post("/cart/add", data={"item_id": "honey"})
    asked = browser.post("/checkout")
    assert asked.url.path == "/login"
    cart = _log_in(browser, goal="/cart")
    assert cart.url.path == "/cart"
    assert "Clover honey" in cart.text  # what was in the cart came along


def test_orders_and_coupons_are_the_shoppers_own(browser: httpx.Client) -> None:
    assert "Log in to see your orders" in browser.get("/orders").text
    assert "Log in to see your coupons" in browser.get("/coupons").text
    _log_in(browser)
    own = re.findall(r'href="/orders/(\d+)"', browser.get("/orders").text)
    assert len(own) == 10
    assert "20% off" in browser.get("/coupons").text
    assert browser.get(f"/orders/{own[0]}").status_code == 200
    _log_in(browser, "ben")
    assert browser.get(f"/orders/{own[0]}").status_code == 404


def test_the_visit_cookie_is_signed_and_out_of_scripts_reach(web: Web, browser: httpx.Client) -> None:
    cookie = browser.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    _log_in(browser)
    header, claims, signature = browser.cookies["aisle_visit"].split(".")
    forged = web.client(cookies={"aisle_visit": f"{header}.{claims}.{signature[:-4]}AAAA"})
    assert "Good to see you" not in forged.get("/").text


def test_the_widget_learns_who_this_is(web: Web, browser: httpx.Client) -> None:
    identity = read_identity(web.shop, browser.get("/identity").json()["identity"])
    assert identity.shopper_id is None
    _log_in(browser)
    anna = read_identity(web.shop, browser.get("/identity").json()["identity"])
    assert anna.shopper_id == "anna"
    assert anna.visit_id != identity.visit_id
    browser.post("/logout")
    after = read_identity(web.shop, browser.get("/identity").json()["identity"])
    assert after.shopper_id is None
    assert after.visit_id not in (identity.visit_id, anna.visit_id)


def test_chat_and_storefront_share_cart_and_slates(web: Web, browser: httpx.Client) -> None:
    page = browser.get("/").text
    slate_id, item_id = _first_card(page)
    visitor = web.visitor(identity=browser.get("/identity").json()["identity"])
    cart = visitor.http.post("/api/v1/cart/items", json={"item_id": item_id, "slate_id": slate_id})
    assert cart.status_code == 200
    assert f'value="{item_id}"' in browser.get("/cart").text


def test_a_shelf_reports_to_the_log(web: Web, browser: httpx.Client) -> None:
    page = browser.get("/").text
    slate_id, item_id = _first_card(page)
    event = {"slate_id": slate_id, "item_id": item_id, "kind": "click"}
    assert browser.post("/events", json=event).status_code == 200
    assert [row["kind"] for row in _rows(web, tables.events)] == ["click"]
    stranger = web.client().post("/events", json=event)
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    "path", ["/cart/add", "/cart/remove", "/checkout", "/login", "/logout", "/language", "/events"]
)
@pytest.mark.parametrize("sign", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_forms_of_other_sites_are_refused(browser: httpx.Client, path: str, sign: dict[str, str]) -> None:
    answer = browser.post(path, headers=sign | {"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_form")


@pytest.mark.parametrize(
    "goal", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", ""]
)
def test_no_form_leads_elsewhere(web: Web, goal: str) -> None:
    answer = web.client().post("/login", data={"shopper_id": "anna", "next": goal})
    assert answer.headers["location"] == "/"


def test_the_language_follows_the_browser_and_the_choice(web: Web) -> None:
    client = web.client(
        follow_redirects=True, headers={"Accept-Language": "de, zh-CN;q=0.8", "Accept": "text/html"}
    )
    assert "热销商品" in client.get("/").text
    assert '<html lang="zh-Hans">' in client.get("/").text
    english = client.post("/language", data={"locale": "en", "back": "/coupons"})
    assert english.url.path == "/coupons"
    assert "Log in to see your coupons" in english.text


def test_pages_live_without_the_recommender(web: Web, browser: httpx.Client) -> None:
    folder = web.shop.settings.recommender_dir
    folder.rename(folder.with_name("away"))
    assert browser.get("/").status_code == 200
    assert "Wheat flour" in browser.get("/product/flour").text


def test_names_are_escaped(web: Web, browser: httpx.Client) -> None:
    with web.shop.database.write() as connection:
        connection.execute(tables.products.update().values(name="<script>alert(1)</script>", brand='"><b>'))
    for path in ("/", "/product/flour", "/search?q=<script>alert(1)</script>", "/browse?department=dairy"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert '"><b>' not in page


def test_every_phrase_of_every_page_exists_in_both_languages(serve: ServeWeb) -> None:
    web = serve()
    templates = (web_templates := __import__("web.storefront.render", fromlist=["TEMPLATES"]).TEMPLATES).glob(
        "*.html"
    )
    assert web_templates.exists()
    used = {
        key for template in templates for key in re.findall(r'say\(["\']([\w-]+)["\']', template.read_text())
    }
    for locale in ("en", "zh"):
        known = {key.removeprefix("storefront-") for key in web.shop.phrases.keys(locale)}
        assert used - {"shelf-"} <= known


def test_prices_stand_in_the_visitors_currency_and_the_cart_says_what_is_charged(
    web: Web, browser: httpx.Client
) -> None:
    _log_in(browser)
    choose_currency(web.shop, Audience(shopper_id="anna"), "EUR")
    assert "about €" in browser.get("/").text
    assert "about €" in browser.get("/product/rice").text
    browser.post("/cart/add", data={"item_id": "rice"})
    cart = browser.get("/cart").text
    assert "about €" in cart
    assert "You pay $2.99, in the shop" in cart
