"""Gifts no longer count, and what somebody does not want is not shown unasked; both can be taken back."""

import pytest
from sqlalchemy import insert

from shop.avoiding import AVOID, GIFT, GIFT_ORDER
from shop.context import Audience, Shop
from shop.corrections import correct, corrections_of, latest_bought, take_back
from shop.errors import InvalidInput, NotFound, Unauthorized
from shop.events import record_event
from shop.profiles import profile_of
from shop.recommendations import bestsellers, buy_again, goes_with, recommend, search, similar
from shop.storage import tables
from shop.storage.interactions import all_baskets, baskets_of
from shop.storage.profiles import find_profile
from shop.storage.purchases import paid_by
from shop.wishes import Wish
from tests.shop.log import ids, rows


def bought(shop: Shop, shopper_id: str) -> set[str]:
    """What counts as bought, for suggestions, training and profile alike."""
    with shop.database.read() as connection:
        mine = baskets_of(connection, shopper_id, 1000)
        columns, paid = all_baskets(connection), paid_by(connection, shopper_id)
    everybody = zip(columns.shopper_ids, columns.item_ids, strict=True)
    trained = {item for owner, joined in everybody if owner == shopper_id for item in joined.split("\x1f")}
    profiled = {item for joined in paid.item_ids for item in joined.split("\x1f")}
    served = {item for basket in mine for item in basket.item_ids}
    assert served == trained == profiled
    return served


def test_a_gift_no_longer_counts_and_counts_again(each_shop: Shop, anna: Audience) -> None:
    before = bought(each_shop, "anna")
    gift = correct(each_shop, anna, GIFT, "sugar")
    assert bought(each_shop, "anna") == before - {"sugar"}
    assert "sugar" not in ids(buy_again(each_shop, anna, n=9))
    assert "sugar" in bought(each_shop, "ben")
    take_back(each_shop, anna, gift.id)
    assert bought(each_shop, "anna") == before
    assert rows(each_shop, tables.gift_lines) == []


def test_an_order_that_was_a_gift(each_shop: Shop, anna: Audience) -> None:
    order = rows(each_shop, tables.orders, shopper_id="anna")[0]
    with each_shop.database.read() as connection:
        before = len(baskets_of(connection, "anna", 1000))
    correct(each_shop, anna, GIFT_ORDER, order["id"])
    with each_shop.database.read() as connection:
        assert len(baskets_of(connection, "anna", 1000)) == before - 1


def test_nobody_elses_order(small_shop: Shop, anna: Audience) -> None:
    order = rows(small_shop, tables.orders, shopper_id="ben")[0]
    with pytest.raises(NotFound):
        correct(small_shop, anna, GIFT_ORDER, order["id"])
    assert corrections_of(small_shop, anna) == []


def test_what_was_computed_goes_with_a_gift(small_shop: Shop, anna: Audience) -> None:
    run = {"id": "run", "computed_at": small_shop.now(), "norms": {}, "report": {}}
    numbers = {
        column.name: 0
        for column in tables.shopper_profiles.columns
        if column.name not in ("shopper_id", "segmentation_id", "segment", "buys_categories")
    }
    flags = {"high_value": False, "lapsing": False, "buys_categories": {}}
    with small_shop.database.write() as connection:
        connection.execute(insert(tables.segmentations), run)
        mine = numbers | flags | {"shopper_id": "anna", "segmentation_id": "run"}
        connection.execute(insert(tables.shopper_profiles), mine)
    correct(small_shop, anna, GIFT, "sugar")
    with small_shop.database.read() as connection:
        assert find_profile(connection, "anna") is None


def test_what_was_looked_at_for_somebody_else(small_shop: Shop, visitor: Audience) -> None:
    slate = search(small_shop, visitor, Wish(text="cat food"), n=1)
    item = ids(slate)[0]
    record_event(small_shop, visitor, slate.slate_id, item, "click")
    litter = ids(recommend(small_shop, visitor, n=3))
    correct(small_shop, visitor, GIFT, item)
    assert "cat-litter" in litter
    assert ids(recommend(small_shop, visitor, n=3))[0] != "cat-litter"


