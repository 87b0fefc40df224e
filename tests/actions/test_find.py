"""Search, narrowing down, turning down."""

from shop.storage.slates import slate_items
from tests.actions.chat import Chat, item_ids


async def test_what_is_named_is_shown_and_in_the_log(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "do you have any milk?", category=("Milk", "milk"))
    assert said["response"] == "utter_found_for"
    assert said["what"] == "milk"
    assert set(item_ids(said)) == {"milk-whole", "milk-skim", "milk-oat"}
    with with_visitor.shop.database.read() as connection:
        logged = slate_items(connection, said["custom"]["slate_id"])
    assert [row.item_id for row in logged] == item_ids(said)


async def test_words_beside_a_category_decide_what_comes_first(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "I'm looking for oat milk", category=("Milk", "milk"))
    assert item_ids(said)[0] == "milk-oat"
    assert said["what"] == "oat milk"


async def test_what_is_not_quite_what_was_asked_for_is_called_so(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "almond milk", category=("Milk", "milk"))
    assert said["response"] == "utter_closest_for"
    assert set(item_ids(said)) == {"milk-whole", "milk-skim", "milk-oat"}


async def test_the_last_of_two_names_is_the_thing_itself(with_visitor: Chat) -> None:
    said = await with_visitor.say(
        "action_search", "tomato sauce", department=("produce", "tomato"), category=("Sauces", "sauce")
    )
    assert item_ids(said) == ["tomato-sauce"]


async def test_names_that_stand_apart_are_both_found(with_visitor: Chat) -> None:
    said = await with_visitor.say(
        "action_search", "chips and salsa", category=("Chips", "chips"), product=("Dips", "salsa")
    )
    assert {"chips", "salsa"} <= set(item_ids(said))


async def test_words_alone_are_enough(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "got any spagetti?")
    assert item_ids(said)[0] == "pasta"


async def test_a_price_limit_holds(with_visitor: Chat) -> None:
    said = await with_visitor.say(
        "action_search", "milk under $3.45", category=("Milk", "milk"), price_max=3.45
    )
    assert item_ids(said) == ["milk-skim"]


async def test_nothing_that_cheap_is_said_so_and_the_dearer_is_shown(with_visitor: Chat) -> None:
    said = await with_visitor.say(
        "action_search", "coffee under 1", category=("Coffee", "coffee"), price_max=1
    )
    assert said["response"] == "utter_nothing_in_budget"
    assert said["price"] == "$1.00"
    assert "coffee-instant" in item_ids(said)


async def test_an_absurd_price_is_no_error(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "milk", category=("Milk", "milk"), price_max=float("inf"))
    assert said["response"] == "utter_found_for"


async def test_nothing_found_names_what_was_looked_for_and_yes_shows_bestsellers(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "do you sell zeppelins")
    assert (said["response"], said["what"]) == ("utter_nothing_found", "zeppelins")
    assert (await with_visitor.say("action_affirm", "yes"))["response"] == "utter_bestsellers"


async def test_nothing_named_asks_what_for(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_search", "do you have something?")
    assert said["response"] == "utter_search_for_what"


async def test_cheaper_stays_with_what_was_searched(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "oat milk", category=("Milk", "milk"))
    await with_visitor.say("action_search", "coffee", category=("Coffee", "coffee"))
    said = await with_visitor.say("action_refine", "something under 8.60", price_max=8.6)
    assert set(item_ids(said)) == {"coffee-ground", "coffee-instant"}
    said = await with_visitor.say("action_refine", "cheaper", critique="cheaper")
    assert said["response"] == "utter_nothing_cheaper"
    assert (said["item_id"], said["price"]) == ("coffee-instant", "$5.49")


async def test_another_brand_is_another_brand(with_visitor: Chat) -> None:
    await with_visitor.say(
        "action_search", "coffee by andes", category=("Coffee", "coffee"), brand=("Andes", "andes")
    )
    said = await with_visitor.say("action_refine", "another brand", critique=("other_brand", "another brand"))
    assert item_ids(said) == ["coffee-instant"]
    said = await with_visitor.say("action_refine", "another brand", critique=("other_brand", "another brand"))
    assert said["response"] == "utter_no_other_brand"


async def test_more_shows_others(with_visitor: Chat) -> None:
    first = await with_visitor.say("action_bestsellers", "what's popular")
    second = await with_visitor.say("action_refine", "show me more", critique="more")
    assert not set(item_ids(first)) & set(item_ids(second))


async def test_words_narrow_down_too(with_visitor: Chat) -> None:
    await with_visitor.say("action_search", "cereal", category=("Cereal", "cereal"))
    said = await with_visitor.say("action_refine", "only with chocolate")
    assert item_ids(said) == ["cereal-chocolate"]


async def test_what_cannot_be_narrowed_by_is_said(with_visitor: Chat) -> None:
    await with_visitor.say("action_bestsellers")
    said = await with_visitor.say("action_refine", "bigger", critique=("size", "bigger"))
    assert said["response"] == "utter_cannot_refine"


async def test_refining_nothing_says_so(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_refine", "cheaper", critique="cheaper"))[
        "response"
    ] == "utter_nothing_shown"


async def test_a_rejected_item_never_comes_back(with_visitor: Chat) -> None:
    first = await with_visitor.say("action_bestsellers")
    said = await with_visitor.say("action_reject", "not the second one", ordinal=("2", "second"))
    assert said["response"] == "utter_rejected"
    assert said["item"] == first["custom"]["items"][1]["name"]
    again = await with_visitor.say("action_bestsellers")
    assert item_ids(first)[1] not in item_ids(again)
    assert item_ids(first)[0] in item_ids(again)


async def test_none_of_these_shows_others(with_visitor: Chat) -> None:
    first = await with_visitor.say("action_bestsellers")
    said = await with_visitor.say("action_reject", "none of these")
    assert said["response"] == "utter_rejected_all"
    assert not set(item_ids(first)) & set(item_ids(said))


async def test_a_taste_that_nothing_on_screen_meets_is_not_promised_to_be_kept(with_visitor: Chat) -> None:
    said = await with_visitor.say("action_reject", "I hate tea", category=("Tea", "tea"))
    assert said["response"] == "utter_taste_not_kept"
