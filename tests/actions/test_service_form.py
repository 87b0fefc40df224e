"""What shoppers do with orders, turn by turn: filled, corrected, interrupted, left."""

from typing import Any

import pytest
from sqlalchemy import select, update

from shop.carts import add_to_cart, place_order
from shop.context import Audience, Shop
from shop.order_changes import address_of
from shop.orders import Order, find_order, recent_orders
from shop.storage import tables
from tests.actions.form_chat import FormChat
from tests.conftest import FakeClock

ADDRESS = "Anna Baker, 12 Oak Street, Springfield 62701"


@pytest.fixture
def chat(small_shop: Shop, anna: Audience, clock: FakeClock) -> FormChat:
    """With a baker who is logged in; her latest order is on its way, the others came."""
    return FormChat(small_shop, anna, clock)


@pytest.fixture
def stranger(small_shop: Shop, visitor: Audience, clock: FakeClock) -> FormChat:
    """With somebody who is not logged in."""
    return FormChat(small_shop, visitor, clock)


def order_now(chat: FormChat, **items: int) -> Order:
    for item, quantity in items.items():
        add_to_cart(chat.shop, chat.audience, item, quantity)
    chat.clock.advance(minutes=1)
    return place_order(chat.shop, chat.audience)


def delivered(chat: FormChat) -> Order:
    return next(
        order
        for order in recent_orders(chat.shop, Audience(shopper_id="anna"))
        if order.status == "delivered"
    )


def requests(chat: FormChat) -> list[dict[str, Any]]:
    with chat.shop.database.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(tables.service_requests))]


async def test_the_open_order_is_proposed_and_cancelled_on_a_yes(chat: FormChat) -> None:
    order = order_now(chat, flour=2)
    asked = await chat.ask("please cancel my order", "cancel_order")
    assert (asked["response"], asked["order_id"]) == ("utter_confirm_cancel", order.order_id)
    assert (asked["custom"]["kind"], asked["total"]) == ("order", "$6.58")
    done = await chat.ask("yes", "affirm")
    assert (done["response"], done["custom"]["status"]) == ("utter_cancelled", "cancelled")
    assert chat.is_idle
    assert find_order(chat.shop, chat.audience, order.order_id).status == "cancelled"


@pytest.mark.parametrize("said", [("no", "deny"), ("never mind", "nlu_fallback"), ("算了", "out_of_scope")])
async def test_a_no_leaves_everything_as_it_is(chat: FormChat, said: tuple[str, str]) -> None:
    order = order_now(chat, flour=2)
    await chat.hear("cancel my order", "cancel_order")
    assert (await chat.ask(*said))["response"] == "utter_service_left"
    assert chat.is_idle
    assert find_order(chat.shop, chat.audience, order.order_id).status == "placed"


async def test_cancel_it_is_a_yes_to_cancelling(chat: FormChat) -> None:
    order_now(chat, flour=2)
    await chat.hear("cancel my order", "cancel_order")
    assert (await chat.ask("cancel it", "cancel_order"))["response"] == "utter_cancelled"


async def test_another_order_by_button_or_number(chat: FormChat) -> None:
    first, second = order_now(chat, flour=1), order_now(chat, sugar=1)
    asked = await chat.ask("cancel my order", "cancel_order")
    assert asked["order_id"] == second.order_id
    asked = await chat.ask_button(asked, 0)
    assert asked["order_id"] == first.order_id
    asked = await chat.ask(f"no, {second.order_id}", "deny", order_id=second.order_id)
    assert asked["order_id"] == second.order_id
    await chat.hear("yes", "affirm")
    assert find_order(chat.shop, chat.audience, first.order_id).status == "placed"
    assert find_order(chat.shop, chat.audience, second.order_id).status == "cancelled"


