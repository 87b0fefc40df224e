"""The simulated checkout, also with many shoppers at once: nothing is sold twice, nothing half."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import delete

from shop.carts import OutOfStock, add_to_cart, place_order, view_cart
from shop.context import Audience, Shop
from shop.errors import Conflict, Unauthorized
from shop.orders import Order
from shop.recommendations import recommend
from shop.storage import tables
from tests.shop.log import rows, set_stock, stock_of
from tests.small_shop import shopper_ids


def test_an_order_takes_stock_and_leaves_events(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    add_to_cart(each_shop, anna, "flour", 2, slate.slate_id)
    add_to_cart(each_shop, anna, "coffee-beans")
    order = place_order(each_shop, anna)
    assert order.order_id.isdecimal()
    assert len(order.order_id) == 12
    assert order.row.total_minor == 2 * 329 + 899
    assert order.sentence == f"We have your order {order.order_id}. It should arrive on Wed, Mar 4."
    assert {line.item_id: (line.quantity, line.paid_minor) for line in order.lines} == {
        "flour": (2, 658),
        "coffee-beans": (1, 899),
    }
    assert (stock_of(each_shop, "flour"), stock_of(each_shop, "coffee-beans")) == (18, 19)
    assert view_cart(each_shop, anna).lines == ()
    (row,) = rows(each_shop, tables.orders, id=order.order_id)
    assert (row["slate_id"], row["delivery_simulated"]) == (slate.slate_id, True)
    bought = {event["item_id"]: event for event in rows(each_shop, tables.events, kind="purchase")}
    assert (bought["flour"]["slate_id"], bought["flour"]["value"]) == (slate.slate_id, 2)
    assert bought["coffee-beans"]["slate_id"] is None


def test_when_an_item_is_short_nothing_is_bought(each_shop: Shop, anna: Audience) -> None:
    add_to_cart(each_shop, anna, "coffee-beans")
    add_to_cart(each_shop, anna, "flour", 3)
    set_stock(each_shop, "flour", 2)
    with pytest.raises(OutOfStock, match="2 of 'Wheat flour, 5 lb'") as caught:
        place_order(each_shop, anna)
    assert caught.value.item_id == "flour"
    assert stock_of(each_shop, "coffee-beans") == 20
    assert view_cart(each_shop, anna).item_count == 4
    assert rows(each_shop, tables.events, kind="purchase") == []


def test_an_order_needs_a_shopper_and_something_to_buy(
    each_shop: Shop, anna: Audience, visitor: Audience
) -> None:
    add_to_cart(each_shop, visitor, "flour")
    with pytest.raises(Unauthorized) as login:
        place_order(each_shop, visitor)
    with pytest.raises(Conflict) as empty:
        place_order(each_shop, anna)
    assert (login.value.code, empty.value.code) == ("login_required", "cart_empty")


def test_a_slate_that_was_deleted_meanwhile_does_not_spoil_the_order(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    add_to_cart(each_shop, anna, slate.items[0].item_id, 1, slate.slate_id)
    with each_shop.database.write() as connection:
        connection.execute(delete(tables.slates))
    place_order(each_shop, anna)
    (event,) = rows(each_shop, tables.events, kind="purchase")
    assert event["slate_id"] is None


def test_the_last_pieces_are_sold_once(each_shop: Shop) -> None:
    """Twelve shoppers, five pieces of each of two items, put into carts in opposite orders."""
    set_stock(each_shop, "dish-soap", 5)
    set_stock(each_shop, "sponges", 5)
    audiences = [Audience(shopper_id=shopper) for shopper in shopper_ids()[:12]]
    for place, audience in enumerate(audiences):
        for item_id in ("dish-soap", "sponges")[:: 1 if place % 2 else -1]:
            add_to_cart(each_shop, audience, item_id)

    def buy(audience: Audience) -> Order | None:
        try:
            return place_order(each_shop, audience)
        except OutOfStock:
            return None

    with ThreadPoolExecutor(8) as pool:
        orders = [order for order in pool.map(buy, audiences) if order]
    assert len(orders) == 5
    assert (stock_of(each_shop, "dish-soap"), stock_of(each_shop, "sponges")) == (0, 0)
    assert len(rows(each_shop, tables.events, kind="purchase")) == 10
    assert len(rows(each_shop, tables.cart_lines)) == 14


def test_pressing_order_twice_orders_once(each_shop: Shop, anna: Audience) -> None:
    add_to_cart(each_shop, anna, "flour", 2)

    def buy(turn: int) -> Order | None:
        try:
            return place_order(each_shop, replace(anna, turn_id=str(turn)))
        except Conflict:
            return None

    with ThreadPoolExecutor(6) as pool:
        orders = [order for order in pool.map(buy, range(6)) if order]
    assert len(orders) == 1
    assert stock_of(each_shop, "flour") == 18


def test_adding_at_once_from_two_tabs_loses_nothing(each_shop: Shop, anna: Audience) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: add_to_cart(each_shop, anna, "bananas"), range(12)))
    assert view_cart(each_shop, anna).item_count == 12
