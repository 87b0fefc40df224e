"""The whole system, started the way a shop would start it, in a real browser."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from shop.storage import tables
from tests.browser.conftest import OpenPage
from tests.live import LiveAisle

pytestmark = [pytest.mark.browser, pytest.mark.live]


def test_from_the_storefront_through_the_chat_into_the_cart_and_the_log(
    live_aisle: LiveAisle, open_page: OpenPage
) -> None:
    chat = open_page(f"{live_aisle.url}/login", viewport={"width": 1280, "height": 900})
    chat.page.locator(".people button").first.click()
    chat.page.wait_for_url(f"{live_aisle.url}/")
    chat.open()
    chat.say("Can you recommend something?")
    card = chat.widget.locator(".card").first
    expect(card).to_be_visible()
    item_id = card.get_attribute("data-item")
    card.get_by_role("button", name=re.compile("^Add .* to the cart$")).click()
    expect(card).to_contain_text("In your cart")
    expect(chat.page.locator("[data-count]")).not_to_have_text("0")
    event, slate = _what_the_log_says(live_aisle, str(item_id))
    assert slate["surface"] == "chat"
    assert slate["shopper_id"] == event["shopper_id"] is not None
    assert slate["turn_id"]
    assert chat.complaints == []


def _what_the_log_says(aisle: LiveAisle, item_id: str) -> tuple[dict[str, object], dict[str, object]]:
    """The add_to_cart event of the item, and the slate that it names."""
    wanted = (tables.events.c.kind == "add_to_cart") & (tables.events.c.item_id == item_id)
    database = aisle.open_database()
    with database.read() as connection:
        [event] = connection.execute(select(tables.events).where(wanted)).mappings()
        chosen = select(tables.slates).where(tables.slates.c.id == event["slate_id"])
        [slate] = connection.execute(chosen).mappings()
    database.close()
    return dict(event), dict(slate)
