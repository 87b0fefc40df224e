"""Narrowing down: limits that combine, hold, can be taken back, and say so when nothing is left."""

from typing import Any

import pytest
from sqlalchemy import func, select

from actions.letting_go import let_go
from shop.screens import last_screen
from shop.storage.tables import slates
from shop.wishes import Wish
from tests.actions.chat import Chat, item_ids


async def milk(chat: Chat) -> list[str]:
    return item_ids(await chat.say("action_search", "milk", category=("Milk", "milk")))


async def refine(chat: Chat, text: str, *critiques: str, **entities: Any) -> dict[str, Any]:
    """What comes of a message with these critiques, each typed so."""
    if critiques:
        entities["critique"] = critiques[0]
    return await chat.say("action_refine", text, intent="refine", **entities)


def titles(said: dict[str, Any]) -> list[str]:
    return [button["title"] for button in said["buttons"]]


def wish_of(chat: Chat) -> Wish:
    screen = last_screen(chat.shop, chat.audience)
    assert screen is not None
    return screen.wish


async def test_limits_combine_over_several_messages(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    await refine(with_visitor, "under 5 dollars", price_max=5)
    said = await refine(with_visitor, "only tea")
    assert set(item_ids(said)) == {"tea-green", "tea-black"}
    assert said["response"] == "utter_refined_within"
    assert said["limits"] == "$5.00 or less, tea"
    said = await refine(with_visitor, "something cheaper", "cheaper")
    assert (said["response"], said["item_id"]) == ("utter_nothing_cheaper", "tea-black")


async def test_several_in_one_message(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    said = await refine(with_visitor, "only tea under 3.70", price_max=(3.7, "3.70"))
    assert item_ids(said) == ["tea-black"]


async def test_bigger_and_smaller_go_by_the_package(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "plain yogurt", category=("Yogurt", "yogurt"))
    said = await refine(with_visitor, "smaller than the first one", "smaller", ordinal=("1", "first"))
    assert item_ids(said) == ["yogurt-berry"]
    said = await refine(with_visitor, "a bigger one", "bigger")
    assert item_ids(said) == ["yogurt-plain"]


async def test_the_biggest_there_is_is_named(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await refine(with_visitor, "bigger please", "bigger")
    assert said["response"] == "utter_nothing_bigger"
    assert said["item_id"] in {"milk-whole", "milk-skim"}


async def test_without_sizes_nobody_pretends_to_know(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "rye bread")
    await refine(with_visitor, "under 3.30", price_max=3.3)
    shown = wish_of(with_visitor)
    said = await with_visitor.say("action_refine", "a bigger loaf", critique=("bigger", "bigger"))
    assert said["response"] in {"utter_sizes_unknown", "utter_nothing_bigger"}
    assert wish_of(with_visitor) == shown


async def test_the_cheapest_stands_first(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    said = await refine(with_visitor, "the cheapest first", "cheapest")
    assert item_ids(said) == ["coffee-instant", "coffee-ground", "coffee-beans"]


async def test_the_cheapest_of_a_kind_can_be_searched_for(with_visitor: Chat) -> None:
    said = await with_visitor.say(
        "action_search", "cheapest coffee", category=("Coffee", "coffee"), critique="cheapest"
    )
    assert item_ids(said)[0] == "coffee-instant"


async def test_cheaper_than_what_was_just_spoken_of(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    await with_visitor.say("action_price", "how much are the coffee beans", category=("Coffee", "coffee"))
    said = await refine(with_visitor, "anything cheaper", "cheaper")
    assert set(item_ids(said)) == {"coffee-ground", "coffee-instant"}


async def test_a_word_that_nothing_carries_is_named_and_can_go(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await refine(with_visitor, "under 4", price_max=4)
    said = await refine(with_visitor, "only oat")
    assert said["response"] == "utter_nothing_fits"
    assert said["limits"] == "$4.00 or less, oat"
    assert "Without the price limit there is one" in said["ways"]
    assert titles(said)[0] in {"Without the price limit", "Without “oat”"}


async def test_the_button_drops_that_limit_and_keeps_the_rest(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await refine(with_visitor, "under 4", price_max=4)
    said = await refine(with_visitor, "only oat")
    drop = next(button for button in said["buttons"] if "price" in button["title"])
    said = await with_visitor.press(drop, "action_refine")
    assert item_ids(said) == ["milk-oat"]
    assert wish_of(with_visitor).price_max_minor is None
    assert wish_of(with_visitor).words == {"oat"}


async def test_trying_what_is_in_the_way_shows_and_logs_nothing(with_visitor: Chat) -> None:
    await milk(with_visitor)
    with with_visitor.shop.database.read() as connection:
        before = connection.execute(select(func.count()).select_from(slates)).scalar()
    await refine(with_visitor, "only oat under 1", price_max=1)
    with with_visitor.shop.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(slates)).scalar() == before


async def test_what_to_leave_out(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await refine(with_visitor, "without oat please")
    assert set(item_ids(said)) == {"milk-whole", "milk-skim"}
    assert said["limits"] == "no oat"


async def test_a_brand_to_leave_out(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await refine(with_visitor, "not Meadow", brand=("Meadow", "Meadow"))
    assert item_ids(said) == ["milk-oat"]


async def test_words_reach_beyond_the_shelf(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    said = await refine(with_visitor, "just the filters", category=("Filters", "filters"))
    assert item_ids(said) == ["coffee-filters"]


async def test_naming_the_same_thing_again_is_no_new_search(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await refine(with_visitor, "cheaper milk", "cheaper", category=("Milk", "milk"))
    assert said["response"] == "utter_nothing_cheaper"


async def test_another_thing_is_a_new_search_without_the_old_limits(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await refine(with_visitor, "under 3.45", price_max=3.45)
    said = await refine(with_visitor, "show me coffee", category=("Coffee", "coffee"))
    assert set(item_ids(said)) == {"coffee-beans", "coffee-ground", "coffee-instant"}


async def test_undo_goes_back_step_by_step(with_visitor: Chat) -> None:
    first = await milk(with_visitor)
    second = item_ids(await refine(with_visitor, "under 4", price_max=4))
    await refine(with_visitor, "under 3.45", price_max=3.45)
    said = await refine(with_visitor, "take that back", "undo")
    assert (said["response"], item_ids(said)) == ("utter_undone", second)
    assert wish_of(with_visitor).price_max_minor == 400
    assert item_ids(await refine(with_visitor, "undo", "undo")) == first
    assert (await refine(with_visitor, "undo", "undo"))["response"] == "utter_nothing_to_undo"


async def test_after_an_undo_the_screen_is_a_screen(with_visitor: Chat) -> None:
    first = await milk(with_visitor)
    await refine(with_visitor, "under 3.45", price_max=3.45)
    await refine(with_visitor, "undo", "undo")
    said = await with_visitor.say("action_price", "how much is the third", ordinal=("3", "third"))
    assert said["item_id"] == first[2]


async def test_undo_forgives_what_was_turned_down(with_visitor: Chat) -> None:
    first = item_ids(await with_visitor.say("action_bestsellers"))
    await with_visitor.say("action_reject", "not the second one", ordinal=("2", "second"))
    await refine(with_visitor, "sorry, take that back", "undo")
    assert first[1] in item_ids(await with_visitor.say("action_bestsellers"))


async def test_turning_one_down_keeps_the_limits(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    await refine(with_visitor, "under 3 dollars", price_max=3)
    said = await with_visitor.say("action_reject", "not the first one", ordinal=("1", "first"))
    assert said["custom"]["items"]
    assert all(item["price"] <= 3 for item in said["custom"]["items"])


async def test_too_dear_is_turned_down_for_something_cheaper(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    said = await with_visitor.say(
        "action_reject", "the coffee beans are too dear", critique=("cheaper", "too dear")
    )
    assert all(item["price"] < 8.99 for item in said["custom"]["items"])


@pytest.mark.parametrize("action", ["action_recommend", "action_new_products", "action_bestsellers"])
async def test_limits_hold_for_what_is_shown_next(with_visitor: Chat, action: str) -> None:
    await with_visitor.say("action_bestsellers")
    await refine(with_visitor, "under 3 dollars", price_max=3)
    said = await with_visitor.say(action, "show me something")
    if said["response"] != "utter_nothing_new":
        assert all(item["price"] <= 3 for item in said["custom"]["items"])


async def test_suggestions_say_which_limits_they_keep(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    await refine(with_visitor, "under 3 dollars", price_max=3)
    said = await with_visitor.say("action_recommend", "recommend something")
    assert (said["response"], said["limits"]) == ("utter_recommended_within", "$3.00 or less")


async def test_words_hold_together_with_their_thing(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "cereal", category=("Cereal", "cereal"))
    await refine(with_visitor, "only with chocolate")
    said = await with_visitor.say("action_recommend", "what would you recommend?")
    assert said["response"] in {"utter_recommended_within", "utter_recommended_anonymous"}
    if said["response"] == "utter_recommended_within":
        assert item_ids(said) == ["cereal-chocolate"]


async def test_limits_hold_for_what_is_similar(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee under 8.60", category=("Coffee", "coffee"), price_max=8.6)
    said = await with_visitor.say("action_similar", "something like the first", ordinal=("1", "first"))
    assert "coffee-beans" not in item_ids(said)


async def test_similar_but_cheaper(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_similar", critique="cheaper", item_id="coffee-beans")
    assert all(item["price"] < 8.99 for item in said["custom"]["items"])


async def test_limits_are_forgotten_overnight(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    await refine(with_visitor, "under 1 dollar", price_max=1)
    with_visitor.clock.advance(hours=9)
    said = await with_visitor.say("action_recommend", "recommend something")
    assert said["response"] == "utter_recommended_anonymous"


async def test_buttons_narrow_down_only_where_they_can(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "rice", category=("Rice", "rice"))
    assert said["buttons"] == []
    said = await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    assert titles(said) == ["Cheaper", "Bigger pack"]
    said = await with_visitor.say("action_bestsellers")
    assert "Show more" in titles(said)
    said = await with_visitor.press(said["buttons"][-1], "action_refine")
    assert "Undo" in titles(said)


async def test_on_sale_only(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    said = await refine(with_visitor, "only what is on sale", critique=("sale", "on sale"))
    assert item_ids(said) == ["coffee-beans"]


async def test_after_comparing_the_list_before_is_refined(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await with_visitor.say("action_compare", "compare the first two", ordinal=("first_two", "first two"))
    said = await refine(with_visitor, "only oat")
    assert item_ids(said) == ["milk-oat"]


async def test_limits_that_nothing_keeps_are_let_go_and_it_is_said(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "dog food", category=("Dogs", "dog food"))
    await refine(with_visitor, "over 18 dollars", price_min=18)
    said = await with_visitor.say("action_new_products", "anything new?")
    assert said["response"] == "utter_nothing_new"
    said = await with_visitor.say("action_similar", "something like it", item_id="dog-food")
    assert said["response"] == "utter_similar_but"
    assert said["limits"] == "$18.00 or more"
    assert "dog-food" not in item_ids(said)


async def test_not_that_brand_is_another_brand(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "whole milk gallon", brand=("Meadow", "gallon"))
    said = await with_visitor.say("action_reject", "not that brand")
    assert "Meadow" not in {item.get("brand") for item in said["custom"]["items"]}


async def test_a_step_back_is_no_new_beginning(with_visitor: Chat) -> None:
    first = await milk(with_visitor)
    await refine(with_visitor, "under 4", price_max=4)
    said = await with_visitor.say("action_restart", "back to the step before", critique="undo")
    assert item_ids(said) == first


async def test_cheaper_than_one_of_them_is_no_comparison(with_visitor: Chat) -> None:
    shown = item_ids(await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee")))
    said = await with_visitor.say(
        "action_compare", "cheaper than the first", critique="cheaper", ordinal=("1", "first")
    )
    assert shown[0] not in item_ids(said)


async def test_are_there_any_is_a_wish(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await with_visitor.say("action_details", "just ones with soy?", intent="ask_product_details")
    assert (said["response"], said["limits"]) == ("utter_nothing_fits", "soy")


async def test_numbers_are_no_words(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await refine(with_visitor, "something with 3 or 4 of them cheaper", critique="cheaper")
    assert said["response"] == "utter_nothing_cheaper"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("never mind the brand", ("brand", "other_brand")),
        ("price doesn't matter", ("price_max", "price_min")),
        ("any size will do", ("size",)),
        ("品牌无所谓", ("brand", "other_brand")),
        ("不限价格", ("price_max", "price_min")),
        ("another brand", ()),
        ("under that price", ()),
    ],
)
def test_limits_that_are_let_go_by_name(text: str, gone: tuple[str, ...]) -> None:
    assert let_go(text) == gone


@pytest.mark.parametrize("text", ["actually the price doesn't matter", "价格无所谓"])
async def test_letting_go_keeps_the_other_limits(with_visitor: Chat, text: str) -> None:
    await milk(with_visitor)
    await refine(with_visitor, "without oat under 3.45", price_max=(3.45, "3.45"))
    said = await refine(with_visitor, text)
    assert set(item_ids(said)) == {"milk-whole", "milk-skim"}
    assert said["limits"] == "no oat"


async def test_only_this_narrows_down_even_if_it_was_taken_for_a_search(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await with_visitor.say("action_search", "only oat")
    assert said["limits"] == "oat"
    assert item_ids(said) == ["milk-oat"]
