"""Greeting, language, starting over, misunderstandings, people."""

from dataclasses import replace

import pytest

from shop.conversations import find_conversation, start_conversation
from tests.actions.chat import Chat, item_ids


async def test_who_is_logged_in_is_greeted_by_name(with_anna: Chat, with_visitor: Chat) -> None:
    assert (await with_anna.say("action_greet", "hi"))["name"] == "Anna"
    assert (await with_visitor.say("action_greet", "hi"))["response"] == "utter_greet"


async def test_a_shopper_whom_the_shop_did_not_import_is_greeted(with_anna: Chat) -> None:
    chat = with_anna.as_shopper("unheard-of")
    assert (await chat.say("action_greet", "hi"))["response"] == "utter_greet"


async def test_the_language_changes_for_chat_and_cards(with_visitor: Chat) -> None:
    conversation = start_conversation(with_visitor.shop, "en")
    with_visitor.audience = replace(with_visitor.audience, conversation_id=conversation.id)
    said = await with_visitor.say("action_change_language", "speak chinese", language=("zh", "chinese"))
    assert said["response"] == "utter_language_is_zh"
    assert with_visitor.slots["language"] == "zh"
    assert find_conversation(with_visitor.shop, conversation.id).locale == "zh"


@pytest.mark.parametrize("entities", [{}, {"language": "fr"}])
async def test_a_language_that_is_not_spoken(with_visitor: Chat, entities: dict[str, str]) -> None:
    said = await with_visitor.say("action_change_language", "parlez-vous", **entities)
    assert said["response"] == "utter_language_which"


async def test_cards_are_in_the_shoppers_language(with_visitor: Chat) -> None:
    with_visitor.audience = replace(with_visitor.audience, locale="zh")
    said = await with_visitor.say("action_search", "milk", category=("Milk", "milk"))
    assert "燕麦奶" in {item["name"] for item in said["custom"]["items"]}


async def test_starting_over_forgets_the_offer_and_keeps_the_language(with_visitor: Chat) -> None:
    await with_visitor.say("action_complain", "this is awful")
    said = await with_visitor.say("action_restart", "start over")
    assert said["response"] == "utter_started_over"
    assert with_visitor.slots["language"] == "en"
    assert (await with_visitor.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"


async def test_the_second_misunderstanding_in_a_row_calls_a_person(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_fallback", "florb"))["response"] == "utter_not_understood"
    said = await with_visitor.say("action_fallback", "grumpf")
    assert said["response"] == "utter_handoff_not_understood"
    assert (said["custom"]["code"], said["custom"]["reason"]) == ("handoff_requested", "failures")


async def test_one_that_was_understood_between_starts_the_count_anew(with_visitor: Chat) -> None:
    await with_visitor.say("action_fallback", "florb")
    await with_visitor.say("action_greet", "hi")
    assert (await with_visitor.say("action_fallback", "florb"))["response"] == "utter_not_understood"


async def test_a_product_in_what_was_not_understood_is_looked_for(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_fallback", "umm rice maybe dunno", category=("Rice", "rice"))
    assert "rice" in item_ids(said)


async def test_a_complaint_is_met_with_a_person(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_complain"))["response"] == "utter_complaint"
    assert (await with_visitor.say("action_deny", "no"))["response"] == "utter_no_handoff"


async def test_a_person_is_asked_for(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_handoff", "a human please")
    assert (said["custom"]["code"], said["custom"]["reason"]) == ("handoff_requested", "requested")
