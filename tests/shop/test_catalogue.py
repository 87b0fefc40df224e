from datetime import timedelta

import pytest

from shop.catalogue import categories, departments, group_names, price_fields, product, products
from shop.context import Shop
from shop.errors import NotFound
from tests.conftest import FakeClock


def test_a_product_is_shown_at_todays_price_in_the_shoppers_language(each_shop: Shop) -> None:
    beans = product(each_shop, "coffee-beans", "zh")
    assert (beans.name, beans.price_minor, beans.was_minor) == ("咖啡豆", 899, 1099)
    assert beans.in_stock
    assert beans.simulated
    assert price_fields(beans, "zh") == {
        "price": 8.99,
        "price_label": "US$8.99",
        "currency": "USD",
        "was_price": 10.99,
        "was_price_label": "US$10.99",
    }


def test_the_newest_valid_price_counts(each_shop: Shop) -> None:
    cheddar = product(each_shop, "cheddar", "en")
    assert cheddar.price_minor == 379
    assert "was_price" not in price_fields(cheddar, "en")


@pytest.mark.parametrize("item_id", ["no-such-thing", "gum", "tea-white"])
def test_what_is_unknown_gone_or_not_yet_sold_is_not_found(each_shop: Shop, item_id: str) -> None:
    with pytest.raises(NotFound) as caught:
        product(each_shop, item_id, "en")
    assert (caught.value.field, caught.value.code) == ("item_id", "unknown_item")


def test_a_price_begins_on_its_day(each_shop: Shop, clock: FakeClock) -> None:
    clock.time += timedelta(days=1)
    assert product(each_shop, "tea-white", "en").price_minor == 459


def test_products_leaves_out_what_is_not_sold(each_shop: Shop) -> None:
    assert set(products(each_shop, ["milk-whole", "gum", "nothing"], "en")) == {"milk-whole"}
    assert products(each_shop, [], "en") == {}


def test_departments_and_categories_by_size(each_shop: Shop) -> None:
    assert [(group.value, group.name) for group in departments(each_shop, "zh")][:2] == [
        ("pantry", "pantry"),
        ("dairy", "乳品"),
    ]
    coffee = categories(each_shop, "coffee", "zh")
    assert [(group.value, group.name, group.product_count) for group in coffee] == [
        ("Coffee", "咖啡", 3),
        ("Tea", "Tea", 3),
        ("Filters", "Filters", 1),
    ]


def test_an_unknown_department_is_not_found(each_shop: Shop) -> None:
    with pytest.raises(NotFound) as caught:
        categories(each_shop, "submarines", "en")
    assert caught.value.field == "department"


def test_group_names_fall_back_to_what_products_carry(each_shop: Shop) -> None:
    beans = product(each_shop, "coffee-beans", "zh")
    assert group_names(each_shop, beans, "zh") == {"department": "咖啡与茶", "category": "咖啡"}
    assert group_names(each_shop, beans, "en") == {"department": "coffee", "category": "Coffee"}
