"""Answers of the shop, asking back, people, moods and ratings."""

from datetime import UTC, datetime

import pytest

from shop.conversations import Facts, Outcome, answer, receive, start_conversation
from shop.handoffs import handoffs_of
from shop.rights import has_consent
from shop.satisfaction import score_of
from tests.actions.chat import Chat


async def test_a_question_about_the_shop_is_answered_with_its_source(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_answer", "how much is shipping", intent="delivery_options")
    assert said["custom"]["source"] == {"title": "What delivery costs", "url": "/help#delivery-cost"}
    assert "free" in said["answer"]
    assert [button["intent"] for button in said["buttons"]] == ["delivery_period"]


async def test_a_button_gets_the_first_answer(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_answer", intent="opening_hours")
    assert said["custom"]["source"]["url"] == "/help#opening-hours"
    assert "Mon" in said["answer"]


async def test_what_was_not_understood_may_still_have_an_answer(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_fallback", "does it contain nuts", intent="nlu_fallback")
    assert said["custom"]["source"]["url"] == "/help#allergens"


@pytest.mark.parametrize("text", ["где мой заказ", "注文はどこですか"])
async def test_a_script_that_nobody_reads(with_visitor: Chat, text: str) -> None:
    assert (await with_visitor.say("action_fallback", text))["response"] == "utter_language_which"


async def test_a_bare_number_is_an_orders(with_anna: Chat) -> None:
    said = await with_anna.say("action_fallback", "1003", intent="nlu_fallback", order_id="1003")
    assert said["custom"]["kind"] == "order"


async def test_nothing_for_a_shop_twice_brings_the_offer_of_a_person(with_visitor: Chat) -> None:
    first = await with_visitor.say("action_out_of_scope", "what is the capital of peru")
    second = await with_visitor.say("action_out_of_scope", "tell me a joke")
    assert (first["response"], second["response"]) == ("utter_out_of_scope", "utter_out_of_scope_again")
    assert (await with_visitor.say("action_affirm", "yes"))["custom"]["code"] == "handoff_requested"


async def test_did_you_mean_asks_and_the_button_carries_on(with_visitor: Chat) -> None:
    with_visitor.ranking = ["did_you_mean", "search_product", "thank", "ask_price", "goodbye"]
    asked = await with_visitor.say("action_did_you_mean", "oat milk", category=("Milk", "milk"))
    assert [button["intent"] for button in asked["buttons"]] == [
        "search_product",
        "ask_price",
        "nlu_fallback",
    ]
    assert asked["buttons"][0]["title"] == "Find a product"
    found = await with_visitor.press(asked["buttons"][0], "action_search")
    assert found["custom"]["items"][0]["name"] == "Oat milk, 32 oz"
    assert found["what"] == "oat milk"


async def test_no_question_between_finding_and_narrowing_down(with_visitor: Chat) -> None:
    with_visitor.ranking = ["search_product", "refine"]
    said = await with_visitor.say("action_did_you_mean", "oat milk", category=("Milk", "milk"))
    assert said["custom"]["kind"] == "slate"


async def test_did_you_mean_without_a_guess_is_not_understood(with_visitor: Chat) -> None:
    with_visitor.ranking = ["out_of_scope", "greet"]
    assert (await with_visitor.say("action_did_you_mean", "florb"))["response"] == "utter_not_understood"


async def test_anger_gets_a_person_where_there_is_nothing_to_offer(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_complain", "your shop is fucking useless", intent="complaint")
    assert said["custom"]["reason"] == "anger"


async def test_anger_with_a_wish_gets_the_wish_and_the_way_to_a_person(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "damn it just show me milk", category=("Milk", "milk"))
    assert said["custom"]["kind"] == "slate"
    assert "contact_human_agent" in [button["intent"] for button in said["buttons"]]


async def test_what_no_program_should_handle(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_urgent", "my kid swallowed a battery", intent="urgent_matter")
    assert said["response"] == "utter_handoff_urgent"
    assert said["custom"]["reason"] == "topic"


@pytest.mark.parametrize(
    ("now", "word"),
    [("2026-11-24T15:00", "as soon as"), ("2026-11-24T02:00", "Tue"), ("2026-11-28T23:00", "Mon")],
)
async def test_when_staff_will_come(with_visitor: Chat, now: str, word: str) -> None:
    with_visitor.clock.time = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert word in (await with_visitor.say("action_handoff", "a person please"))["staff"]


def test_staff_get_a_summary(with_anna: Chat) -> None:
    shop = with_anna.shop
    conversation = start_conversation(shop, "en", "anna")
    facts = Facts(intent="track_order", entities=[{"entity": "order_id", "value": "A100"}])
    answer(shop, receive(shop, conversation.id, "1", {"kind": "text", "text": "x"}).turn, Outcome((), facts))
    lost = Facts(intent="nlu_fallback", actions=["action_fallback"])
    answer(shop, receive(shop, conversation.id, "2", {"kind": "text", "text": "y"}).turn, Outcome((), lost))
    notice = {"kind": "notice", "code": "handoff_requested", "reason": "failures", "text": "..."}
    told = answer(
        shop, receive(shop, conversation.id, "3", {"kind": "text", "text": "z"}).turn, Outcome([notice], lost)
    )
    assert told.mode == "human"
    (handoff,) = handoffs_of(shop, conversation.id)
    assert handoff.reason == "failures"
    assert handoff.summary["orders"] == ["A100"]
    assert handoff.summary["intents"] == {"track_order": 1, "nlu_fallback": 2}
    assert handoff.summary["failed"] == 2


@pytest.mark.parametrize(
    ("text", "score"),
    [("4 stars", 4), ("five stars for you", 5), ("给你打三星", 3), ("五分好评", 5), ("1/5", 1)],
)
async def test_a_score_is_read(with_visitor: Chat, text: str, score: int) -> None:
    conversation = start_conversation(with_visitor.shop, "en")
    with_visitor.at(conversation.id)
    said = await with_visitor.say("action_rate_service", text)
    assert said["response"] == ("utter_rated_low" if score <= 2 else "utter_rated")
    assert score_of(with_visitor.shop, conversation.id) == score


async def test_without_a_score_five_buttons(with_visitor: Chat) -> None:
    conversation = start_conversation(with_visitor.shop, "en")
    with_visitor.at(conversation.id)
    asked = await with_visitor.say("action_rate_service", "i want to rate you")
    assert [button["entities"]["rating"] for button in asked["buttons"]] == [5, 4, 3, 2, 1]
    await with_visitor.press(asked["buttons"][1], "action_rate_service")
    assert score_of(with_visitor.shop, conversation.id) == 4


async def test_offers_are_declined_and_stopped(with_anna: Chat) -> None:
    assert (await with_anna.say("action_decline_offer", "not that offer"))[
        "response"
    ] == "utter_offer_declined"
    said = await with_anna.say("action_stop_promotions", "no more ads")
    assert said["response"] == "utter_promotions_stopped"
    assert not has_consent(with_anna.shop, with_anna.audience, "promotions")
