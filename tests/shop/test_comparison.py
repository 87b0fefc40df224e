"""Products side by side."""

from dataclasses import replace

import pytest

from shop.carts import add_to_cart, place_order
from shop.comparison import Comparison, compare
from shop.comparison_rows import Row
from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.events import record_event
from shop.recommendations import explain, search
from shop.rights import set_consent
from shop.storage import tables
from shop.wishes import Wish
from tests.conftest import FakeClock
from tests.shop.log import rows, set_stock

COFFEES = ["coffee-beans", "coffee-ground", "coffee-instant"]


@pytest.fixture
def dan(anna: Audience) -> Audience:
    """Buys coffee beans and filters, every ten days."""
    return replace(anna, shopper_id="dan")


def row(comparison: Comparison, key: str) -> Row:
    """The row of this key."""
    (found,) = [each for each in comparison.rows if each.key == key]
    return found


def test_facts_stand_side_by_side(each_shop: Shop, dan: Audience) -> None:
    comparison = compare(each_shop, dan, COFFEES)
    assert row(comparison, "price").values == ("$8.99, before $10.99", "$8.49", "$5.49")
    assert row(comparison, "price").better == ("coffee-instant",)
    assert row(comparison, "unit-price").values == ("$0.75 an ounce", "$0.71 an ounce", "$1.37 an ounce")
    assert row(comparison, "unit-price").better == ("coffee-ground",)
    assert row(comparison, "brand").values == ("Andes", "Andes", "Quick")
    assert not row(comparison, "category").differs
    assert row(comparison, "popularity").values[0] == "Bestseller in Coffee"
    assert row(comparison, "bought").values[1] == "You have not bought this yet"
    assert row(comparison, "bought").values[0] == "You buy this about every 10 days, last yesterday"


def test_what_suits_the_asker_is_what_their_purchases_speak_for(each_shop: Shop, dan: Audience) -> None:
    suits = compare(each_shop, dan, ["coffee-ground", "coffee-beans"]).suits
    assert suits is not None
    assert (suits.item_id, suits.sentence) == ("coffee-beans", "Coffee beans, 12 oz suits you more")
    assert suits.reasons[0] == "You buy this about every 10 days"
    cat_person = compare(each_shop, replace(dan, shopper_id="gina"), ["coffee-filters", "cat-food"]).suits
    assert cat_person is not None
    assert cat_person.item_id == "cat-food"


