"""The invoice page: for whoever the order belongs to, in their language, and for nobody else."""

import httpx
import pytest
from sqlalchemy import update

from shop.context import Audience
from shop.order_access import claim_order
from shop.order_changes import set_address
from shop.orders import recent_orders
from shop.storage import tables
from tests.web.conftest import Web
from web.tokens import read_visit

ANNA = Audience(shopper_id="anna")


@pytest.fixture
def browser(web: Web) -> httpx.Client:
    """A browser that keeps cookies and follows redirects."""
    return web.client(follow_redirects=True, headers={"Accept": "text/html", "Accept-Language": "en"})


def _number(web: Web) -> str:
    return recent_orders(web.shop, ANNA, 1)[0].order_id


def test_the_owner_reads_it_in_both_languages(web: Web, browser: httpx.Client) -> None:
    address = f"/orders/{_number(web)}/invoice"
    set_address(web.shop, ANNA, "<b>12 Oak</b> Street, Springfield 62701")
    browser.post("/login", data={"shopper_id": "anna"})
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "not a tax invoice" in answer.text
    assert "$13.55" in answer.text
    assert "&lt;b&gt;12 Oak&lt;/b&gt; Street" in answer.text
    assert address in browser.get(f"/orders/{_number(web)}").text
    browser.post("/language", data={"locale": "zh"})
    assert "不是税务发票" in browser.get(address).text


def test_nobody_else_reads_it(web: Web, browser: httpx.Client) -> None:
    address = f"/orders/{_number(web)}/invoice"
    assert browser.get(address).status_code == 404
    browser.post("/login", data={"shopper_id": "ben"})
    assert browser.get(address).status_code == 404


def test_who_proved_the_order_in_the_chat_reads_it_in_the_same_visit(web: Web, browser: httpx.Client) -> None:
    address = f"/orders/{_number(web)}/invoice"
    browser.get("/")
    visit = read_visit(web.shop, browser.cookies["aisle_visit"])
    assert visit is not None
    claim_order(web.shop, Audience(conversation_id=visit.visit_id), _number(web), "anna@example.com")
    assert browser.get(address).status_code == 200
    browser.cookies.clear()
    assert browser.get(address).status_code == 404


def test_a_discount_is_shown(web: Web, browser: httpx.Client) -> None:
    number = _number(web)
    with web.shop.database.write() as connection:
        lines = tables.order_lines
        chosen = (lines.c.order_id == number, lines.c.product_id == "flour")
        connection.execute(update(lines).where(*chosen).values(discount_minor=100))
        connection.execute(update(tables.orders).where(tables.orders.c.id == number).values(total_minor=1255))
    browser.post("/login", data={"shopper_id": "anna"})
    page = browser.get(f"/orders/{number}/invoice").text
    assert "-$1.00" in page
    assert "$12.55" in page