async def test_too_late_to_cancel_is_said_with_what_helps(chat: FormChat) -> None:
    said = await chat.ask("cancel my order", "cancel_order")
    assert said["response"] == "utter_not_possible"
    assert "already left" in said["sentence"]
    assert [button["intent"] for button in said["buttons"]] == ["track_order", "contact_human_agent"]
    assert chat.is_idle


async def test_somebody_elses_order_is_as_unknown_as_none(chat: FormChat) -> None:
    order_now(chat, flour=1)
    for number in ("1015", "9999"):
        said = await chat.ask(f"cancel order {number}", "cancel_order", order_id=number)
        assert said["response"] == "utter_ask_order"
        assert said["lead"] == f"I can't find order {number} among yours. "
    assert requests(chat) == []


async def test_a_return_from_order_to_number(chat: FormChat) -> None:
    asked = await chat.ask("I want to return something", "return_product")
    assert asked["response"] == "utter_ask_order"
    asked = await chat.ask_button(asked, 0)
    assert (asked["response"], len(asked["buttons"])) == ("utter_ask_items", 4)
    asked = await chat.ask("the second one", "nlu_fallback", ordinal=("2", "second"))
    assert asked["response"] == "utter_ask_reason_return"
    asked = await chat.ask("I bought too much", "search_product")
    assert (asked["response"], asked["items"]) == ("utter_confirm_return", "Cane sugar, 4 lb")
    assert (asked["reason"], asked["amount"]) == ("I bought too much", "$3.19")
    done = await chat.ask("yes please", "affirm")
    assert done["response"] == "utter_return_agreed"
    (made,) = requests(chat)
    assert (made["kind"], made["lines"], made["reason"]) == (
        "return",
        [{"item_id": "sugar", "quantity": 1}],
        "I bought too much",
    )
    assert chat.is_idle


async def test_what_is_named_at_the_start_is_not_asked_again(chat: FormChat) -> None:
    asked = await chat.ask("I want to return the flour", "return_product", product="flour")
    assert (asked["response"], chat.slots["service_items"]) == ("utter_ask_reason_return", {"flour": 1})


async def test_a_question_between_is_answered_and_the_form_goes_on(chat: FormChat) -> None:
    await chat.hear("I want to return the flour", "return_product", product="flour")
    answer, again = await chat.hear("do I have to pay for that?", "return_policy")
    assert again["response"] == "utter_ask_reason_return"
    assert again["lead"] == "Back to your return. "
    assert answer["response"] != again["response"]
    order, again = await chat.hear("and where is my order?", "track_order")
    assert (order["response"], again["response"]) == ("utter_orders", "utter_ask_reason_return")
    asked = await chat.ask_button(
        {"buttons": [{"intent": "return_product", "entities": {"choice": "not_wanted"}}]}, 0
    )
    assert (asked["response"], asked["reason"], asked["lead"]) == (
        "utter_confirm_return",
        "not needed any more",
        "",
    )


async def test_the_items_can_be_corrected_at_the_end(chat: FormChat) -> None:
    await chat.hear("I want to return the flour", "return_product", product="flour")
    await chat.hear("too much of it", "nlu_fallback")
    asked = await chat.ask("no, the sugar", "deny", product="sugar")
    assert (asked["response"], asked["items"]) == ("utter_confirm_return", "Cane sugar, 4 lb")


async def test_an_item_that_is_not_there_and_a_place_that_is_not(chat: FormChat) -> None:
    order = delivered(chat)
    await chat.hear("return", "return_product", order_id=order.order_id)
    asked = await chat.ask("number 9", "nlu_fallback")
    assert (asked["response"], asked["lead"]) == ("utter_ask_items", "There aren't that many in this order. ")
    answer, asked = await chat.hear("blah", "nlu_fallback")
    assert (answer["response"], asked["response"]) != ("utter_ask_items", "utter_ask_items")
    assert asked["lead"] == "Back to your return. "


