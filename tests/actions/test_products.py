"""One product closely, several side by side, what is new, what is on sale."""

from datetime import timedelta

from sqlalchemy import update

from shop.rights import set_consent
from shop.storage.tables import products
from tests.actions.chat import Chat, item_ids
from tests.small_shop import TODAY


async def coffee(chat: Chat) -> list[str]:
    return item_ids(await chat.say("action_search", "coffee", category=("Coffee", "coffee")))


async def test_two_places_are_compared(with_visitor: Chat) -> None:
    shown = await coffee(with_visitor)
    said = await with_visitor.say(
        "action_compare", "compare the first two", ordinal=("first_two", "first two")
    )
    assert said["custom"]["kind"] == "comparison"
    assert item_ids(said) == shown[:2]
    assert {"price", "size"} <= {row["key"] for row in said["custom"]["rows"]}


async def test_the_difference_that_tells_is_said(with_visitor: Chat) -> None:
    await coffee(with_visitor)
    said = await with_visitor.say("action_compare", "coffee beans or ground coffee, which is better")
    assert set(item_ids(said)) == {"coffee-beans", "coffee-ground"}
    assert said["difference"].startswith("Ground coffee, 12 oz gives you more for your money: $0.71 an ounce")


async def test_cheaper_and_the_better_buy_may_be_two(with_visitor: Chat) -> None:
    await coffee(with_visitor)
    said = await with_visitor.say("action_compare", "instant coffee vs ground coffee")
    assert "Instant coffee, 4 oz costs less: $5.49" in said["difference"]
    assert "Ground coffee, 12 oz is the better buy" in said["difference"]


async def test_it_with_another(with_visitor: Chat) -> None:
    shown = await coffee(with_visitor)
    await with_visitor.say("action_price", "how much is the first", ordinal=("1", "first"))
    said = await with_visitor.say("action_compare", "compare it with the third", ordinal=("3", "third"))
    assert item_ids(said) == [shown[0], shown[2]]


async def test_few_on_the_screen_are_compared_at_once(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "yogurt", category=("Yogurt", "yogurt"))
    said = await with_visitor.say("action_compare", "what's the difference between them?")
    assert set(item_ids(said)) == {"yogurt-plain", "yogurt-berry"}


async def test_many_on_the_screen_ask_which(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    said = await with_visitor.say("action_compare", "compare", intent="compare_products")
    assert said["response"] == "utter_compare_which"
    said = await with_visitor.press(said["buttons"][0], "action_compare")
    assert len(item_ids(said)) == 2


async def test_too_many_are_too_many(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    said = await with_visitor.say("action_compare", "compare all of them", ordinal=("all", "all of them"))
    assert (said["response"], said["sentence"]) == (
        "utter_problem",
        "Please choose at most four products to compare.",
    )


async def test_what_suits_the_shopper_more_is_said(with_anna: Chat) -> None:
    await with_anna.say("action_search", "flour and salsa")
    said = await with_anna.say("action_compare", "flour or salsa")
    assert said["response"] == "utter_compared_suits"
    assert "flour" in said["suits"]


async def test_after_comparing_the_second_is_the_second_of_the_two(with_visitor: Chat) -> None:
    shown = await coffee(with_visitor)
    await with_visitor.say("action_compare", "compare the last two", ordinal=("last_two", "last two"))
    said = await with_visitor.say("action_price", "and the second one?", ordinal=("2", "second"))
    assert said["item_id"] == shown[2]


async def test_nothing_to_compare(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_compare", "compare them")
    assert said["response"] == "utter_nothing_shown"


async def test_details_tell_what_is_known(with_anna: Chat) -> None:
    said = await with_anna.say("action_details", item_id="flour")
    assert said["response"] == "utter_details"
    lines = said["facts"].splitlines()
    assert "Size: 5 lb" in lines
    assert "Brand: Mill" in lines
    assert "You buy this about every 7 days, last yesterday" in lines
    assert said["item_id"] == "flour"


async def test_details_of_a_stranger_hold_nothing_personal(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_details", item_id="flour")
    assert "You buy this" not in said["facts"]


async def test_details_respect_a_pause(with_anna: Chat) -> None:
    set_consent(with_anna.shop, with_anna.audience, "personalisation", False)
    said = await with_anna.say("action_details", item_id="flour")
    assert "You buy this" not in said["facts"]


async def test_details_mean_what_was_just_spoken_of(with_visitor: Chat) -> None:
    await coffee(with_visitor)
    await with_visitor.say("action_price", "how much is the second", ordinal=("2", "second"))
    said = await with_visitor.say("action_details", "is it vegan?", intent="ask_product_details")
    assert said["item_id"] == "coffee-ground"


async def test_details_of_something_not_on_screen_show_it(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_details", "what is in the salsa", category=("Dips", "salsa"))
    assert said["response"] == "utter_details_of_which"
    assert "salsa" in item_ids(said)


async def test_what_is_new(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_new_products"))["response"] == "utter_nothing_new"
    with with_visitor.shop.database.write() as connection:
        recent = update(products).where(products.c.id == "jam").values(added_on=TODAY - timedelta(days=2))
        connection.execute(recent)
    with_visitor.clock.advance(days=1)
    said = await with_visitor.say("action_new_products", "anything new?")
    assert (said["response"], item_ids(said)) == ("utter_new_products", ["jam"])


async def test_what_is_on_sale(with_visitor: Chat, with_anna: Chat) -> None:
    said = await with_visitor.say("action_promotions", "what's on sale?")
    assert (said["response"], item_ids(said)) == ("utter_on_sale", ["coffee-beans"])
    assert (await with_anna.say("action_promotions"))["response"] == "utter_on_sale_for_you"


async def test_nothing_of_it_is_on_sale(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_promotions", "any deals on tea?", category=("Tea", "tea"))
    assert said["response"] in {"utter_on_sale", "utter_nothing_on_sale"}
    assert "tea" not in " ".join(item_ids(said) if said["custom"] else [])


async def test_what_it_contains_is_no_search_for_that(with_visitor: Chat) -> None:
    await coffee(with_visitor)
    said = await with_visitor.say(
        "action_details", "does it contain chocolate?", category=("Chocolate", "chocolate")
    )
    assert said["response"] == "utter_which_one"
