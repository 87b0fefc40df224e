import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shop.context import Audience, Shop
from shop.coupons import coupons_for
from tests.conftest import FakeClock


def test_coupons_for_what_the_shopper_buys_come_first(each_shop: Shop, anna: Audience) -> None:
    coupons = coupons_for(each_shop, anna)
    assert [(coupon.coupon_id, coupon.title) for coupon in coupons] == [
        ("dollar-off-baking", "$1.00 off Baking"),
        ("treats", "$0.50 off selected products"),
        ("fifth-off-coffee", "20% off Coffee"),
    ]


def test_the_payload_is_one_message(each_shop: Shop, anna: Audience) -> None:
    payload = json.loads(json.dumps(coupons_for(each_shop, replace(anna, locale="zh")).payload()))
    assert payload["kind"] == "coupons"
    assert payload["coupons"][0] == {
        "coupon_id": "dollar-off-baking",
        "title": "烘焙立减 US$1.00",
        "ends_on": "2026-03-11",
        "ends_label": "有效期至 3月11日周三",
        "discount_kind": "amount",
        "simulated": False,
        "product_count": 3,
        "products": [
            {"item_id": "flour", "name": "小麦面粉", "url": "/product/flour"},
            {"item_id": "sugar", "name": "蔗糖", "url": "/product/sugar"},
            {"item_id": "yeast", "name": "干酵母", "url": "/product/yeast"},
        ],
    }


def test_a_redeemed_coupon_is_gone(each_shop: Shop, anna: Audience) -> None:
    dan = coupons_for(each_shop, replace(anna, shopper_id="dan"))
    assert [coupon.coupon_id for coupon in dan] == ["fifth-off-coffee", "dollar-off-baking"]


@pytest.mark.parametrize("shopper_id", ["ben", "mona", None])
def test_whom_no_campaign_reached_has_none(each_shop: Shop, anna: Audience, shopper_id: str | None) -> None:
    coupons = coupons_for(each_shop, replace(anna, shopper_id=shopper_id))
    assert len(coupons) == 0
    assert coupons.payload() == {"kind": "coupons", "coupons": []}


def test_coupons_last_through_their_last_day(each_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    clock.time += timedelta(days=9)
    assert len(coupons_for(each_shop, anna)) == 3
    clock.time += timedelta(days=1)
    assert coupons_for(each_shop, anna) == ()