def test_a_diet_holds_for_everything_unasked(each_shop: Shop, anna: Audience) -> None:
    correct(each_shop, anna, AVOID, "vegan")
    dairy = {"butter", "cheddar", "milk-whole", "milk-skim", "yogurt-plain", "yogurt-berry", "eggs", "honey"}
    for slate in (
        recommend(each_shop, anna, n=20),
        bestsellers(each_shop, anna, n=20),
        buy_again(each_shop, anna, n=20),
        similar(each_shop, anna, "flour", n=20),
        goes_with(each_shop, anna, ["flour"], n=20),
    ):
        assert ids(slate)
        assert dairy.isdisjoint(ids(slate))


def test_who_asks_by_name_gets_it(small_shop: Shop, anna: Audience) -> None:
    correct(small_shop, anna, AVOID, "vegan")
    assert "butter" in ids(search(small_shop, anna, Wish(text="butter")))
    assert ids(search(small_shop, anna, Wish(department="dairy")))
    assert ids(similar(small_shop, anna, "yogurt-plain"))


@pytest.mark.parametrize(
    ("kind", "value", "gone"),
    [
        ("avoid_category", "baking", {"flour", "sugar", "yeast", "baking-soda"}),
        ("avoid_brand", "Mill", {"flour", "sugar", "yeast", "baking-soda", "rice"}),
        ("avoid_department", "Pantry", {"flour", "sugar", "pasta", "olive-oil"}),
        ("avoid_item", "flour", {"flour"}),
    ],
)
def test_groups_of_products(small_shop: Shop, anna: Audience, kind: str, value: str, gone: set[str]) -> None:
    made = correct(small_shop, anna, kind, value)
    assert gone.isdisjoint(ids(bestsellers(small_shop, anna, n=40)))
    take_back(small_shop, anna, made.id)
    assert not gone.isdisjoint(ids(bestsellers(small_shop, anna, n=40)))


def test_it_stands_in_the_profile_as_told(small_shop: Shop, anna: Audience) -> None:
    correct(small_shop, anna, AVOID, "no_dog")
    correct(small_shop, anna, GIFT, "sugar")
    correct(small_shop, anna, "avoid_category", "Coffee")
    said = {fact.text: fact.origin for fact in profile_of(small_shop, "anna", "zh").facts}
    assert said["不会主动给您推荐的：没有养狗"] == "told"
    assert said["不会主动给您推荐的：咖啡"] == "told"
    assert said["“蔗糖”是送人的，不计入您的喜好"] == "told"


def test_twice_is_once_and_only_ones_own_is_taken_back(small_shop: Shop, anna: Audience) -> None:
    one = correct(small_shop, anna, AVOID, "vegan")
    two = correct(small_shop, anna, AVOID, "vegan")
    assert one.id == two.id
    with pytest.raises(NotFound):
        take_back(small_shop, Audience(shopper_id="ben"), one.id)
    assert [each.label for each in corrections_of(small_shop, anna)] == ["vegan"]


def test_the_audit_says_that_and_not_what(small_shop: Shop, anna: Audience) -> None:
    correct(small_shop, anna, AVOID, "no_sugar")
    entry = rows(small_shop, tables.audit, action="correct_profile")[0]
    assert entry["detail"] == {"surface": "chat", "kind": "avoid"}


def test_the_latest_purchase_of_a_group(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    assert set(latest_bought(each_shop, anna, "category", "baking")) == {"flour", "sugar", "yeast"}
    assert latest_bought(each_shop, anna, "category", "Cats") == []
    assert latest_bought(each_shop, visitor, "category", "baking") == []


def test_bad_input(small_shop: Shop, anna: Audience) -> None:
    with pytest.raises(InvalidInput) as caught:
        correct(small_shop, anna, "opinion", "x")
    assert caught.value.field == "kind"
    with pytest.raises(InvalidInput):
        correct(small_shop, anna, AVOID, "no_such_diet")
    with pytest.raises(Unauthorized):
        correct(small_shop, Audience(), AVOID, "vegan")
