"""Data rights in chat, skill by skill."""

from typing import Any

import pytest

from shop.context import Audience, Shop
from shop.corrections import corrections_of
from shop.erasure import REQUESTED
from shop.rights import has_consent
from tests.actions.chat import Chat, item_ids


def titles(said: dict[str, Any]) -> list[str]:
    """What the response's own buttons say is Rasa's; these are the skill's."""
    return [button["title"] for button in said["buttons"]]


async def test_a_profile_with_sources(with_anna: Chat) -> None:
    said = await with_anna.say("action_view_profile", "what do you know about me?")
    assert said["response"] == "utter_profile"
    facts = said["facts"].splitlines()
    assert 4 <= sum(fact.startswith("• ") for fact in facts) <= 8
    assert any(fact.strip().startswith("(from your 10 orders") for fact in facts)


async def test_a_visitor_has_no_profile_yet(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_view_profile", "what do you know about me?")
    assert said["response"] == "utter_visit_profile_empty"
    await with_visitor.say("action_add_to_cart", item_id="flour")
    said = await with_visitor.say("action_view_profile")
    assert said["response"] == "utter_visit_profile"
    assert "Wheat flour" in said["facts"]
    assert "from this visit" in said["facts"]


async def test_a_diet_counts_from_the_next_answer_on(with_anna: Chat) -> None:
    said = await with_anna.say("action_correct_profile", "I'm vegan")
    assert (said["response"], said["what"]) == ("utter_avoid_noted", "vegan")
    suggested = await with_anna.say("action_recommend")
    assert "butter" not in item_ids(suggested)
    told = await with_anna.say("action_view_profile")
    assert "vegan (you told us)" in told["facts"]
    (undo,) = said["buttons"]
    taken_back = await with_anna.press(undo, "action_correct_profile")
    assert (taken_back["response"], taken_back["what"]) == ("utter_correction_taken_back", "vegan")
    assert corrections_of(with_anna.shop, with_anna.audience) == []


@pytest.mark.parametrize("said", ["I'm not vegan any more", "forget that", "撤销"])
async def test_taken_back_in_words(with_anna: Chat, said: str) -> None:
    await with_anna.say("action_correct_profile", "I'm vegan")
    reply = await with_anna.say("action_correct_profile", said)
    assert reply["response"] == "utter_correction_taken_back"
    again = await with_anna.say("action_correct_profile", said)
    assert again["response"] == "utter_nothing_to_take_back"


async def test_what_is_on_the_screen_was_a_gift(with_anna: Chat) -> None:
    shown = await with_anna.say("action_buy_again")
    first = item_ids(shown)[0]
    said = await with_anna.say("action_correct_profile", "the first one was a gift", ordinal=("1", "first"))
    assert said["response"] == "utter_gift_noted"
    assert first not in item_ids(await with_anna.say("action_buy_again"))


async def test_a_gift_by_the_name_of_its_shelf(with_anna: Chat) -> None:
    said = await with_anna.say(
        "action_correct_profile", "the baking stuff was a gift", category=("Baking", "baking")
    )
    assert said["response"] == "utter_gift_noted"
    values = {each.value for each in corrections_of(with_anna.shop, with_anna.audience)}
    assert values == {"flour", "sugar", "yeast"}


async def test_the_last_order_was_a_gift(with_anna: Chat) -> None:
    said = await with_anna.say("action_correct_profile", "my last order was a present")
    assert said["response"] == "utter_gift_order_noted"
    (made,) = corrections_of(with_anna.shop, with_anna.audience)
    assert (made.kind, made.value) == ("gift_order", said["order_id"])


async def test_which_one_was_the_gift(with_anna: Chat) -> None:
    said = await with_anna.say("action_correct_profile", "that was a gift")
    assert said["response"] == "utter_gift_which"
    noted = await with_anna.press(said["buttons"][0], "action_correct_profile")
    assert (noted["response"], noted["item"]) == ("utter_gift_noted", titles(said)[0])


async def test_a_group_of_products(with_anna: Chat) -> None:
    said = await with_anna.say("action_correct_profile", "I don't like coffee", category=("Coffee", "coffee"))
    assert (said["response"], said["what"]) == ("utter_avoid_noted", "Coffee")


@pytest.mark.parametrize("text", ["you got me wrong", "你记错了", "I have two cats"])
async def test_examples_where_nothing_can_be_used(with_anna: Chat, text: str) -> None:
    said = await with_anna.say("action_correct_profile", text)
    assert said["response"] == "utter_correct_how"
    assert corrections_of(with_anna.shop, with_anna.audience) == []


@pytest.mark.parametrize(
    ("pause", "resume"),
    [
        ("stop using my purchases", "use my purchases again"),
        ("please don't personalise", "turn on personal suggestions"),
        ("暂停个性化推荐", "恢复个性化推荐"),
        ("别再根据我的订单推荐", "重新开启个性化"),
    ],
)
async def test_off_and_on(with_anna: Chat, pause: str, resume: str) -> None:
    shop, anna = with_anna.shop, with_anna.audience
    said = await with_anna.say("action_pause_personalisation", pause)
    assert said["response"] == "utter_personalisation_paused"
    assert not has_consent(shop, anna, "personalisation")
    assert (await with_anna.say("action_view_profile"))["response"] == "utter_profile_paused"
    assert (await with_anna.say("action_pause_personalisation", pause))["response"].endswith("off_already")
    said = await with_anna.say("action_pause_personalisation", resume)
    assert said["response"] == "utter_personalisation_resumed"
    assert has_consent(shop, anna, "personalisation")


async def test_asked_where_the_words_leave_it_open(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_pause_personalisation", "personalisation")
    assert said["response"] == "utter_personalisation_on"
    said = await with_visitor.say("action_pause_personalisation", choice="pause")
    assert said["response"] == "utter_personalisation_paused"
    said = await with_visitor.say("action_pause_personalisation", "personal suggestions")
    assert said["response"] == "utter_personalisation_off"


async def test_a_copy(with_anna: Chat, with_visitor: Chat) -> None:
    said = await with_anna.say("action_export_my_data")
    assert said["custom"] == {"kind": "download", "path": "my-data", "title": "Download my data (JSON)"}
    assert (await with_visitor.say("action_export_my_data"))["response"] == "utter_export_visit"


async def test_deletion_is_asked_for_and_confirmed(with_anna: Chat) -> None:
    asked = await with_anna.say("action_delete_my_data")
    assert asked["response"] == "utter_erase"
    assert asked["kept"] == "10 orders"
    done = await with_anna.say("action_affirm", "yes")
    assert done["custom"] == {"kind": "notice", "code": REQUESTED}


async def test_deletion_is_dropped(with_anna: Chat) -> None:
    await with_anna.say("action_delete_my_data")
    assert (await with_anna.say("action_deny", "no"))["response"] == "utter_not_erased"
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"


async def test_a_yes_long_after_deletes_nothing(with_anna: Chat) -> None:
    await with_anna.say("action_delete_my_data")
    for _ in range(3):
        await with_anna.say("action_track_order")
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"


async def test_chinese(small_shop: Shop, with_anna: Chat) -> None:
    chat = Chat(small_shop, Audience("zh", shopper_id="anna", conversation_id="zh"), with_anna.clock)
    assert (await chat.say("action_correct_profile", "我吃素"))["what"] == "吃素"
    told = await chat.say("action_view_profile", "你知道我什么")
    assert "不会主动给您推荐的：吃素（您告诉我们的）" in told["facts"]
