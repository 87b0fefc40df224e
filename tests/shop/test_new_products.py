"""What the shop has added lately, and whom it suits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.carts import add_to_cart, place_order
from shop.context import Audience, Shop
from shop.recommendations import (
    explain,
    new_products,
)
from shop.training import train
from shop.wishes import Wish
from tests.conftest import FakeClock
from tests.shop.log import add_product, ids, set_stock
from tests.small_shop import NOW


@pytest.fixture
def with_novelties(small_shop: Shop) -> Shop:
    """The small shop with a coffee of three days and a cat toy of three weeks that nobody bought yet."""
    for item_id, like, days in (("coffee-decaf", "coffee-beans", 3), ("cat-toy", "cat-food", 20)):
        add_product(small_shop, item_id, like=like, added_on=(NOW - timedelta(days=days)).date())
    train(small_shop)
    return small_shop


def test_new_products_suit_the_asker(with_novelties: Shop, anna: Audience) -> None:
    dan = new_products(with_novelties, replace(anna, shopper_id="dan"))
    assert ids(dan) == ["coffee-decaf", "cat-toy"]
    assert dan.items[0].reasons[0] == "New this week"
    assert "Coffee beans, 12 oz" in dan.items[0].reasons[1]
    gina = new_products(with_novelties, replace(anna, shopper_id="gina", locale="zh"))
    assert ids(gina) == ["cat-toy", "coffee-decaf"]
    assert gina.items[0].reasons[0] == "本月新品"
    assert (gina.purpose, gina.items[0].ranked.source) == ("new", "content")


def test_new_products_keep_to_the_wish(with_novelties: Shop, visitor: Audience) -> None:
    assert ids(new_products(with_novelties, visitor, Wish(category="Cats"))) == ["cat-toy"]
    assert ids(new_products(with_novelties, visitor, Wish(text="coffee"))) == ["coffee-decaf"]
    set_stock(with_novelties, "cat-toy", 0)
    assert ids(new_products(with_novelties, visitor)) == ["coffee-decaf"]


def test_why_a_novelty_was_shown_is_told_again(with_novelties: Shop, anna: Audience) -> None:
    slate = new_products(with_novelties, replace(anna, shopper_id="dan"))
    why = explain(with_novelties, replace(anna, shopper_id="dan"), "coffee-decaf", slate.slate_id)
    assert why.reasons == slate.items[0].reasons


def test_nothing_old_and_nothing_had_is_shown_as_new(
    small_shop: Shop, with_novelties: Shop, anna: Audience, clock: FakeClock
) -> None:
    add_to_cart(with_novelties, anna, "coffee-decaf")
    place_order(with_novelties, anna)
    assert ids(new_products(with_novelties, anna)) == ["cat-toy"]
    clock.advance(days=100)
    assert new_products(with_novelties, anna).items == ()


def test_a_shop_that_has_just_opened_has_nothing_new(small_shop: Shop, anna: Audience) -> None:
    assert new_products(small_shop, anna).items == ()
