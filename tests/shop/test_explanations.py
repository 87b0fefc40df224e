"""Why an item was shown, or would be."""

from collections.abc import Callable

import pytest

from shop.context import Audience, Shop
from shop.errors import NotFound
from shop.recommendations import (
    explain,
    goes_with,
    recommend,
    search,
    similar,
)
from shop.wishes import Wish


def test_explain_repeats_what_the_card_said(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    for item in slate.items:
        why = explain(each_shop, anna, item.item_id, slate.slate_id)
        assert why.name == item.product.name
        assert why.reasons == item.reasons


def test_explain_says_what_a_search_matched(each_shop: Shop, visitor: Audience) -> None:
    slate = search(each_shop, visitor, Wish(text="oat milk"))
    assert explain(each_shop, visitor, "milk-oat", slate.slate_id).reasons[0] == "It matches “oat milk”"


def test_explain_has_an_answer_for_everything_the_shop_sells(each_shop: Shop, visitor: Audience) -> None:
    assert explain(each_shop, visitor, "dog-treats").reasons


def test_unknown_items_are_told(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    calls: list[Callable[[], object]] = [
        lambda: similar(each_shop, anna, "nothing"),
        lambda: goes_with(each_shop, anna, ["flour", "nothing"]),
        lambda: explain(each_shop, anna, "nothing"),
        lambda: explain(each_shop, anna, "dog-treats", slate.slate_id),
    ]
    for call in calls:
        with pytest.raises(NotFound) as caught:
            call()
        assert caught.value.field == "item_id"


def test_a_strangers_slate_is_not_explained(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    slate = recommend(each_shop, anna)
    with pytest.raises(NotFound) as caught:
        explain(each_shop, visitor, slate.items[0].item_id, slate.slate_id)
    assert caught.value.field == "slate_id"
