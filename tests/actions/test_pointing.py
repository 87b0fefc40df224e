"""What "the first two", "the middle one", "that coffee" and "the cheapest" mean on a screen."""

from typing import Any

import pytest

from shop.carts import view_cart
from tests.actions.chat import Chat, item_ids


def held(chat: Chat) -> set[str]:
    return {line.product.item_id for line in view_cart(chat.shop, chat.audience).lines}


async def add(chat: Chat, text: str, **entities: Any) -> dict[str, Any]:
    return await chat.say("action_add_to_cart", text, intent="add_to_cart", **entities)


@pytest.mark.parametrize(
    ("value", "places"),
    [("first_two", (0, 1)), ("last_two", (1, 2)), ("middle", (1,)), ("last", (2,)), ("all", (0, 1, 2))],
)
async def test_groups_of_places(with_visitor: Chat, value: str, places: tuple[int, ...]) -> None:
    shown = item_ids(await with_visitor.say("action_search", "milk", category=("Milk", "milk")))
    await add(with_visitor, "add them", ordinal=(value, "them"))
    assert held(with_visitor) == {shown[place] for place in places}


async def test_several_numbers(with_visitor: Chat) -> None:
    shown = item_ids(await with_visitor.say("action_search", "milk", category=("Milk", "milk")))
    tracker_text = "the first and the third"
    await with_visitor.say("action_add_to_cart", tracker_text, intent="add_to_cart", ordinal=("1", "first"))
    assert held(with_visitor) == {shown[0]}


async def test_the_middle_of_four_asks_which(with_visitor: Chat) -> None:
    shown = item_ids(await with_visitor.say("action_search", "under 1.50", price_max=1.5))
    while len(shown) % 2:
        said = await with_visitor.say("action_reject", "not the first one", ordinal=("1", "first"))
        shown = item_ids(said)
    said = await add(with_visitor, "the middle one", ordinal=("middle", "middle"))
    assert said["response"] == "utter_which_one"
    assert len(said["buttons"]) == 2


async def test_a_kind_of_thing_points_at_the_only_one_there_is(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "tea and coffee under 5.50", price_max=(5.5, "5.50"))
    await add(with_visitor, "add that coffee", category=("Coffee", "coffee"))
    assert held(with_visitor) == {"coffee-instant"}


async def test_a_brand_points_too(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "yogurt", category=("Yogurt", "yogurt"))
    await add(with_visitor, "the alpine one please", brand=("Alpine", "alpine"))
    assert held(with_visitor) == {"yogurt-berry"}


@pytest.mark.parametrize(
    ("critique", "item_id"),
    [("cheapest", "coffee-instant"), ("cheaper", "coffee-instant"), ("pricier", "coffee-beans")],
)
async def test_the_cheaper_one_is_on_the_screen(with_visitor: Chat, critique: str, item_id: str) -> None:
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    await add(with_visitor, "add that one", critique=critique)
    assert held(with_visitor) == {item_id}


async def test_the_bigger_one(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "yogurt", category=("Yogurt", "yogurt"))
    await add(with_visitor, "I'll take the bigger one", critique=("bigger", "bigger"))
    assert held(with_visitor) == {"yogurt-plain"}


async def test_the_cheaper_one_is_taken_out_again(with_visitor: Chat) -> None:
    for item_id in ("coffee-beans", "coffee-instant"):
        await with_visitor.say("action_add_to_cart", item_id=item_id)
    await with_visitor.say(
        "action_remove_from_cart", "take the cheaper one out", intent="remove_from_cart", critique="cheaper"
    )
    assert held(with_visitor) == {"coffee-beans"}
