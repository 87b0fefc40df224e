"""Script, markup and tricks in names, messages and addresses; and pages that allow next to nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from shop.context import Shop
from shop.storage import tables
from tests.browser.conftest import Chat, OpenPage
from tests.browser.test_chat import suggests
from tests.web.conftest import ServeWeb, Web
from tests.web.fake_rasa import says

pytestmark = pytest.mark.browser

ATTACKS = (
    '<img src=x onerror="window.owned=1">',
    "<script>window.owned=1</script>",
    '"><svg onload=window.owned=1>',
    "{{constructor.constructor('window.owned=1')()}}",
    "\u202egnp.tca\u202c \u2066x",
    "A" * 10_000,
)


def _rename_everything(shop: Shop) -> None:
    with shop.database.write() as connection:
        ids = sorted(connection.execute(tables.products.select()).scalars())
        for place, item_id in enumerate(ids):
            hostile = {"name": ATTACKS[place % len(ATTACKS)], "brand": ATTACKS[(place + 1) % len(ATTACKS)]}
            connection.execute(
                update(tables.products).where(tables.products.c.id == item_id).values(**hostile)
            )


def _is_unharmed(chat: Chat) -> bool:
    unharmed = not chat.page.evaluate("window.owned") and chat.complaints == []
    width = chat.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return unharmed and width <= 0


def test_hostile_product_names_stay_text(web: Web, open_page: OpenPage) -> None:
    _rename_everything(web.shop)
    web.rasa.reply = suggests(web.shop)
    chat = open_page(web.url)
    assert _is_unharmed(chat)
    chat.open()
    chat.say("what do you recommend?")
    expect(chat.widget.locator(".card")).to_have_count(4)
    assert chat.widget.locator(".card img[onerror], .card script, .card svg[onload]").count() == 0
    chat.widget.locator(".card .add").first.click()
    expect(chat.widget.locator(".card").first).to_contain_text("In your cart")
    assert _is_unharmed(chat)
    for path in (
        "/product/butter",
        "/cart",
        "/search?q=<script>alert(1)</script>",
        "/browse?department=dairy",
    ):
        chat.page.goto(web.url + path)
        assert _is_unharmed(chat), path


def test_hostile_messages_stay_text(web: Web, open_page: OpenPage) -> None:
    chat = open_page(web.url)
    chat.open()
    for attack in ATTACKS[:5]:
        web.rasa.reply = says(
            {"kind": "text", "text": attack}, {"kind": "notice", "code": "x", "text": attack}
        )
        chat.say(attack)
    expect(chat.log.locator(".notice")).to_have_count(5)
    assert chat.log.locator("img, script").count() == 0
    assert _is_unharmed(chat)


def test_addresses_that_run_code_are_not_followed(web: Web, open_page: OpenPage) -> None:
    item: dict[str, Any] = {"item_id": "x", "name": "Bait", "price": 1.0, "currency": "USD", "in_stock": True}
    item |= {
        "image": "javascript:1",
        "url": "javascript:window.owned=1",
        "reasons": [],
        "actions": [],
    }
    web.rasa.reply = says({"kind": "slate", "slate_id": "s" * 22, "items": [item]})
    chat = open_page(web.url)
    chat.open()
    chat.say("hi")
    name = chat.widget.locator(".card .name")
    expect(name).to_have_text("Bait")
    assert name.get_attribute("href") is None
    assert chat.widget.locator(".card img").count() == 0


@contextmanager
def _elsewhere(aisle: str) -> Iterator[str]:
    """Another shop's page with a strict policy, which embeds the widget with one script tag."""
    policy = f"default-src 'none'; script-src {aisle}; connect-src {aisle}; img-src {aisle}"
    tag = f'<script src="{aisle}/widget.js" async></script>'
    page = f'<!doctype html><html lang="en"><title>Elsewhere</title>{tag}'

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode() if self.path == "/" else b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_one_script_tag_on_another_site_with_a_strict_policy(serve: ServeWeb, open_page: OpenPage) -> None:
    web = serve(allowed_origins="*")
    web.rasa.reply = suggests(web.shop)
    with _elsewhere(web.url) as elsewhere:
        chat = open_page(elsewhere)
        chat.open()
        chat.say("what do you recommend?")
        expect(chat.widget.locator(".card")).to_have_count(4)
        chat.widget.locator(".card .add").first.click()
        expect(chat.widget.locator(".card").first).to_contain_text("In your cart")
        assert [said for said in chat.complaints if "Content Security Policy" in said] == []


def test_a_site_that_is_not_allowed_gets_no_session(serve: ServeWeb, open_page: OpenPage) -> None:
    web = serve(allowed_origins="https://shop.example")
    with _elsewhere(web.url) as elsewhere:
        chat = open_page(elsewhere)
        chat.open()
        chat.page.wait_for_timeout(500)
        assert any("CORS" in said for said in chat.complaints)
        assert web.rasa.turns == []
