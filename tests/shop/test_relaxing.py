"""Which single limit stands in the way, and words of names."""

import pytest

from shop.context import Audience, Shop
from shop.recommendations import search
from shop.relaxing import Relaxation, relaxations
from shop.wish_words import say_limits, say_ways
from shop.wishes import Wish

CHEAP_OAT = Wish(category="Milk", price_max_minor=400, words=frozenset({"oat"}))


def test_every_limit_that_alone_is_in_the_way(small_shop: Shop, visitor: Audience) -> None:
    assert search(small_shop, visitor, CHEAP_OAT).items == ()
    assert relaxations(small_shop, visitor, CHEAP_OAT) == [
        Relaxation("words:oat", 2),
        Relaxation("price_max", 1),
    ]


def test_a_relaxation_brings_what_it_counts(small_shop: Shop, visitor: Audience) -> None:
    for way in relaxations(small_shop, visitor, CHEAP_OAT):
        assert len(search(small_shop, visitor, CHEAP_OAT.relaxed(way.limit)).items) == way.count


def test_two_that_stand_in_the_way_together_are_not_named(small_shop: Shop, visitor: Audience) -> None:
    wish = Wish(category="Milk", price_max_minor=1, words=frozenset({"salsa"}))
    assert relaxations(small_shop, visitor, wish) == []


@pytest.mark.parametrize(
    ("locale", "limits", "ways"),
    [
        ("en", "$4.00 or less, oat", "Without “oat” there are 2. Without the price limit there is one."),
        ("zh", "US$4.00 以内、oat", "去掉“oat”的话，有 2 个。去掉价格限制的话，有 1 个。"),
    ],
)
def test_in_words(small_shop: Shop, locale: str, limits: str, ways: str) -> None:
    audience = Audience(locale=locale, conversation_id="c")
    assert say_limits(small_shop, audience, CHEAP_OAT) == limits
    assert say_ways(small_shop, audience, relaxations(small_shop, audience, CHEAP_OAT)) == ways


@pytest.mark.parametrize(
    "wish",
    [
        Wish(price_max_minor=0),
        Wish(measure="weight", more_than=100.0),
        Wish(brand="Meadow", exclude_brands=frozenset({"Mill"})),
        Wish(reduced=True, words=frozenset({"a", "b"}), without=frozenset({"c"})),
    ],
)
def test_without_all_its_limits_a_wish_is_free(wish: Wish) -> None:
    for limit in wish.limits:
        assert limit not in wish.relaxed(limit).limits
        wish = wish.relaxed(limit)
    assert wish == Wish()


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(words=frozenset({"chocolate"})), {"cereal-chocolate", "chocolate"}),
        (Wish(words=frozenset({"巧克力"})), {"cereal-chocolate", "chocolate"}),
        (Wish(category="Yogurt", without=frozenset({"berry"})), {"yogurt-plain"}),
        (Wish(category="Yogurt", measure="weight", less_than=200.0), {"yogurt-berry"}),
        (Wish(reduced=True), {"coffee-beans"}),
    ],
)
def test_limits_by_name_size_and_discount(
    each_shop: Shop, visitor: Audience, wish: Wish, found: set[str]
) -> None:
    assert {item.item_id for item in search(each_shop, visitor, wish, n=20).items} == found
