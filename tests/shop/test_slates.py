import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shop.context import Audience, Shop
from shop.identifiers import new_id
from shop.recommendations import bestsellers, goes_with, recommend, search, similar
from shop.slates import Slate
from shop.storage import tables
from shop.wishes import Wish
from tests.shop.log import rows

SCHEMA = json.loads((Path(__file__).parent / "slate.schema.json").read_text())

WAYS: list[Callable[[Shop, Audience], Slate]] = [
    lambda shop, audience: recommend(shop, audience),
    lambda shop, audience: search(shop, audience, Wish(text="milk")),
    lambda shop, audience: search(shop, audience, Wish(category="Pastry", in_stock=False)),
    lambda shop, audience: similar(shop, audience, "coffee-ground"),
    lambda shop, audience: goes_with(shop, audience, ["pasta"]),
    lambda shop, audience: bestsellers(shop, audience),
]


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("way", WAYS)
def test_every_slate_is_what_the_schema_promises(
    small_shop: Shop, way: Callable[[Shop, Audience], Slate], locale: str
) -> None:
    slate = way(small_shop, Audience(locale=locale, shopper_id="anna", conversation_id=new_id()))
    payload = json.loads(json.dumps(slate.payload(), allow_nan=False))
    jsonschema.validate(payload, SCHEMA)
    assert [item["position"] for item in payload["items"]] == list(range(1, len(slate.items) + 1))


def test_a_reduced_item_says_what_it_was(small_shop: Shop, visitor: Audience) -> None:
    (card,) = search(small_shop, visitor, Wish(text="coffee beans"), n=1).payload()["items"]
    assert (card["price_label"], card["was_price"], card["was_price_label"]) == ("$8.99", 10.99, "$10.99")


def test_a_sold_out_item_cannot_be_put_into_the_cart(small_shop: Shop, visitor: Audience) -> None:
    slate = search(small_shop, visitor, Wish(text="croissants", in_stock=False), n=1)
    (card,) = slate.payload()["items"]
    assert not card["in_stock"]
    assert "add_to_cart" not in card["actions"]


def test_a_slate_is_in_the_log_before_it_is_seen(each_shop: Shop) -> None:
    audience = Audience(
        locale="zh", surface="home", shopper_id="anna", conversation_id=new_id(), turn_id=new_id()
    )
    slate = recommend(each_shop, audience, Wish(department="pantry", price_max_minor=500), n=3)
    (row,) = rows(each_shop, tables.slates, id=slate.slate_id)
    assert row["created_at"] == each_shop.now()
    assert row["model_version"] == each_shop.model.current().version
    assert {name: row[name] for name in ("surface", "purpose", "shopper_id", "turn_id", "locale")} == {
        "surface": "home",
        "purpose": "recommend",
        "shopper_id": "anna",
        "turn_id": audience.turn_id,
        "locale": "zh",
    }
    assert row["query"] == {
        "department": "pantry",
        "price_max_minor": 500,
        "in_stock": True,
        "n": 3,
        "personal": True,
    }
    shown = rows(each_shop, tables.impressions, slate_id=slate.slate_id)
    assert [(card["position"], card["item_id"], card["price_minor"]) for card in shown] == [
        (item.position, item.item_id, item.product.price_minor) for item in slate.items
    ]
    first: dict[str, Any] = shown[0]["reasons"][0]
    assert first["kind"] == "bought_often"
    assert first["detail"]["every_days"] == pytest.approx(7, abs=0.5)
    assert all(card["source"] and card["score"] > 0 for card in shown)


def test_an_empty_slate_is_not_logged(each_shop: Shop, visitor: Audience) -> None:
    slate = search(each_shop, visitor, Wish(text="xylophone"))
    assert slate.items == ()
    assert rows(each_shop, tables.slates) == []
