"""Items like one, and what goes with some."""

from dataclasses import replace

import pytest

from recommender import RecommenderConfig
from shop.context import Audience, Shop
from shop.events import record_event
from shop.recommendations import (
    goes_with,
    similar,
)
from shop.rights import set_consent
from shop.storage import tables
from shop.training import train
from shop.wishes import Wish
from tests.shop.log import ids, rows


def test_similar_items_are_of_the_same_sort(each_shop: Shop, visitor: Audience) -> None:
    slate = similar(each_shop, visitor, "tea-green", n=1)
    assert ids(slate) == ["tea-black"]
    assert slate.items[0].reasons == ("Similar to Green tea, 20 bags",)


def test_similar_items_of_the_same_category_come_before_others(small_shop: Shop, visitor: Audience) -> None:
    slate = similar(small_shop, visitor, "coffee-ground", n=6)
    categories = [item.product.category for item in slate.items]
    assert set(categories[:2]) == {"Coffee"}
    assert len(ids(slate)) == len(set(ids(slate)))
    assert ids(similar(small_shop, visitor, "coffee-ground", Wish(category="Tea"), n=6))[:1] != [
        "coffee-beans"
    ]


def test_goes_with_names_the_cause(each_shop: Shop, visitor: Audience) -> None:
    slate = goes_with(each_shop, visitor, ["coffee-beans"], n=1)
    assert ids(slate) == ["coffee-filters"]
    assert slate.items[0].reasons == ("Often bought with Coffee beans, 12 oz",)
    assert rows(each_shop, tables.slates, id=slate.slate_id)[0]["query"]["about"] == ["coffee-beans"]


@pytest.fixture
def bought_once(small_shop: Shop) -> Shop:
    """The small shop, trained as one where nothing is bought again."""
    train(small_shop, config=RecommenderConfig(repeat_purchase=False))
    return small_shop


def test_where_things_are_bought_once_nobody_is_shown_what_they_have(
    bought_once: Shop, anna: Audience, visitor: Audience
) -> None:
    dan = replace(anna, shopper_id="dan", conversation_id="conversation-of-dan")
    assert "coffee-filters" in ids(goes_with(bought_once, visitor, ["coffee-beans"], n=20))
    assert "coffee-filters" not in ids(goes_with(bought_once, dan, ["coffee-beans"], n=20))
    assert "coffee-beans" in ids(similar(bought_once, visitor, "coffee-ground", n=20))
    assert "coffee-beans" not in ids(similar(bought_once, dan, "coffee-ground", n=20))


def test_where_things_are_bought_once_what_was_rated_is_not_shown(bought_once: Shop, anna: Audience) -> None:
    slate = similar(bought_once, anna, "tea-green", n=1)
    assert ids(slate) == ["tea-black"]
    record_event(bought_once, anna, slate.slate_id, "tea-black", "rating", value=5.0)
    assert "tea-black" not in ids(similar(bought_once, anna, "tea-green", n=20))


def test_where_purchases_are_not_to_be_used_they_hide_nothing(bought_once: Shop, anna: Audience) -> None:
    dan = replace(anna, shopper_id="dan", conversation_id="conversation-of-dan")
    set_consent(bought_once, dan, "personalisation", False)
    assert "coffee-filters" in ids(goes_with(bought_once, dan, ["coffee-beans"], n=20))


def test_at_a_grocer_what_somebody_has_may_go_with_something(small_shop: Shop, anna: Audience) -> None:
    dan = replace(anna, shopper_id="dan", conversation_id="conversation-of-dan")
    assert ids(goes_with(small_shop, dan, ["coffee-beans"], n=1)) == ["coffee-filters"]
