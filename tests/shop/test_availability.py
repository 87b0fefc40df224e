"""The filters against a plain reading of the same rule, over generated wishes."""

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from shop.availability import LEVELS, Availability
from shop.context import Shop
from shop.storage import tables
from shop.storage.availability import OfferRow
from shop.storage.availability import offers as offers_of
from shop.wishes import Wish
from tests.conftest import FakeClock
from tests.shop.log import set_stock

words = st.sampled_from(["Milk", "MILK", "Tea", "nothing"])
offers = st.builds(
    OfferRow,
    item_id=st.sampled_from("abcdefgh"),
    department=words,
    category=words,
    kind=st.none() | words,
    brand=st.none() | words,
    price_minor=st.none() | st.integers(0, 500),
    quantity=st.integers(0, 2),
)
wishes = st.builds(
    Wish,
    department=st.none() | words,
    category=st.none() | words,
    kind=st.none() | words,
    brand=st.none() | words,
    price_min_minor=st.none() | st.integers(0, 500),
    price_max_minor=st.none() | st.integers(0, 500),
    exclude=st.frozensets(st.sampled_from("abc")),
    exclude_brands=st.frozensets(words),
    in_stock=st.booleans(),
)


def keeps(wish: Wish, offer: OfferRow, hidden: set[str]) -> bool:
    """The rule in plain words."""
    if offer.price_minor is None or offer.item_id in wish.exclude | hidden:
        return False
    if wish.in_stock and offer.quantity == 0:
        return False
    if offer.brand and offer.brand.casefold() in {brand.casefold() for brand in wish.exclude_brands}:
        return False
    for level in LEVELS:
        wanted, has = getattr(wish, level), getattr(offer, level)
        if wanted is not None and (has is None or has.casefold() != wanted.casefold()):
            return False
    low, high = wish.price_min_minor or 0, wish.price_max_minor
    return low <= offer.price_minor and (high is None or offer.price_minor <= high)


@given(st.lists(offers, unique_by=lambda offer: offer.item_id), wishes, st.sets(st.sampled_from("xab")))
def test_the_mask_is_the_rule(listed: list[OfferRow], wish: Wish, hidden: set[str]) -> None:
    availability = Availability("hgfedcba", listed)
    allowed = availability.allowed(wish, hidden)
    shown = {item_id for item_id, flag in zip("hgfedcba", allowed, strict=True) if flag}
    assert shown == {offer.item_id for offer in listed if keeps(wish, offer, hidden)}


def test_items_that_the_model_does_not_know_are_ignored() -> None:
    availability = Availability(["a"], [OfferRow("z", "d", "c", None, None, 1, 1)])
    availability.note_stock([("z", 0), ("nothing", 3)])
    assert availability.allowed(Wish()).tolist() == [False]
    assert availability.only(["z", "a"]).tolist() == [True]


def test_stock_is_followed_both_ways(each_shop: Shop, clock: FakeClock) -> None:
    model, cache = each_shop.model.current(), each_shop.model.availability

    def in_stock() -> bool:
        with each_shop.database.read() as connection:
            now = cache.current(connection, model, each_shop.now())
        return bool(now.in_stock[now.place["flour"]])

    assert in_stock()
    clock.advance(minutes=5)
    set_stock(each_shop, "flour", 0)
    assert not in_stock()
    clock.advance(minutes=5)
    set_stock(each_shop, "flour", 3)
    assert in_stock()


def test_the_arrays_are_read_once_a_day(small_shop: Shop, clock: FakeClock) -> None:
    model, cache = small_shop.model.current(), small_shop.model.availability
    with small_shop.database.read() as connection:
        first = cache.current(connection, model, clock())
        assert cache.current(connection, model, clock() + timedelta(hours=1)) is first
        assert cache.current(connection, model, clock() + timedelta(days=1)) is not first
    assert first.price.dtype == np.int64


def test_what_only_adults_may_buy_is_shown_to_those_who_ask_for_it() -> None:
    beer = OfferRow("beer", "drinks", "beer", None, None, 500, 1, age_restricted=True)
    milk = OfferRow("milk", "dairy", "milk", None, None, 200, 1)
    availability = Availability(["beer", "milk"], [beer, milk])
    assert availability.allowed(Wish(), unasked=True).tolist() == [False, True]
    assert availability.allowed(Wish(text="beer")).tolist() == [True, True]


def test_age_restriction_is_read_from_the_catalogue(each_shop: Shop) -> None:
    restricted = tables.products.c.attributes
    with each_shop.database.write() as connection:
        first = connection.scalar(select(func.min(tables.products.c.id)))
        change = update(tables.products).where(tables.products.c.id == first)
        connection.execute(change.values({restricted: {"age_restricted": True}}))
        found = {
            offer.item_id for offer in offers_of(connection, each_shop.now().date()) if offer.age_restricted
        }
    assert found == {first}
