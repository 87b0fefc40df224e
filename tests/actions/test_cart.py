"""Prices, stock, the cart and the checkout."""

import pytest

from shop.carts import view_cart
from shop.storage.tables import events
from tests.actions.chat import Chat, item_ids


def held(chat: Chat) -> dict[str, int]:
    cart = view_cart(chat.shop, chat.audience)
    return {line.product.item_id: line.quantity for line in cart.lines}


async def milk(chat: Chat) -> list[str]:
    return item_ids(await chat.say("action_search", "milk", category=("Milk", "milk")))


async def test_the_second_one_is_added_with_its_slate(with_anna: Chat) -> None:
    shown = await milk(with_anna)
    said = await with_anna.say("action_add_to_cart", "add the second one", ordinal=("2", "second"))
    assert (said["response"], said["item_id"]) == ("utter_added", shown[1])
    assert held(with_anna) == {shown[1]: 1}
    with with_anna.shop.database.read() as connection:
        kinds = [(row.kind, row.slate_id is not None) for row in connection.execute(events.select())]
    assert kinds == [("add_to_cart", True)]


async def test_a_name_on_the_screen_is_enough(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await with_visitor.say(
        "action_add_to_cart", "I'll take two of the oat milk", quantity=(2, "two"), category=("Milk", "milk")
    )
    assert held(with_visitor) == {"milk-oat": 2}


async def test_all_of_them(with_visitor: Chat) -> None:
    shown = await milk(with_visitor)
    said = await with_visitor.say("action_add_to_cart", "add all of them", ordinal=("all", "all of them"))
    assert said["count"] == 3
    assert set(held(with_visitor)) == set(shown)


async def test_it_means_what_was_just_spoken_of(with_visitor: Chat) -> None:
    await milk(with_visitor)
    await with_visitor.say("action_price", "how much is the last one", ordinal=("last", "last"))
    said = await with_visitor.say("action_add_to_cart", "ok add it")
    assert list(held(with_visitor)) == [said["item_id"]]


async def test_which_one_asks_with_buttons_that_do_it(with_visitor: Chat) -> None:
    shown = await milk(with_visitor)
    said = await with_visitor.say("action_add_to_cart", "add two", intent="add_to_cart", quantity=(2, "two"))
    assert said["response"] == "utter_which_one"
    assert [button["entities"]["item_id"] for button in said["buttons"]] == shown
    await with_visitor.press(said["buttons"][2], "action_add_to_cart")
    assert held(with_visitor) == {shown[2]: 2}


async def test_there_is_no_ninth(with_visitor: Chat) -> None:
    await milk(with_visitor)
    said = await with_visitor.say("action_add_to_cart", "the fifth", ordinal=("5", "fifth"))
    assert (said["response"], said["count"]) == ("utter_not_that_many", 3)


async def test_a_product_that_is_not_on_screen_is_shown_first(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_add_to_cart", "add rice to my cart", category=("Rice", "rice"))
    assert said["response"] == "utter_add_which"
    assert item_ids(said) == ["rice"]
    await with_visitor.say("action_add_to_cart", "yes that one")
    assert held(with_visitor) == {"rice": 1}


async def test_another_product_of_the_same_word_is_not_taken_for_the_one_on_screen(
    with_visitor: Chat,
) -> None:
    await with_visitor.say("action_search", "green tea", category=("Tea", "tea"))
    said = await with_visitor.say("action_price", "how much is the green soap", category=("Cleaning", "soap"))
    assert said["response"] == "utter_closest_for"
    assert "dish-soap" in item_ids(said)


@pytest.mark.parametrize("quantity", [0, 100, 999])
async def test_quantities_that_make_no_sense(with_visitor: Chat, quantity: int) -> None:
    said = await with_visitor.say("action_add_to_cart", item_id="rice", quantity=quantity)
    assert said["response"] in {"utter_quantity", "utter_added"}
    assert held(with_visitor).get("rice", 1) == 1


async def test_more_than_there_is(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_add_to_cart", item_id="olive-oil", quantity=2)
    assert said["response"] == "utter_problem"
    assert "Only one Olive oil, 17 oz is left" in said["sentence"]
    assert held(with_visitor) == {}


async def test_an_unknown_item(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_add_to_cart", item_id="gum"))["response"] == "utter_problem"


async def test_a_reduced_price_names_both(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_price", item_id="coffee-beans")
    assert (said["response"], said["price"], said["was_price"]) == ("utter_price_reduced", "$8.99", "$10.99")


async def test_the_price_of_something_named_is_shown(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_price", "how much is butter", category=("Butter", "butter"))
    assert item_ids(said) == ["butter"]


async def test_in_stock_and_sold_out(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_check_availability", item_id="rice"))[
        "response"
    ] == "utter_in_stock"
    said = await with_visitor.say("action_check_availability", item_id="croissants")
    assert said["response"] in {"utter_sold_out", "utter_sold_out_only"}


async def test_the_cart_is_shown_with_its_total(with_anna: Chat) -> None:
    assert (await with_anna.say("action_view_cart"))["response"] == "utter_cart_empty"
    await with_anna.say("action_add_to_cart", item_id="rice", quantity=2)
    said = await with_anna.say("action_view_cart", "show my cart")
    assert (said["custom"]["kind"], said["total"]) == ("cart", "$5.98")


async def test_taking_things_out(with_visitor: Chat) -> None:
    for item_id in ("rice", "flour", "sugar", "salsa"):
        await with_visitor.say("action_add_to_cart", item_id=item_id)
    said = await with_visitor.say("action_remove_from_cart", "remove the second", ordinal=("2", "second"))
    assert said["item"] == "Wheat flour, 5 lb"
    await with_visitor.say("action_remove_from_cart", "take the salsa out")
    assert set(held(with_visitor)) == {"rice", "sugar"}
    said = await with_visitor.say("action_remove_from_cart", "remove the zeppelin")
    assert said["response"] == "utter_not_in_cart"
    said = await with_visitor.say("action_remove_from_cart", "empty my cart", ordinal=("all", "empty"))
    assert said["response"] == "utter_cart_emptied"
    assert held(with_visitor) == {}


async def test_remove_it_asks_which(with_visitor: Chat) -> None:
    for item_id in ("rice", "flour"):
        await with_visitor.say("action_add_to_cart", item_id=item_id)
    with_visitor.events.clear()
    said = await with_visitor.say("action_remove_from_cart", "remove it", intent="remove_from_cart")
    assert said["response"] == "utter_remove_which"
    await with_visitor.press(said["buttons"][0], "action_remove_from_cart")
    assert len(held(with_visitor)) == 1


async def test_an_order_needs_a_yes(with_anna: Chat) -> None:
    await with_anna.say("action_add_to_cart", item_id="rice")
    said = await with_anna.say("action_checkout", "check out")
    assert (said["response"], said["total"]) == ("utter_checkout", "$2.99")
    said = await with_anna.say("action_affirm", "yes")
    assert said["response"] == "utter_order_placed"
    assert said["custom"]["order_id"] == said["order_id"]
    assert held(with_anna) == {}
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"


async def test_a_question_may_come_between(with_anna: Chat) -> None:
    await with_anna.say("action_add_to_cart", item_id="rice")
    await with_anna.say("action_checkout")
    await with_anna.say("action_price", item_id="butter")
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_order_placed"


async def test_a_yes_to_something_long_ago_orders_nothing(with_anna: Chat) -> None:
    await with_anna.say("action_add_to_cart", item_id="rice")
    await with_anna.say("action_checkout")
    for _ in range(3):
        await with_anna.say("action_price", item_id="butter")
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"
    assert held(with_anna) == {"rice": 1}


async def test_no_orders_nothing(with_anna: Chat) -> None:
    await with_anna.say("action_add_to_cart", item_id="rice")
    await with_anna.say("action_checkout")
    assert (await with_anna.say("action_deny", "no"))["response"] == "utter_order_not_placed"
    assert (await with_anna.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"
    assert held(with_anna) == {"rice": 1}


async def test_strangers_log_in_before_they_order(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_checkout"))["response"] == "utter_how_to_order"
    await with_visitor.say("action_add_to_cart", item_id="rice")
    assert (await with_visitor.say("action_checkout"))["response"] == "utter_checkout_login"
    assert (await with_visitor.say("action_affirm", "yes"))["response"] == "utter_yes_to_what"
