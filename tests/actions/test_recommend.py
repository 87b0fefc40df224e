"""Suggestions, similar items, what goes with them, and why."""

from shop.rights import set_consent
from tests.actions.chat import Chat, item_ids

BAKING = {"flour", "sugar", "yeast", "butter"}


async def test_a_baker_gets_what_bakers_buy(with_anna: Chat) -> None:
    said = await with_anna.say("action_recommend", "recommend something")
    assert said["response"] == "utter_recommended"
    assert BAKING & set(item_ids(said))


async def test_a_stranger_gets_suggestions_too(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_recommend", "recommend something")
    assert said["response"] == "utter_recommended_anonymous"
    assert item_ids(said)


async def test_suggestions_stay_within_what_was_named(with_anna: Chat) -> None:
    said = await with_anna.say("action_recommend", "suggest a tea", category=("Tea", "tea"))
    assert said["response"] == "utter_recommended_for"
    assert set(item_ids(said)) == {"tea-green", "tea-black"}


async def test_buy_again_is_for_those_who_bought(with_anna: Chat, with_visitor: Chat) -> None:
    said = await with_anna.say("action_buy_again", "the usual")
    assert said["response"] == "utter_buy_again"
    assert set(item_ids(said)) <= BAKING | {"bananas"}
    assert (await with_visitor.say("action_buy_again"))["response"] == "utter_buy_again_login"
    mona = with_anna.as_shopper("mona")
    assert (await mona.say("action_buy_again"))["response"] == "utter_buy_again_nothing"


async def test_buy_again_respects_a_pause(with_anna: Chat) -> None:
    set_consent(with_anna.shop, with_anna.audience, "personalisation", False)
    said = await with_anna.say("action_buy_again", "the usual")
    assert said["response"] == "utter_problem"
    assert "paused personal suggestions" in said["sentence"]


async def test_similar_means_the_item_that_was_pointed_at(with_visitor: Chat) -> None:
    shown = await with_visitor.say("action_search", "black tea", category=("Tea", "tea"))
    said = await with_visitor.say("action_similar", "something like the first one", ordinal=("1", "first"))
    assert said["response"] == "utter_similar"
    assert said["item"] == shown["custom"]["items"][0]["name"]
    assert item_ids(shown)[0] not in item_ids(said)


async def test_similar_to_a_product_that_is_not_on_screen_looks_for_it(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "tea", category=("Tea", "tea"))
    said = await with_visitor.say("action_similar", "something like cheddar", category=("Cheese", "cheddar"))
    assert item_ids(said) == ["cheddar"]


async def test_what_goes_with_a_button(with_anna: Chat) -> None:
    said = await with_anna.say("action_bundle", item_id="pasta")
    assert said["response"] == "utter_goes_with"
    assert "tomato-sauce" in item_ids(said)


async def test_what_goes_with_the_cart(with_visitor: Chat) -> None:
    await with_visitor.say("action_add_to_cart", item_id="pasta")
    with_visitor.events.clear()
    said = await with_visitor.say("action_bundle", "what goes with my cart")
    assert said["response"] == "utter_goes_with_cart"
    assert "tomato-sauce" in item_ids(said)


async def test_why_tells_the_reasons_of_the_card(with_anna: Chat) -> None:
    shown = await with_anna.say("action_recommend")
    first = shown["custom"]["items"][0]
    said = await with_anna.say(
        "action_explain", item_id=first["item_id"], slate_id=shown["custom"]["slate_id"]
    )
    assert said["reasons"].startswith(first["name"])
    assert all(reason in said["reasons"] for reason in first["reasons"])


async def test_why_these_explains_the_first_ones(with_anna: Chat) -> None:
    await with_anna.say("action_recommend")
    said = await with_anna.say("action_explain", "why these?")
    assert len(said["reasons"].splitlines()) == 3


async def test_why_before_anything_was_shown(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_explain", "why?"))["response"] == "utter_nothing_shown"


async def test_a_foreign_slate_explains_nothing(with_anna: Chat, with_visitor: Chat) -> None:
    shown = await with_anna.say("action_recommend")
    item_id, slate_id = item_ids(shown)[0], shown["custom"]["slate_id"]
    said = await with_visitor.say("action_explain", item_id=item_id, slate_id=slate_id)
    assert said["response"] == "utter_problem"
