from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shop.carts import add_to_cart, place_order
from shop.context import Audience, Shop
from shop.errors import AisleError, Conflict, InvalidInput, NotFound, Unavailable
from shop.events import record_event
from shop.recommendations import (
    bestsellers,
    buy_again,
    explain,
    goes_with,
    new_products,
    recommend,
    search,
    similar,
)
from shop.rights import set_consent
from shop.slates import Slate
from shop.storage import tables
from shop.training import train
from shop.wishes import Wish
from tests.conftest import FakeClock, ShopFactory
from tests.shop.log import add_product, rows, set_price, set_stock
from tests.small_shop import NOW

BAKING = {"flour", "sugar", "yeast", "butter"}


def ids(slate: Slate) -> list[str]:
    return [item.item_id for item in slate.items]


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


def test_buy_again_shows_only_what_was_bought(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    assert set(ids(buy_again(each_shop, anna, n=20))) == BAKING | {"bananas"}
    assert buy_again(each_shop, visitor).items == ()
    assert buy_again(each_shop, replace(anna, shopper_id="mona")).items == ()


def test_buy_again_tells_rhythm_and_last_time(each_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    clock.advance(days=15)
    again = {item.item_id: item for item in buy_again(each_shop, anna).items}
    assert again["flour"].reasons[0] == "You buy this about every 7 days, last 16 days ago"
    in_chinese = buy_again(each_shop, replace(anna, locale="zh")).items[0]
    assert in_chinese.reasons[0] == "您大约每 7 天买一次，上次是 16 天前"


def test_buy_again_puts_what_is_bought_oftener_first(small_shop: Shop, anna: Audience) -> None:
    slate = buy_again(small_shop, anna)
    assert set(ids(slate)[:4]) == BAKING
    assert ids(slate)[4] == "bananas"


@pytest.fixture
def with_novelties(small_shop: Shop) -> Shop:
    """The small shop with a coffee of three days and a cat toy of three weeks that nobody bought yet."""
    for item_id, like, days in (("coffee-decaf", "coffee-beans", 3), ("cat-toy", "cat-food", 20)):
        add_product(small_shop, item_id, like=like, added_on=(NOW - timedelta(days=days)).date())
    train(small_shop)
    return small_shop


def test_new_products_suit_the_asker(with_novelties: Shop, anna: Audience) -> None:
    dan = new_products(with_novelties, replace(anna, shopper_id="dan"))
    assert ids(dan) == ["coffee-decaf", "cat-toy"]
    assert dan.items[0].reasons[0] == "New this week"
    assert "Coffee beans, 12 oz" in dan.items[0].reasons[1]
    gina = new_products(with_novelties, replace(anna, shopper_id="gina", locale="zh"))
    assert ids(gina) == ["cat-toy", "coffee-decaf"]
    assert gina.items[0].reasons[0] == "本月新品"
    assert (gina.purpose, gina.items[0].ranked.source) == ("new", "content")


def test_new_products_keep_to_the_wish(with_novelties: Shop, visitor: Audience) -> None:
    assert ids(new_products(with_novelties, visitor, Wish(category="Cats"))) == ["cat-toy"]
    assert ids(new_products(with_novelties, visitor, Wish(text="coffee"))) == ["coffee-decaf"]
    set_stock(with_novelties, "cat-toy", 0)
    assert ids(new_products(with_novelties, visitor)) == ["coffee-decaf"]


def test_why_a_novelty_was_shown_is_told_again(with_novelties: Shop, anna: Audience) -> None:
    slate = new_products(with_novelties, replace(anna, shopper_id="dan"))
    why = explain(with_novelties, replace(anna, shopper_id="dan"), "coffee-decaf", slate.slate_id)
    assert why.reasons == slate.items[0].reasons


def test_nothing_old_and_nothing_had_is_shown_as_new(
    small_shop: Shop, with_novelties: Shop, anna: Audience, clock: FakeClock
) -> None:
    add_to_cart(with_novelties, anna, "coffee-decaf")
    place_order(with_novelties, anna)
    assert ids(new_products(with_novelties, anna)) == ["cat-toy"]
    clock.advance(days=100)
    assert new_products(with_novelties, anna).items == ()


def test_a_shop_that_has_just_opened_has_nothing_new(small_shop: Shop, anna: Audience) -> None:
    assert new_products(small_shop, anna).items == ()


def test_bestsellers_keep_to_the_wish(each_shop: Shop, visitor: Audience) -> None:
    slate = bestsellers(each_shop, visitor, Wish(department="pets"), n=2)
    assert set(ids(slate)) == {"cat-food", "cat-litter"}
    assert slate.purpose == "popular"


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
