"""Prices in the shopper's currency: converted for reading, charged in the shop's own."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.conversations import start_conversation
from shop.currencies import known_currencies, latest_rates
from shop.dates import date_label
from shop.storage.slates import slate_items
from shop.storage.tables import shoppers
from tests.actions.chat import Chat, item_ids


@pytest.fixture
def visiting(with_visitor: Chat) -> Chat:
    """A stranger whose conversation is in the record."""
    start_conversation(with_visitor.shop, "en", visit_id=with_visitor.audience.conversation_id)
    return with_visitor


async def switch(chat: Chat, code: str) -> dict[str, Any]:
    return await chat.say("action_change_currency", "prices in that please", currency=code)


async def test_cards_and_sentences_are_converted_and_say_about(visiting: Chat) -> None:
    said = await switch(visiting, "EUR")
    assert said["response"] == "utter_currency_changed"
    assert (said["currency"], said["own"]) == ("euros", "US dollars")
    assert said["day"] == date_label(latest_rates().day, "en", visiting.shop.now().date())
    card = (await visiting.say("action_search", "rice", category=("Rice", "rice")))["custom"]["items"][0]
    euros = 2.99 / latest_rates().per_euro["USD"]
    assert card["price_label"] == f"about €{euros:.2f}"
    assert (card["price"], card["currency"]) == (2.99, "USD")
    said = await visiting.say("action_price", item_id="coffee-beans")
    assert said["price"].startswith("about €")
    assert said["was_price"].startswith("about €")


async def test_the_log_keeps_what_the_shop_asks(visiting: Chat) -> None:
    await switch(visiting, "EUR")
    said = await visiting.say("action_search", "rice", category=("Rice", "rice"))
    with visiting.shop.database.read() as connection:
        (shown,) = slate_items(connection, said["custom"]["slate_id"])
    assert (shown.price_minor, shown.currency) == (299, "USD")


async def test_the_checkout_says_what_is_charged(with_anna: Chat) -> None:
    await switch(with_anna, "CNY")
    await with_anna.say("action_add_to_cart", item_id="rice", quantity=2)
    said = await with_anna.say("action_checkout")
    assert said["response"] == "utter_checkout_converted"
    assert said["charged"] == "$5.98"
    assert said["total"].startswith("about CN¥")
    order = await with_anna.say("action_affirm", "yes")
    assert order["custom"]["total_label"] == "$5.98"


async def test_it_is_kept_for_the_shopper(with_anna: Chat) -> None:
    await switch(with_anna, "GBP")
    later = with_anna.as_shopper("anna")
    assert (await later.say("action_price", item_id="rice"))["price"].startswith("about £")
    with with_anna.shop.database.read() as connection:
        kept = connection.execute(select(shoppers.c.currency).where(shoppers.c.id == "anna")).scalar()
    assert kept == "GBP"


async def test_back_to_the_shops_own(visiting: Chat) -> None:
    await switch(visiting, "JPY")
    assert (await visiting.say("action_price", item_id="rice"))["price"].startswith("about ¥")
    assert (await switch(visiting, "USD"))["response"] == "utter_currency_own"
    assert (await visiting.say("action_price", item_id="rice"))["price"] == "$2.99"


async def test_a_currency_without_a_rate(visiting: Chat) -> None:
    said = await switch(visiting, "XAU")
    assert said["response"] == "utter_currency_unknown"
    assert "EUR" in said["codes"]
    said = await visiting.press(said["buttons"][1], "action_change_currency")
    assert said["response"] == "utter_currency_changed"


async def test_no_currency_asks_which(visiting: Chat) -> None:
    said = await visiting.say("action_change_currency", "another currency", intent="change_currency")
    assert said["response"] == "utter_currency_which"
    assert said["buttons"][0]["title"] == "US dollars"


async def test_a_limit_in_the_currency_that_was_named(visiting: Chat) -> None:
    rate = latest_rates().per_euro["USD"]
    limit = round(3.45 / rate, 2)
    said = await visiting.say(
        "action_search",
        "milk under that many euros",
        category=("Milk", "milk"),
        price_max=limit,
        currency="EUR",
    )
    assert item_ids(said) == ["milk-skim"]


async def test_the_currency_of_the_price_comes_before_one_named_elsewhere(visiting: Chat) -> None:
    limit = round(3.45 / latest_rates().per_euro["USD"], 2)
    said = await visiting.say(
        "action_search",
        "milk under that many euros, not yen",
        category=("Milk", "milk"),
        price_max=limit,
        price_currency="EUR",
        currency="JPY",
    )
    assert item_ids(said) == ["milk-skim"]


async def test_a_limit_after_switching_is_meant_in_the_new_currency(visiting: Chat) -> None:
    await switch(visiting, "CNY")
    yuan = latest_rates().per_euro["CNY"] / latest_rates().per_euro["USD"]
    said = await visiting.say(
        "action_search", "milk", category=("Milk", "milk"), price_max=round(3.45 * yuan, 2)
    )
    assert item_ids(said) == ["milk-skim"]


async def test_a_sign_tells_the_currency_too(visiting: Chat) -> None:
    await switch(visiting, "CNY")
    said = await visiting.say(
        "action_search", "milk under $3.45", category=("Milk", "milk"), price_max=(3.45, "$3.45")
    )
    assert item_ids(said) == ["milk-skim"]


async def test_a_limit_is_said_back_in_the_shoppers_currency(visiting: Chat) -> None:
    await visiting.say("action_search", "milk", category=("Milk", "milk"))
    await switch(visiting, "EUR")
    said = await visiting.say("action_refine", "under 3.50", price_max=(3.5, "3.50"))
    assert said["limits"] == "about €3.50 or less"


def test_every_currency_on_offer_has_a_rate(visiting: Chat) -> None:
    known = known_currencies(visiting.shop)
    assert known[0] == "USD"
    assert {"EUR", "CNY", "GBP", "JPY"} < set(known)
    assert all(rate > 0 for rate in latest_rates().per_euro.values())
