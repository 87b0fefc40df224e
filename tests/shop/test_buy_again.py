"""What was bought before, with its rhythm and the last time."""

from dataclasses import replace

from shop.context import Audience, Shop
from shop.recommendations import (
    buy_again,
)
from tests.conftest import FakeClock
from tests.shop.log import ids

BAKING = {"flour", "sugar", "yeast", "butter"}


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
