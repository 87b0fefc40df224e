import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.orders import find_order, recent_orders
from shop.storage import tables


def test_the_latest_orders_come_first_in_words(each_shop: Shop, anna: Audience) -> None:
    orders = recent_orders(each_shop, anna, n=3)
    placed = [order.row.placed_at for order in orders]
    assert placed == [each_shop.now() - timedelta(days=days) for days in (1, 8, 15)]
    assert [order.status_label for order in orders] == ["On the way", "Delivered", "Delivered"]
    latest, before, _ = orders
    assert latest.sentence == f"Order {latest.order_id} is on its way and should arrive on Tue, Mar 3."
    assert before.sentence == f"Order {before.order_id} was delivered on Tue, Feb 24."


def test_the_payload_is_one_message(each_shop: Shop, anna: Audience) -> None:
    (order,) = recent_orders(each_shop, replace(anna, locale="zh"), n=1)
    payload = json.loads(json.dumps(order.payload()))
    lines = payload.pop("lines")
    assert payload == {
        "kind": "order",
        "order_id": order.order_id,
        "placed_at": "2026-03-01T09:00:00+00:00",
        "placed_label": "3月1日周日",
        "status": "on_the_way",
        "status_label": "配送中",
        "sentence": f"订单 {order.order_id} 正在配送，预计 3月3日周二 送达。",
        "expected_on": "2026-03-03",
        "expected_label": "3月3日周二",
        "delivery_simulated": True,
        "total": 13.55,
        "total_label": "US$13.55",
        "currency": "USD",
        "invoice_url": f"/orders/{order.order_id}/invoice",
    }
    assert lines[0] == {
        "item_id": "flour",
        "name": "小麦面粉",
        "url": "/product/flour",
        "quantity": 1,
        "line_total": 3.29,
        "line_total_label": "US$3.29",
    }


@pytest.mark.parametrize("status", ["placed", "packing", "on_the_way", "delivered", "cancelled", "returned"])
@pytest.mark.parametrize("dated", [True, False])
def test_every_state_has_its_words(small_shop: Shop, anna: Audience, status: str, dated: bool) -> None:
    changed = update(tables.orders).values(status=status)
    with small_shop.database.write() as connection:
        connection.execute(changed if dated else changed.values(expected_on=None, delivered_at=None))
    for locale in ("en", "zh"):
        (order,) = recent_orders(small_shop, replace(anna, locale=locale), n=1)
        assert order.order_id in order.sentence
        assert order.status_label


def test_only_ones_own_orders_are_found(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    (order,) = recent_orders(each_shop, anna, n=1)
    assert find_order(each_shop, anna, order.order_id) == order
    for foreign in (replace(anna, shopper_id="ben"), visitor, Audience()):
        with pytest.raises(NotFound) as caught:
            find_order(each_shop, foreign, order.order_id)
        assert (caught.value.field, caught.value.code) == ("order_id", "unknown_order")
    assert recent_orders(each_shop, visitor) == []


def test_n_has_bounds(small_shop: Shop, anna: Audience) -> None:
    with pytest.raises(InvalidInput):
        recent_orders(small_shop, anna, n=0)
