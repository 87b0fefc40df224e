"""Cancelling, changing and redirecting orders, also many at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import update

from shop.carts import add_to_cart, place_order
from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound, Unauthorized
from shop.order_changes import Changed, address_of, cancel_order, check_cancelling, set_address, set_quantity
from shop.orders import Order, find_order, recent_orders
from shop.sentences import error_sentence
from shop.service_requests import NotPossible, requests_of
from shop.storage import tables
from tests.shop.log import rows, stock_of


def buy(shop: Shop, who: Audience, **items: int) -> Order:
    for item, quantity in items.items():
        add_to_cart(shop, who, item.replace("_", "-"), quantity)
    return place_order(shop, who)


def set_state(shop: Shop, order: Order, status: str) -> None:
    changed = update(tables.orders).where(tables.orders.c.id == order.order_id)
    with shop.database.write() as connection:
        connection.execute(changed.values(status=status))


def test_cancelling_gives_stock_and_money_back(each_shop: Shop, anna: Audience) -> None:
    order = buy(each_shop, anna, flour=2, sugar=1)
    assert stock_of(each_shop, "flour") == 18
    done = cancel_order(each_shop, anna, order.order_id)
    assert done.order.status == "cancelled"
    assert find_order(each_shop, anna, order.order_id).status == "cancelled"
    assert (stock_of(each_shop, "flour"), stock_of(each_shop, "sugar")) == (20, 20)
    (request,) = rows(each_shop, tables.service_requests)
    assert (request["kind"], request["status"], request["amount_minor"]) == ("cancel", "approved", 977)
    (entry,) = rows(each_shop, tables.audit, action="cancel_order")
    assert (entry["subject"], entry["detail"]["order"]) == ("anna", order.order_id)


def test_cancelled_at_the_same_time_it_is_cancelled_once(each_shop: Shop, anna: Audience) -> None:
    order = buy(each_shop, anna, flour=2)

    def cancel(turn: int) -> Changed | str:
        try:
            return cancel_order(each_shop, replace(anna, turn_id=str(turn)), order.order_id)
        except NotPossible as refused:
            return refused.code

    with ThreadPoolExecutor(6) as pool:
        came_of_it = list(pool.map(cancel, range(6)))
    assert len([each for each in came_of_it if isinstance(each, Changed)]) == 1
    assert came_of_it.count("order_cancelled") == 5
    assert stock_of(each_shop, "flour") == 20
    assert len(rows(each_shop, tables.service_requests)) == 1


def test_changed_and_cancelled_at_once_nothing_is_paid_back_twice(each_shop: Shop, anna: Audience) -> None:
    order = buy(each_shop, anna, flour=3, sugar=1)

    def act(turn: int) -> None:
        try:
            if turn % 2:
                cancel_order(each_shop, anna, order.order_id)
            else:
                set_quantity(each_shop, anna, order.order_id, "flour", 2 - turn // 2)
        except (NotPossible, InvalidInput):
            pass

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(6)))
    back = sum(request["amount_minor"] for request in rows(each_shop, tables.service_requests))
    assert back == order.row.total_minor
    assert (stock_of(each_shop, "flour"), stock_of(each_shop, "sugar")) == (20, 20)


@pytest.mark.parametrize("status", ["on_the_way", "delivered", "cancelled", "returned"])
def test_too_late_is_told(small_shop: Shop, anna: Audience, status: str) -> None:
    order = buy(small_shop, anna, flour=1)
    set_state(small_shop, order, status)
    for attempt in (check_cancelling, cancel_order):
        with pytest.raises(NotPossible) as refused:
            attempt(small_shop, anna, order.order_id)
        for locale in ("en", "zh"):
            assert order.order_id in error_sentence(small_shop.phrases, refused.value, locale)
    assert rows(small_shop, tables.service_requests) == []


def test_nobody_touches_the_orders_of_others(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    order = buy(each_shop, anna, flour=2)
    for foreign in (replace(anna, shopper_id="ben"), visitor, Audience()):
        with pytest.raises(NotFound):
            cancel_order(each_shop, foreign, order.order_id)
        with pytest.raises(NotFound):
            set_quantity(each_shop, foreign, order.order_id, "flour", 1)
        with pytest.raises(NotFound):
            set_address(each_shop, foreign, "1 Foreign Road, Springfield 12345", order.order_id)
    assert find_order(each_shop, anna, order.order_id).status == "placed"


def test_taking_out_adjusts_line_total_and_stock(each_shop: Shop, anna: Audience) -> None:
    order = buy(each_shop, anna, flour=3, sugar=1)
    fewer = set_quantity(each_shop, anna, order.order_id, "flour", 1)
    assert fewer.order.row.total_minor == 329 + 319
    assert {line.item_id: line.quantity for line in fewer.order.lines} == {"flour": 1, "sugar": 1}
    without = set_quantity(each_shop, anna, order.order_id, "flour", 0)
    assert [line.item_id for line in without.order.lines] == ["sugar"]
    assert find_order(each_shop, anna, order.order_id).row.total_minor == 319
    assert stock_of(each_shop, "flour") == 20
    with pytest.raises(NotPossible) as last:
        set_quantity(each_shop, anna, order.order_id, "sugar", 0)
    assert last.value.code == "last_item"
    assert sorted(each.row.amount_minor for each in requests_of(each_shop, anna)) == [329, 658]


@pytest.mark.parametrize("quantity", [-1, 2, 3])
def test_only_fewer_can_be_kept(small_shop: Shop, anna: Audience, quantity: int) -> None:
    order = buy(small_shop, anna, flour=2)
    with pytest.raises(InvalidInput):
        set_quantity(small_shop, anna, order.order_id, "flour", quantity)


def test_a_discount_shrinks_with_its_line(small_shop: Shop, anna: Audience) -> None:
    order = buy(small_shop, anna, flour=3, sugar=1)
    lines = tables.order_lines
    with small_shop.database.write() as connection:
        connection.execute(
            update(lines)
            .where(lines.c.order_id == order.order_id, lines.c.product_id == "flour")
            .values(discount_minor=90)
        )
        connection.execute(
            update(tables.orders)
            .where(tables.orders.c.id == order.order_id)
            .values(total_minor=order.row.total_minor - 90)
        )
    changed = set_quantity(small_shop, anna, order.order_id, "flour", 2).order
    assert changed.row.total_minor == sum(line.paid_minor for line in changed.lines) == 2 * 329 - 60 + 319


def test_a_new_address_holds_for_open_orders_and_those_to_come(each_shop: Shop, anna: Audience) -> None:
    order = buy(each_shop, anna, flour=1)
    assert address_of(each_shop, anna) is None
    moved = set_address(each_shop, anna, " 12 Oak  Street,\nSpringfield 62701 ")
    assert moved == [order.order_id]
    assert address_of(each_shop, anna) == "12 Oak Street, Springfield 62701"
    set_address(each_shop, anna, "14 Elm Street, Springfield 62701")
    (row,) = rows(each_shop, tables.order_addresses)
    assert row["address"] == "14 Elm Street, Springfield 62701"


def test_one_order_can_go_elsewhere_while_it_has_not_left(small_shop: Shop, anna: Audience) -> None:
    order = buy(small_shop, anna, flour=1)
    set_address(small_shop, anna, "12 Oak Street, Springfield 62701", order.order_id)
    assert address_of(small_shop, anna) is None
    on_the_way = next(each for each in recent_orders(small_shop, anna) if each.status == "on_the_way")
    with pytest.raises(NotPossible) as refused:
        set_address(small_shop, anna, "12 Oak Street, Springfield 62701", on_the_way.order_id)
    assert refused.value.code == "too_late_for_address"


@pytest.mark.parametrize("address", ["", "short", "x" * 301])
def test_what_is_no_address_is_refused(small_shop: Shop, anna: Audience, address: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_address(small_shop, anna, address)
    assert refused.value.field == "address"


def test_an_address_needs_somebody(small_shop: Shop, visitor: Audience) -> None:
    with pytest.raises(Unauthorized):
        set_address(small_shop, visitor, "12 Oak Street, Springfield 62701")
