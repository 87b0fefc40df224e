"""The widget in a real browser, on the storefront, with a stand-in for Rasa."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from shop.comparison import compare
from shop.context import Audience, Shop
from shop.recommendations import recommend
from shop.storage import tables
from tests.browser.conftest import Chat, OpenPage
from tests.web.conftest import Web
from tests.web.fake_rasa import Reply, echo, raw, says, slow

pytestmark = pytest.mark.browser


def suggests(shop: Shop, *more: dict[str, Any]) -> Reply:
    """Answer with a real slate, as the action server would."""

    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        meta = turn["metadata"]
        audience = Audience(
            meta["locale"], "chat", meta["shopper_id"], meta["conversation_id"], turn["turn_id"]
        )
        return says({"text": "How about these?", **recommend(shop, audience, n=4).payload()}, *more)(turn)

    return reply


def test_a_conversation_and_its_history(web: Web, chat: Chat) -> None:
    chat.open()
    expect(chat.log).to_contain_text("I am the shop's assistant, a program")
    chat.say("hello there")
    expect(chat.log).to_contain_text("heard: hello there")
    chat.page.reload()
    expect(chat.page.get_by_role("dialog")).to_be_visible()
    expect(chat.log).to_contain_text("heard: hello there")
    assert chat.rows() == ["hello there", "heard: hello there"]
    assert len(web.rasa.turns) == 1
    assert chat.complaints == []


def test_cards_go_into_the_cart_and_the_log(web: Web, chat: Chat) -> None:
    web.rasa.reply = suggests(web.shop)
    chat.open()
    chat.say("what do you recommend?")
    card = chat.widget.locator(".card").nth(1)
    card.get_by_role("button", name=re.compile("^Add .* to the cart$")).click()
    expect(card).to_contain_text("In your cart")
    expect(chat.page.locator("[data-count]")).to_have_text("1")
    with web.shop.database.read() as connection:
        [event] = connection.execute(
            select(tables.events).where(tables.events.c.kind == "add_to_cart")
        ).mappings()
        shown = select(tables.impressions).where(tables.impressions.c.slate_id == event["slate_id"])
        items = {row["item_id"] for row in connection.execute(shown).mappings()}
    assert event["item_id"] in items
    chat.page.keyboard.press("Escape")
    chat.page.locator("[data-basket]").click()
    expect(chat.page.locator(".lines li")).to_have_count(1)
    assert chat.complaints == []


def test_a_comparison_is_a_table_that_names_its_columns_and_marks_the_better(web: Web, chat: Chat) -> None:
    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        audience = Audience(conversation_id=turn["conversation_id"])
        found = compare(web.shop, audience, ["coffee-beans", "coffee-ground"])
        return says({"text": "Ground coffee costs less.", **found.payload()})(turn)

    web.rasa.reply = reply
    chat.open()
    chat.say("compare the first two")
    table = chat.widget.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Coffee beans, 12 oz", "Ground coffee, 12 oz"])
    price = table.get_by_role("row", name=re.compile("^Price "))
    expect(price.get_by_role("cell").nth(1)).to_have_text("$8.49 (better)")
    expect(chat.log).to_contain_text("Ground coffee costs less.")
    assert chat.complaints == []


def test_a_card_can_be_asked_about_and_sent_away(web: Web, chat: Chat) -> None:
    web.rasa.reply = suggests(web.shop)
    chat.open()
    chat.say("what do you recommend?")
    first = chat.widget.locator(".card").first
    name = first.locator(".name").inner_text()
    first.get_by_role("button", name=f"Why is {name} shown?").click()
    expect(chat.log).to_contain_text(f"Why do you show me {name}?")
    expect(chat.widget.locator(".card")).to_have_count(8)
    assert web.rasa.turns[-1]["button"]["intent"] == "explain_recommendation"
    first.get_by_role("button", name=f"Do not show {name} again").click()
    expect(chat.log).to_contain_text("You will not see this one again")
    with web.shop.database.read() as connection:
        kinds = connection.execute(select(tables.events.c.kind)).scalars().all()
    assert "dismiss" in kinds


def test_quick_replies_are_pressed_once(web: Web, chat: Chat) -> None:
    web.rasa.reply = says(
        {
            "kind": "buttons",
            "text": "Which?",
            "buttons": [{"title": "Milk", "intent": "refine", "entities": {}}],
        }
    )
    chat.open()
    chat.say("hm")
    expect(chat.log).to_contain_text("Which?")
    web.rasa.reply = echo
    chat.widget.get_by_role("button", name="Milk").click()
    expect(chat.log).to_contain_text('heard: {"entities": {}, "intent": "refine"}')
    expect(chat.widget.locator(".replies .chip:visible")).to_have_count(0)


def test_everything_works_by_keyboard(web: Web, chat: Chat) -> None:
    web.rasa.reply = suggests(web.shop)
    page = chat.page
    chat.widget.locator(".launcher").focus()
    page.keyboard.press("Enter")
    expect(chat.widget.locator("textarea")).to_be_focused()
    page.keyboard.type("what do you recommend?")
    page.keyboard.press("Enter")
    expect(chat.widget.locator(".card")).to_have_count(4)
    expect(chat.widget.locator("textarea")).to_be_focused()
    chat.widget.locator(".card .name").first.focus()
    page.keyboard.press("ArrowRight")
    expect(chat.widget.locator(".card .name").nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(chat.widget.locator(".card .add").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.widget.locator(".card").nth(1)).to_contain_text("In your cart")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(chat.widget.locator(".launcher")).to_be_focused()


def test_a_message_survives_being_offline(web: Web, chat: Chat) -> None:
    chat.open()
    chat.say("before")
    expect(chat.log).to_contain_text("heard: before")
    chat.page.context.set_offline(True)
    chat.say("while away")
    expect(chat.log).to_contain_text("You are offline")
    chat.page.context.set_offline(False)
    expect(chat.log).to_contain_text("heard: while away")
    expect(chat.log).not_to_contain_text("You are offline")
    assert [turn["text"] for turn in web.rasa.turns] == ["before", "while away"]


def test_a_lost_answer_is_fetched_without_saying_it_twice(web: Web, chat: Chat) -> None:
    chat.open()
    chat.say("first")
    expect(chat.log).to_contain_text("heard: first")
    lost = []

    def lose_once(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    chat.page.route("**/api/v1/messages", lose_once)
    chat.say("second")
    expect(chat.log).to_contain_text("heard: second")
    expect(chat.log.locator(".state")).to_have_count(0)
    chat.page.wait_for_timeout(2500)  # the outbox tries again meanwhile
    assert [turn["text"] for turn in web.rasa.turns] == ["first", "second"]
    assert chat.rows() == ["first", "heard: first", "second", "heard: second"]


def test_a_broken_assistant_is_admitted_and_a_person_offered(web: Web, chat: Chat) -> None:
    web.rasa.reply = raw(500, b"")
    chat.open()
    chat.say("help")
    expect(chat.log).to_contain_text("I cannot answer right now")
    chat.log.get_by_role("button", name="Talk to a person").click()
    expect(chat.log).to_contain_text("asked our staff to join")
    expect(chat.widget.locator(".footnote")).to_contain_text("Our staff will answer here")


def test_typing_is_shown_while_the_answer_is_on_its_way(web: Web, chat: Chat) -> None:
    web.rasa.reply = slow(1.0)
    chat.open()
    chat.say("hello")
    expect(chat.widget.locator(".typing")).to_be_visible()
    expect(chat.log).to_contain_text("heard: hello")
    expect(chat.widget.locator(".typing")).to_be_hidden()


def test_staff_are_heard_live_and_in_a_second_tab(web: Web, chat: Chat) -> None:
    from shop.conversations import say

    chat.open()
    chat.say("hello")
    expect(chat.log).to_contain_text("heard: hello")
    second = Chat(chat.page.context.new_page())
    second.page.goto(web.url)
    second.open()
    expect(second.log).to_contain_text("heard: hello")
    say(web.shop, web.rasa.turns[0]["conversation_id"], "staff", [{"kind": "text", "text": "Kim here."}])
    second.say("wake up")
    expect(second.log).to_contain_text("Kim here.")
    assert second.rows()[2:] == ["Kim here.", "wake up", "heard: wake up"]


def test_another_shopper_sees_nothing_of_the_first(web: Web, chat: Chat) -> None:
    _log_in(chat, web, "anna")
    chat.open()
    chat.say("anna's secret")
    expect(chat.log).to_contain_text("heard: anna's secret")
    _log_in(chat, web, "ben")
    expect(chat.log).to_contain_text("I am the shop's assistant")
    chat.say("hello")
    expect(chat.log).to_contain_text("heard: hello")
    assert "secret" not in chat.log.inner_text()
    assert [turn["metadata"]["shopper_id"] for turn in web.rasa.turns] == ["anna", "ben"]


def _log_in(chat: Chat, web: Web, shopper_id: str) -> None:
    chat.page.goto(f"{web.url}/login")
    chat.page.locator(f"button[value={shopper_id}]").click()
    chat.page.wait_for_url(f"{web.url}/")


def test_the_language_follows_the_shopper(web: Web, chat: Chat) -> None:
    chat.open()
    chat.say("hello")
    expect(chat.log).to_contain_text("heard: hello")
    chat.widget.get_by_role("button", name="Switch the chat to Chinese").click()
    expect(chat.page.get_by_role("dialog", name="购物助手")).to_be_visible()
    expect(chat.log).to_contain_text("heard: hello")
    chat.say("你好")
    expect(chat.log).to_contain_text("heard: 你好")
    assert web.rasa.turns[-1]["metadata"]["locale"] == "zh"
    chat.page.reload()
    expect(chat.page.get_by_role("dialog", name="购物助手")).to_be_visible()


def test_on_a_phone_the_panel_fills_the_screen(web: Web, open_page: OpenPage) -> None:
    chat = open_page(web.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    chat.open()
    dialog = chat.page.get_by_role("dialog").element_handle()
    assert dialog is not None
    dialog.wait_for_element_state("stable")  # it grows into its place
    box = dialog.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (390, 844)