def test_what_hardly_speaks_for_an_item_is_no_reason(
    each_shop: Shop, dan: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.comparison.WORTH_TELLING", 1.1)
    assert compare(each_shop, dan, ["coffee-ground", "coffee-beans"]).suits is None


def test_in_chinese(each_shop: Shop, dan: Audience) -> None:
    comparison = compare(each_shop, replace(dan, locale="zh"), COFFEES[:2])
    assert [each.label for each in comparison.rows][:2] == ["价格", "同等份量的价格"]
    assert row(comparison, "category").values == ("咖啡", "咖啡")
    assert comparison.suits is not None
    assert comparison.suits.sentence == "“咖啡豆”更适合您"


def test_a_stranger_is_told_facts_but_not_what_suits_them(each_shop: Shop, visitor: Audience) -> None:
    comparison = compare(each_shop, visitor, COFFEES)
    assert comparison.suits is None
    assert "bought" not in {each.key for each in comparison.rows}
    found = search(each_shop, visitor, Wish(text="cat food"))
    record_event(each_shop, visitor, found.slate_id, "cat-food", "click")
    after = compare(each_shop, visitor, ["coffee-beans", "cat-litter"]).suits
    assert after is not None
    assert (after.item_id, after.reasons[0]) == ("cat-litter", "You just looked at Cat food, 7 lb")


def test_without_consent_purchases_are_not_looked_at(each_shop: Shop, dan: Audience) -> None:
    set_consent(each_shop, dan, "personalisation", False)
    comparison = compare(each_shop, dan, COFFEES)
    assert comparison.suits is None
    assert "bought" not in {each.key for each in comparison.rows}


def test_what_is_in_stock_is_better_than_what_is_not(each_shop: Shop, visitor: Audience) -> None:
    set_stock(each_shop, "tea-green", 0)
    set_stock(each_shop, "tea-black", 2)
    stock = row(compare(each_shop, visitor, ["tea-green", "tea-black", "honey"]), "stock")
    assert stock.values == ("Out of stock", "Only 2 left", "In stock")
    assert stock.better == ("tea-black", "honey")


def test_nothing_is_better_where_all_are_alike(each_shop: Shop, visitor: Audience) -> None:
    comparison = compare(each_shop, visitor, ["pasta", "rice"])
    assert row(comparison, "stock").better == ()
    assert not row(comparison, "stock").differs


def test_what_was_wished_for_is_a_row(each_shop: Shop, visitor: Audience) -> None:
    fits = row(compare(each_shop, visitor, ["milk-oat", "milk-whole"], Wish(text="oat")), "fits-text")
    assert (fits.label, fits.values, fits.better) == ("Fits “oat”", ("Yes", "No"), ("milk-oat",))
    cheap = row(compare(each_shop, visitor, COFFEES, Wish(price_max_minor=600)), "fits")
    assert cheap.values == ("No", "No", "Yes")
    set_stock(each_shop, "milk-oat", 0)
    still = row(compare(each_shop, visitor, ["milk-oat", "milk-whole"], Wish(text="oat")), "fits-text")
    assert still.values == ("Yes", "No")


def test_ratings_are_told_where_there_are_any(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    assert "rating" not in {each.key for each in compare(each_shop, anna, COFFEES).rows}
    for asker, stars in ((anna, 5), (visitor, 4)):
        slate = compare(each_shop, asker, COFFEES).slate
        record_event(each_shop, asker, slate.slate_id, "coffee-beans", "rating", stars)
    rating = row(compare(each_shop, anna, COFFEES), "rating")
    assert rating.values == ("4.5 of 5, 2 ratings", None, None)
    assert rating.better == ()


def test_a_comparison_is_a_slate_in_the_log(each_shop: Shop, dan: Audience) -> None:
    comparison = compare(each_shop, dan, COFFEES[:2])
    (logged,) = rows(each_shop, tables.slates, id=comparison.slate.slate_id)
    assert (logged["purpose"], logged["query"]["about"]) == ("compare", COFFEES[:2])
    payload = comparison.payload()
    assert [item["item_id"] for item in payload["items"]] == COFFEES[:2]
    assert payload["rows"][0].keys() == {"key", "label", "values", "differs", "better"}
    why = explain(each_shop, dan, "coffee-beans", comparison.slate.slate_id)
    assert why.reasons == comparison.slate.items[0].reasons


def test_a_purchase_of_this_morning_is_told(each_shop: Shop, dan: Audience, clock: FakeClock) -> None:
    add_to_cart(each_shop, dan, "coffee-ground")
    place_order(each_shop, dan)
    bought = row(compare(each_shop, dan, COFFEES), "bought")
    assert bought.values[1] == "You bought this before, last today"


@pytest.mark.parametrize(
    ("item_ids", "code"),
    [
        ([], "compare_too_few"),
        (["flour"], "compare_too_few"),
        (["flour", "flour"], "compare_twice"),
        (["flour", "sugar", "yeast", "butter", "eggs"], "compare_too_many"),
    ],
)
def test_a_wrong_number_of_items_is_told(
    small_shop: Shop, anna: Audience, item_ids: list[str], code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        compare(small_shop, anna, item_ids)
    assert (caught.value.field, caught.value.code) == ("items", code)


@pytest.mark.parametrize("item_id", ["nothing", "gum", "tea-white"])
def test_what_is_not_sold_cannot_be_compared(small_shop: Shop, anna: Audience, item_id: str) -> None:
    with pytest.raises(NotFound) as caught:
        compare(small_shop, anna, ["flour", item_id])
    assert (caught.value.field, caught.value.code) == ("item_id", "unknown_item")
