import json
from dataclasses import replace

import pytest

from shop.carts import OutOfStock, add_to_cart, adopt_cart, remove_from_cart, view_cart
from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound, Unauthorized
from shop.recommendations import recommend
from shop.sentences import error_sentence
from shop.storage import tables
from tests.conftest import FakeClock
from tests.shop.log import rows


def test_a_cart_adds_up(each_shop: Shop, visitor: Audience, clock: FakeClock) -> None:
    add_to_cart(each_shop, visitor, "coffee-beans", 2)
    clock.advance(seconds=1)
    add_to_cart(each_shop, visitor, "bananas")
    cart = add_to_cart(each_shop, visitor, "coffee-beans")
    assert [(line.product.item_id, line.quantity) for line in cart.lines] == [
        ("coffee-beans", 3),
        ("bananas", 1),
    ]
    assert (cart.item_count, cart.total_minor) == (4, 3 * 899 + 59)
    payload = json.loads(json.dumps(cart.payload()))
    assert (payload["kind"], payload["total"], payload["total_label"]) == ("cart", 27.56, "$27.56")
    assert payload["lines"][0] == {
        "item_id": "coffee-beans",
        "name": "Coffee beans, 12 oz",
        "image": "/tiles/coffee.svg",
        "url": "/product/coffee-beans",
        "quantity": 3,
        "in_stock": True,
        "price": 8.99,
        "price_label": "$8.99",
        "was_price": 10.99,
        "was_price_label": "$10.99",
        "currency": "USD",
        "line_total": 26.97,
        "line_total_label": "$26.97",
    }
    assert view_cart(each_shop, visitor) == cart


def test_an_empty_cart_is_a_cart(each_shop: Shop, visitor: Audience) -> None:
    assert view_cart(each_shop, visitor).payload() == {
        "kind": "cart",
        "lines": [],
        "item_count": 0,
        "total": 0.0,
        "total_label": "$0.00",
        "currency": "USD",
    }


def test_adding_writes_the_event_with_its_slate(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    add_to_cart(each_shop, anna, slate.items[0].item_id, 2, slate.slate_id)
    (event,) = rows(each_shop, tables.events)
    assert (event["kind"], event["slate_id"], event["value"]) == ("add_to_cart", slate.slate_id, 2)


def test_a_refused_item_leaves_neither_line_nor_event(
    each_shop: Shop, anna: Audience, visitor: Audience
) -> None:
    foreign = recommend(each_shop, visitor)
    for item_id, quantity, slate_id, error, field in (
        ("nothing", 1, None, NotFound, "item_id"),
        ("gum", 1, None, NotFound, "item_id"),
        ("flour", 0, None, InvalidInput, "quantity"),
        ("flour", 100, None, InvalidInput, "quantity"),
        ("flour", 21, None, OutOfStock, "item_id"),
        ("croissants", 1, None, OutOfStock, "item_id"),
        (foreign.items[0].item_id, 1, foreign.slate_id, NotFound, "slate_id"),
    ):
        with pytest.raises(error) as caught:
            add_to_cart(each_shop, anna, item_id, quantity, slate_id)
        assert caught.value.field == field
    assert view_cart(each_shop, anna).lines == ()
    assert rows(each_shop, tables.events) == []


def test_what_the_cart_holds_already_counts(each_shop: Shop, anna: Audience) -> None:
    add_to_cart(each_shop, anna, "olive-oil")
    with pytest.raises(OutOfStock) as caught:
        add_to_cart(each_shop, anna, "olive-oil")
    say = each_shop.phrases
    assert error_sentence(say, caught.value, "en") == "Only one Olive oil, 17 oz is left."
    assert error_sentence(say, caught.value, "zh") == "Olive oil, 17 oz 仅剩 1 件。"
    assert view_cart(each_shop, anna).item_count == 1


def test_removing(each_shop: Shop, visitor: Audience) -> None:
    add_to_cart(each_shop, visitor, "flour", 3)
    assert remove_from_cart(each_shop, visitor, "flour").lines == ()
    with pytest.raises(NotFound) as caught:
        remove_from_cart(each_shop, visitor, "flour")
    assert caught.value.code == "not_in_cart"


def test_carts_are_kept_apart(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    add_to_cart(each_shop, anna, "flour")
    assert view_cart(each_shop, visitor).lines == ()
    assert view_cart(each_shop, replace(anna, shopper_id="ben")).lines == ()
    assert view_cart(each_shop, replace(anna, conversation_id="another")).item_count == 1


def test_a_visitors_cart_comes_along_when_logging_in(each_shop: Shop, visitor: Audience) -> None:
    known = replace(visitor, shopper_id="mona")
    add_to_cart(each_shop, known, "flour")
    add_to_cart(each_shop, visitor, "flour", 2)
    add_to_cart(each_shop, visitor, "sugar")
    cart = adopt_cart(each_shop, known)
    assert {line.product.item_id: line.quantity for line in cart.lines} == {"flour": 3, "sugar": 1}
    assert view_cart(each_shop, visitor).lines == ()


def test_nobody_in_particular_has_no_cart(small_shop: Shop) -> None:
    with pytest.raises(Unauthorized):
        view_cart(small_shop, Audience())
