import pytest

from shop.context import Shop
from shop.errors import InvalidInput, NotFound
from shop.shoppers import demo_shoppers, find_shopper


def test_a_shopper_by_id(each_shop: Shop) -> None:
    anna = find_shopper(each_shop, "anna")
    assert (anna.display_name, anna.locale, anna.simulated) == ("Anna", "en", True)


def test_an_unknown_shopper_is_not_found(each_shop: Shop) -> None:
    with pytest.raises(NotFound) as caught:
        find_shopper(each_shop, "nobody")
    assert caught.value.field == "shopper_id"


def test_demo_shoppers_have_bought_something(each_shop: Shop) -> None:
    assert [shopper.shopper_id for shopper in demo_shoppers(each_shop, 4)] == ["anna", "dan", "gina", "jack"]
    assert len(demo_shoppers(each_shop, 100)) == 12
    with pytest.raises(InvalidInput):
        demo_shoppers(each_shop, 0)