async def test_fresh_food_is_not_taken_back_but_may_be_spoiled(chat: FormChat) -> None:
    said = await chat.ask("return the butter", "return_product", product="butter")
    assert said["response"] == "utter_not_possible"
    assert "fresh or frozen" in said["sentence"]
    assert said["buttons"][0]["intent"] == "damaged_item"
    asked = await chat.ask_button(said, 0)
    assert asked["response"] == "utter_ask_items"
    asked = await chat.ask("the butter, it went bad", "damaged_item", product="butter")
    assert asked["response"] == "utter_ask_wish_damaged"
    asked = await chat.ask("my money back please", "get_refund")
    assert (asked["reason"], asked["wish"]) == ("it arrived spoiled", "$4.59 back")
    assert (await chat.ask("yes", "affirm"))["response"] == "utter_request_open"


async def test_damage_told_in_time_is_settled_at_once(chat: FormChat) -> None:
    order = delivered(chat)
    with chat.shop.database.write() as connection:
        mine = tables.orders.c.id == order.order_id
        connection.execute(update(tables.orders).where(mine).values(delivered_at=chat.shop.now()))
    await chat.hear("the flour arrived broken", "damaged_item", product="flour")
    asked = await chat.ask("a new one", "exchange_product")
    assert (asked["response"], asked["wish"]) == ("utter_confirm_damaged", "a new one")
    assert (await chat.ask("yes", "affirm"))["response"] == "utter_replacement_agreed"


async def test_another_wish_takes_over(chat: FormChat) -> None:
    order = order_now(chat, sugar=1)
    await chat.hear("return the flour", "return_product", product="flour")
    asked = await chat.ask("actually cancel my new order", "cancel_order")
    assert (asked["response"], asked["order_id"]) == ("utter_confirm_cancel", order.order_id)


async def test_a_related_wish_keeps_order_and_item(chat: FormChat) -> None:
    await chat.hear("return the flour", "return_product", product="flour")
    await chat.hear("too coarse", "nlu_fallback")
    asked = await chat.ask("can I exchange it instead", "exchange_product")
    assert (asked["response"], chat.slots["service_items"]) == ("utter_ask_reason_exchange", {"flour": 1})


async def test_a_person_gets_what_was_filled_and_the_form_is_left(chat: FormChat) -> None:
    await chat.hear("return the flour", "return_product", product="flour")
    (said,) = await chat.hear("let me talk to a person", "contact_human_agent")
    assert said["custom"]["form"]["service_kind"] == "return"
    assert said["custom"]["form"]["service_items"] == {"flour": 1}
    assert chat.loop is None
    assert (await chat.ask("hello", "greet"))["response"].startswith("utter_greet")


async def test_starting_over_forgets_the_form(chat: FormChat) -> None:
    await chat.hear("return the flour", "return_product", product="flour")
    (said,) = await chat.hear("start over", "restart")
    assert said["response"] == "utter_started_over"
    assert chat.is_idle


async def test_an_offer_between_is_answered_before_the_form_goes_on(chat: FormChat) -> None:
    await chat.hear("return", "return_product", order_id=delivered(chat).order_id)
    (offer,) = await chat.hear("this is annoying", "complaint")
    assert offer["response"] == "utter_complaint"
    answer, again = await chat.hear("no", "deny")
    assert (answer["response"], again["response"]) == ("utter_no_handoff", "utter_ask_items")


async def test_fewer_or_none_of_an_item(chat: FormChat) -> None:
    order = order_now(chat, flour=3, sugar=1)
    asked = await chat.ask("change the flour in my order", "change_order", product="flour")
    assert (asked["response"], asked["quantity"]) == ("utter_ask_quantity", 3)
    asked = await chat.ask("5", "nlu_fallback")
    assert asked["lead"] == "It can only be fewer than there are now. "
    asked = await chat.ask("2 please", "nlu_fallback")
    assert (asked["response"], asked["kept"], asked["amount"]) == ("utter_confirm_fewer", "2", "$3.29")
    await chat.hear("ok", "affirm")
    asked = await chat.ask("remove the sugar from my order", "change_order", product="sugar")
    assert asked["response"] == "utter_confirm_take_out"
    assert (await chat.ask("yes", "affirm"))["total"] == "$6.58"
    assert find_order(chat.shop, chat.audience, order.order_id).row.total_minor == 658


