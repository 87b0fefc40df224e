"""Currencies: rates with their day, choices that are kept, labels that say "about"."""

from dataclasses import replace

import pytest

from shop.carts import add_to_cart
from shop.context import Audience, Shop
from shop.conversations import start_conversation
from shop.currencies import choose_currency, exchange_to, in_own_currency, known_currencies, latest_rates
from shop.errors import InvalidInput
from shop.money import Exchange, fine_price_label, price_label
from shop.recommendations import search
from shop.wishes import Wish

HALF = Exchange("USD", "EUR", 0.5, latest_rates().day, "about {price}")


@pytest.mark.parametrize(
    ("minor", "currency", "label"),
    [(399, "USD", "about €2.00"), (399, "GBP", "£3.99"), (0, "USD", "about €0.00")],
)
def test_a_label_is_converted_from_its_own_currency_only(minor: int, currency: str, label: str) -> None:
    assert price_label(minor, currency, "en", HALF) == label


def test_little_amounts_keep_their_digits() -> None:
    assert fine_price_label(7.4, "USD", "en", HALF) == "about €0.037"


@pytest.mark.parametrize(("major", "minor"), [(2, 400), ("1.995", 399), (0, 0)])
def test_back_to_the_shops_currency(major: float | str, minor: int) -> None:
    assert HALF.back(major) == minor


def test_yen_have_no_cents(small_shop: Shop) -> None:
    yen = exchange_to(small_shop, "JPY", "en")
    assert yen is not None
    assert "." not in price_label(1000, "USD", "en", yen)
    assert abs(yen.back(float(yen.converted(1000))) - 1000) <= 1


def test_a_choice_is_kept(each_shop: Shop, anna: Audience) -> None:
    start_conversation(each_shop, "en", "anna", anna.conversation_id)
    assert in_own_currency(each_shop, anna).shown_in is None
    choose_currency(each_shop, anna, "EUR")
    for audience in (anna, replace(anna, conversation_id="another")):
        shown_in = in_own_currency(each_shop, audience).shown_in
        assert shown_in is not None
        assert shown_in.target == "EUR"
    assert in_own_currency(each_shop, Audience(conversation_id="a-strangers")).shown_in is None


def test_the_conversations_choice_counts_before_the_shoppers(each_shop: Shop, anna: Audience) -> None:
    start_conversation(each_shop, "en", "anna", anna.conversation_id)
    choose_currency(each_shop, anna, "EUR")
    choose_currency(each_shop, Audience(shopper_id="anna", conversation_id="elsewhere"), "GBP")
    shown_in = in_own_currency(each_shop, anna).shown_in
    assert shown_in is not None
    assert shown_in.target == "EUR"


def test_an_unknown_currency_is_refused_and_not_kept(small_shop: Shop, anna: Audience) -> None:
    with pytest.raises(InvalidInput, match="no rate"):
        choose_currency(small_shop, anna, "XAU")
    assert in_own_currency(small_shop, anna).shown_in is None


def test_payloads_keep_the_amounts_that_are_charged(small_shop: Shop, anna: Audience) -> None:
    audience = replace(anna, shown_in=HALF)
    card = search(small_shop, audience, Wish(category="Rice")).payload()["items"][0]
    assert (card["price"], card["currency"], card["price_label"]) == (2.99, "USD", "about €1.50")
    cart = add_to_cart(small_shop, audience, "rice", 2).payload()
    assert (cart["total"], cart["currency"], cart["total_label"]) == (5.98, "USD", "about €2.99")


def test_rates_are_the_banks() -> None:
    rates = latest_rates()
    assert rates.per_euro["EUR"] == 1.0
    assert 0.5 < rates.per_euro["USD"] < 2.0


def test_a_shop_whose_own_currency_has_no_rate_shows_that_one_only(shop_factory) -> None:  # type: ignore[no-untyped-def]
    assert known_currencies(shop_factory(currency="XAU")) == ("XAU",)
