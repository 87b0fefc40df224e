"""What lies on the screen, and lifting off what lies on top, on both databases."""

from dataclasses import replace

from shop.context import Audience, Shop
from shop.events import record_event
from shop.recommendations import bestsellers, search
from shop.screens import last_screen
from shop.undoing import bring_back
from shop.wishes import Wish
from tests.conftest import FakeClock

MILK = Wish(category="Milk", price_max_minor=400, words=frozenset({"milk"}), without=frozenset({"oat"}))


def test_the_wish_comes_back_as_it_was(each_shop: Shop, visitor: Audience) -> None:
    search(each_shop, visitor, MILK)
    screen = last_screen(each_shop, visitor)
    assert screen is not None
    assert (screen.wish, screen.purpose) == (MILK, "search")
    assert {item.item_id for item in screen.items} == {"milk-whole", "milk-skim"}


def test_lifting_off_one_by_one(each_shop: Shop, visitor: Audience, clock: FakeClock) -> None:
    shown = []
    for wish in (Wish(category="Coffee"), Wish(category="Tea"), MILK):
        clock.advance(seconds=5)
        shown.append([item.item_id for item in search(each_shop, visitor, wish).items])
    for expected in (shown[1], shown[0]):
        clock.advance(seconds=5)
        back = bring_back(each_shop, visitor)
        assert back is not None
        assert [item.item_id for item in back.items] == expected
        screen = last_screen(each_shop, visitor)
        assert screen is not None
        assert [item.item_id for item in screen.items] == expected
    clock.advance(seconds=5)
    assert bring_back(each_shop, visitor) is None


def test_what_comes_next_lies_on_what_came_back(each_shop: Shop, visitor: Audience, clock: FakeClock) -> None:
    for wish in (Wish(category="Coffee"), Wish(category="Tea")):
        clock.advance(seconds=5)
        search(each_shop, visitor, wish)
    clock.advance(seconds=5)
    bring_back(each_shop, visitor)
    clock.advance(seconds=5)
    search(each_shop, visitor, MILK)
    clock.advance(seconds=5)
    back = bring_back(each_shop, visitor)
    assert back is not None
    assert {item.product.category for item in back.items} == {"Coffee"}


def test_what_was_turned_down_is_forgiven(each_shop: Shop, visitor: Audience, clock: FakeClock) -> None:
    slate = bestsellers(each_shop, visitor)
    turned_down = slate.items[0].item_id
    record_event(each_shop, visitor, slate.slate_id, turned_down, "dismiss")
    clock.advance(seconds=5)
    assert turned_down not in {item.item_id for item in bestsellers(each_shop, visitor).items}
    bring_back(each_shop, visitor)
    clock.advance(seconds=5)
    assert turned_down in {item.item_id for item in bestsellers(each_shop, visitor).items}


def test_nobody_lifts_off_what_others_see(each_shop: Shop, visitor: Audience, clock: FakeClock) -> None:
    for wish in (Wish(category="Coffee"), Wish(category="Tea")):
        clock.advance(seconds=5)
        search(each_shop, visitor, wish)
    assert bring_back(each_shop, replace(visitor, conversation_id="somebody-elses")) is None
    assert bring_back(each_shop, replace(visitor, surface="search")) is None