async def test_adding_to_an_order_is_honestly_not_possible(chat: FormChat) -> None:
    order_now(chat, flour=1)
    assert (await chat.ask("add eggs to my order", "change_order"))["response"] == "utter_cannot_add"
    assert chat.is_idle


async def test_an_address_for_the_open_order_and_those_to_come(chat: FormChat) -> None:
    order = order_now(chat, flour=1)
    assert (await chat.ask("new address", "change_shipping_address"))["response"] == "utter_ask_address"
    asked = await chat.ask("somewhere in Springfield", "nlu_fallback")
    assert asked["lead"].startswith("I need the street")
    asked = await chat.ask(ADDRESS, "delivery_options")
    assert (asked["response"], asked["address"]) == ("utter_confirm_address", ADDRESS)
    asked = await chat.ask("12 Elm Street, Springfield 62701", "nlu_fallback")
    assert asked["address"] == "12 Elm Street, Springfield 62701"
    done = await chat.ask("yes", "affirm")
    assert (done["response"], done["order_ids"]) == ("utter_address_orders", order.order_id)
    assert address_of(chat.shop, chat.audience) == "12 Elm Street, Springfield 62701"


async def test_who_has_no_order_is_told(chat: FormChat) -> None:
    chat.audience = Audience(shopper_id="mona", conversation_id="conversation-of-mona")
    for intent in ("cancel_order", "return_product", "get_refund"):
        assert (await chat.ask("do it", intent))["response"] == "utter_no_orders"
        assert chat.is_idle


async def test_a_stranger_proves_the_order_once(stranger: FormChat) -> None:
    order = delivered(stranger)
    first, asked = await stranger.hear("where is my order", "track_order")
    assert (first["response"], asked["response"]) == ("utter_proof_needed", "utter_ask_order_number")
    assert (await stranger.ask(order.order_id, "nlu_fallback"))["response"] == "utter_ask_email"
    asked = await stranger.ask("anna at example", "nlu_fallback")
    assert asked["response"] == "utter_ask_email"
    said = await stranger.ask("anna@example.com", "nlu_fallback")
    assert (said["response"], said["custom"]["order_id"]) == ("utter_order", order.order_id)
    assert stranger.is_idle
    asked = await stranger.ask("I want to return the flour", "return_product", product="flour")
    assert asked["response"] == "utter_ask_reason_return"
    assert (await stranger.ask("the invoice please", "get_invoice"))["response"] == "utter_ask_reason_return"
    assert "anna@example.com" not in str(stranger.slots)


async def test_number_and_email_in_one_sentence(stranger: FormChat) -> None:
    number = delivered(stranger).order_id
    text = f"return, order {number}, anna@example.com"
    asked = await stranger.ask(text, "return_product", order_id=number)
    assert asked["response"] == "utter_ask_items"


async def test_wrong_pairs_are_answered_alike_and_not_for_ever(stranger: FormChat) -> None:
    number = delivered(stranger).order_id
    await stranger.hear("cancel my order", "cancel_order")
    told = []
    for order_id, email in ((number, "ben@example.com"), ("9999", "anna@example.com")):
        await stranger.hear(order_id, "nlu_fallback")
        asked = await stranger.ask(email, "nlu_fallback")
        told.append((asked["response"], asked["lead"]))
    assert told[0] == told[1]
    await stranger.hear(number, "nlu_fallback")
    said = await stranger.ask("carl@example.com", "nlu_fallback")
    assert said["response"] == "utter_not_possible"
    assert [button["intent"] for button in said["buttons"]] == ["contact_human_agent"]
    assert stranger.is_idle


