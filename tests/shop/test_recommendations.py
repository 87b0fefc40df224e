"""What is shown to whom: recommendations, search, bestsellers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.carts import add_to_cart, place_order
from shop.context import Audience, Shop
from shop.errors import AisleError, Conflict, InvalidInput, Unavailable
from shop.events import record_event
from shop.recommendations import (
    bestsellers,
    buy_again,
    explain,
    goes_with,
    recommend,
    search,
)
from shop.rights import set_consent
from shop.storage import tables
from shop.wishes import Wish
from tests.conftest import FakeClock, ShopFactory
from tests.shop.log import ids, rows, set_price, set_stock

BAKING = {"flour", "sugar", "yeast", "butter"}


def test_a_baker_is_shown_what_bakers_buy(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna, n=4)
    assert set(ids(slate)) == BAKING
    assert slate.items[0].reasons[0] == "You buy this about every 7 days"


def test_reasons_are_in_the_shoppers_language(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, replace(anna, locale="zh"), n=1)
    assert slate.items[0].reasons[0] == "您大约每 7 天买一次"


def test_somebody_new_gets_what_everybody_buys(each_shop: Shop, visitor: Audience) -> None:
    slate = recommend(each_shop, visitor, n=3)
    assert len(slate.items) == 3
    assert slate.items[0].reasons == ("Popular right now",)


def test_what_is_sold_out_is_never_shown(each_shop: Shop, anna: Audience) -> None:
    assert "flour" in ids(recommend(each_shop, anna))
    set_stock(each_shop, "flour", 0)
    assert "flour" not in ids(recommend(each_shop, anna, n=20))
    assert "flour" in ids(search(each_shop, anna, Wish(text="flour", in_stock=False)))


def test_an_item_that_sells_out_unnoticed_gives_its_place_to_the_next(
    each_shop: Shop, anna: Audience, clock: FakeClock
) -> None:
    before = ids(recommend(each_shop, anna, n=4))
    now = clock.time
    clock.time = now - timedelta(days=1)  # a change that the filters in memory do not hear of
    set_stock(each_shop, before[0], 0)
    clock.time = now
    after = ids(recommend(each_shop, anna, n=4))
    assert len(after) == 4
    assert before[0] not in after


def test_the_price_shown_is_the_price_of_this_moment(each_shop: Shop, anna: Audience) -> None:
    recommend(each_shop, anna)
    set_price(each_shop, "flour", 111)
    prices = {item.item_id: item.payload()["price"] for item in recommend(each_shop, anna).items}
    assert prices["flour"] == 1.11
    dear = recommend(each_shop, anna, Wish(price_min_minor=300), n=20)
    assert "flour" not in ids(dear)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(category="coffee"), {"coffee-beans", "coffee-ground", "coffee-instant"}),
        (Wish(category="Coffee", price_max_minor=600), {"coffee-instant"}),
        (Wish(brand="andes"), {"coffee-beans", "coffee-ground"}),
        (Wish(department="pets", exclude=frozenset({"dog-food", "cat-food"})), {"cat-litter", "dog-treats"}),
        (Wish(department="bakery", category="Pastry"), set()),
        (Wish(category="Submarines"), set()),
        (Wish(category="Cats", exclude_brands=frozenset({"Whisker"})), set()),
        (Wish(text="tea"), {"tea-green", "tea-black"}),
    ],
)
def test_every_wish_holds(small_shop: Shop, visitor: Audience, wish: Wish, expected: set[str]) -> None:
    assert set(ids(recommend(small_shop, visitor, wish, n=20))) == expected


def test_a_dismissed_item_never_comes_again(each_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    slate = recommend(each_shop, anna)
    record_event(each_shop, anna, slate.slate_id, "flour", "dismiss")
    clock.advance(days=100)
    elsewhere = replace(anna, conversation_id="another-conversation")
    for later in (recommend(each_shop, elsewhere, n=20), buy_again(each_shop, elsewhere, n=20)):
        assert "flour" not in ids(later)


def test_a_visitors_dismissal_holds_for_the_conversation_only(each_shop: Shop, visitor: Audience) -> None:
    slate = recommend(each_shop, visitor)
    first = ids(slate)[0]
    record_event(each_shop, visitor, slate.slate_id, first, "dismiss")
    assert first not in ids(recommend(each_shop, visitor, n=20))
    assert first in ids(recommend(each_shop, Audience(conversation_id="somebody-else"), n=20))


def test_what_is_in_the_cart_is_not_recommended(each_shop: Shop, anna: Audience) -> None:
    add_to_cart(each_shop, anna, "flour")
    assert "flour" not in ids(recommend(each_shop, anna, n=20))
    assert "flour" in ids(search(each_shop, anna, Wish(text="flour")))


def test_a_click_changes_the_next_answer(each_shop: Shop, visitor: Audience) -> None:
    before = ids(recommend(each_shop, visitor, n=3))
    found = search(each_shop, visitor, Wish(text="cat food"))
    record_event(each_shop, visitor, found.slate_id, "cat-food", "click")
    after = recommend(each_shop, visitor, n=3)
    assert "cat-litter" not in before
    assert ids(after)[0] == "cat-litter"
    assert after.items[0].reasons[0] == "You just looked at Cat food, 7 lb"


def test_without_consent_purchases_are_not_used(each_shop: Shop, anna: Audience) -> None:
    set_consent(each_shop, anna, "personalisation", False)
    slate = recommend(each_shop, anna, n=4)
    assert ids(slate) == ids(recommend(each_shop, Audience(conversation_id="a-stranger"), n=4))
    assert {reason for item in slate.items for reason in item.reasons} == {"Popular right now"}
    assert rows(each_shop, tables.slates, id=slate.slate_id)[0]["query"]["personal"] is False
    why = explain(each_shop, anna, "flour").reasons
    assert why[-1] == "Your purchases were not used: you paused personal suggestions"
    with pytest.raises(Conflict) as caught:
        buy_again(each_shop, anna)
    assert caught.value.code == "personalisation_paused"


def test_search_finds_by_words_of_both_languages_and_forgives_typos(
    each_shop: Shop, visitor: Audience
) -> None:
    assert ids(search(each_shop, visitor, Wish(text="chedar"), n=1)) == ["cheddar"]
    assert ids(search(each_shop, visitor, Wish(text="绿茶"), n=1)) == ["tea-green"]
    assert search(each_shop, visitor, Wish(text="xylophone")).items == ()


def test_among_equal_matches_what_the_asker_keeps_buying_leads(
    each_shop: Shop, anna: Audience, clock: FakeClock
) -> None:
    mona, teas = replace(anna, shopper_id="mona"), Wish(text="tea")
    first, other = ids(search(each_shop, mona, teas))
    for _ in range(3):
        add_to_cart(each_shop, mona, other)
        place_order(each_shop, mona)
        clock.advance(days=5)
    slate = search(each_shop, mona, teas)
    assert ids(slate)[0] == other
    assert first in ids(slate)
    assert slate.items[0].reasons == ("You buy this about every 5 days",)
    assert slate.items[1].reasons == ()


def test_bestsellers_keep_to_the_wish(each_shop: Shop, visitor: Audience) -> None:
    slate = bestsellers(each_shop, visitor, Wish(department="pets"), n=2)
    assert set(ids(slate)) == {"cat-food", "cat-litter"}
    assert slate.purpose == "popular"


@pytest.mark.parametrize("n", [0, -1, 51])
def test_n_has_bounds(small_shop: Shop, anna: Audience, n: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        recommend(small_shop, anna, n=n)
    assert caught.value.field == "n"


def test_other_bad_input_is_told_with_its_field(small_shop: Shop, anna: Audience) -> None:
    for call in (lambda: Wish(price_max_minor=-1), lambda: goes_with(small_shop, anna, [])):
        with pytest.raises(AisleError) as caught:
            call()
        assert caught.value.field in ("price_max_minor", "item_id")


def test_without_a_model_it_says_how_to_get_one(shop_factory: ShopFactory, visitor: Audience) -> None:
    shop = shop_factory()
    (shop.settings.recommender_dir / "current").unlink()
    with pytest.raises(Unavailable, match="aisle train") as caught:
        recommend(shop, visitor)
    assert caught.value.code == "model_not_trained"


def test_yesterdays_purchase_counts_today(each_shop: Shop, anna: Audience) -> None:
    """New orders change the next answer without training."""
    mona = replace(anna, shopper_id="mona")
    add_to_cart(each_shop, mona, "cat-food")
    place_order(each_shop, mona)
    slate = recommend(each_shop, mona, n=3)
    assert "cat-litter" in ids(slate)


def test_a_promoted_item_takes_its_slot_and_says_so(each_shop: Shop, visitor: Audience) -> None:
    plain = ids(recommend(each_shop, visitor, n=20))
    promoted = plain[-1]
    slate = recommend(each_shop, visitor, n=4, promoted=[promoted])
    card = slate.items[2].payload()
    assert (card["item_id"], card["promoted"], card["reasons"][0]) == (promoted, True, "Promoted by the shop")
    assert not any("promoted" in item.payload() for item in slate.items if item.item_id != promoted)
    assert rows(each_shop, tables.slates)[-1]["query"]["promoted"] == [promoted]


def test_what_is_sold_out_is_not_promoted(each_shop: Shop, visitor: Audience) -> None:
    promoted = ids(recommend(each_shop, visitor, n=20))[-1]
    set_stock(each_shop, promoted, 0)
    assert promoted not in ids(recommend(each_shop, visitor, n=4, promoted=[promoted]))


def test_what_is_left_alone_for_many_days_rests(each_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    first = ids(recommend(each_shop, anna, n=3))[0]
    for _ in range(6):
        clock.advance(days=1)
        recommend(each_shop, anna, n=3)
    assert first not in ids(recommend(each_shop, anna, n=3))
    assert first in ids(buy_again(each_shop, anna, n=3))
    clock.advance(days=15)
    assert first in ids(recommend(each_shop, anna, n=3))