async def test_refunds_are_told_of(chat: FormChat, stranger: FormChat) -> None:
    assert (await chat.ask("where is my refund", "track_refund"))["response"] == "utter_no_requests"
    order_now(chat, flour=1)
    await chat.hear("cancel my order", "cancel_order")
    await chat.hear("yes", "affirm")
    said = await chat.ask("where is my refund", "track_refund")
    assert "$3.29" in said["lines"]
    assert (await stranger.ask("my refund?", "track_refund"))["response"] == "utter_ask_order_number"


async def test_the_invoice_links_to_its_page(chat: FormChat) -> None:
    said = await chat.ask("invoice please", "get_invoice")
    assert (said["response"], said["total"]) == ("utter_invoice", "$13.55")
    assert said["custom"]["invoice_url"] == f"/orders/{said['order_id']}/invoice"
    said = await chat.ask_button(said, 0)
    assert said["custom"]["order_id"] == said["order_id"]
    foreign = await chat.ask("invoice for 1015", "get_invoice", order_id="1015")
    assert (foreign["response"], foreign["custom"]) == ("utter_order_unknown", {})


async def test_words_of_one_character_name_no_item(chat: FormChat) -> None:
    chat.audience = Audience("zh", shopper_id="anna", conversation_id="conversation-of-anna")
    asked = await chat.ask("买多了，想退", "return_product")
    assert (asked["response"], chat.slots.get("service_items")) == ("utter_ask_order", None)
    asked = await chat.ask("我要退面粉", "return_product")
    assert (asked["response"], chat.slots["service_items"]) == ("utter_ask_reason_return", {"flour": 1})


async def test_what_was_asked_for_already_is_told_with_its_number(chat: FormChat) -> None:
    for _ in range(2):
        asked = await chat.ask("return the flour", "return_product", product="flour")
        if asked["response"] == "utter_ask_reason_return":
            await chat.hear("too much", "nlu_fallback")
            done = await chat.ask("yes", "affirm")
    assert asked["response"] == "utter_not_possible"
    assert done["number"] in asked["sentence"]


async def test_everyday_words_name_an_item_once_it_is_asked_for(chat: FormChat) -> None:
    await chat.hear("return", "return_product", order_id=delivered(chat).order_id)
    asked = await chat.ask("the dry stuff", "nlu_fallback")
    assert (asked["response"], chat.slots["service_items"]) == ("utter_ask_reason_return", {"yeast": 1})


async def test_a_postcode_is_no_order_number(stranger: FormChat) -> None:
    await stranger.hear("change my address", "change_shipping_address")
    await stranger.hear(f"it's {delivered(stranger).order_id}", "nlu_fallback")
    asked = await stranger.ask("12 Oak Street, Springfield 62701", "nlu_fallback")
    assert asked["response"] == "utter_ask_email"
    assert stranger.slots["service_order"] == delivered(stranger).order_id


async def test_number_and_email_between_chinese_words(stranger: FormChat) -> None:
    number = delivered(stranger).order_id
    await stranger.hear("改地址", "change_shipping_address")
    asked = await stranger.ask(f"订单{number}，邮箱anna@example.com", "nlu_fallback", order_id=number)
    assert asked["response"] == "utter_not_possible"
    assert "already left" in asked["sentence"]


async def test_anger_within_the_form_is_no_dead_end(chat: FormChat) -> None:
    await chat.hear("return the flour", "return_product", product="flour")
    asked = await chat.ask("it is garbage you bloody idiots!!", "complaint")
    assert asked["response"] == "utter_confirm_return"
    said = await chat.ask("no, you bloody idiots!!", "deny")
    assert said["custom"].get("code") == "handoff_requested"
    assert chat.loop is None
    assert requests(chat) == []
    assert (await chat.ask("hello", "greet"))["response"].startswith("utter_greet")
