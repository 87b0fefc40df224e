import threading
from datetime import timedelta

import pytest

from recommender.artefact import current_version
from shop.context import Audience, Shop
from shop.errors import Unavailable
from shop.questions import warm_up
from shop.recommendations import recommend
from shop.training import train
from shop.wishes import Wish
from tests.conftest import FakeClock, ShopFactory


def test_a_new_version_serves_from_the_next_question_on(
    small_shop: Shop, anna: Audience, clock: FakeClock
) -> None:
    before = recommend(small_shop, anna)
    first = small_shop.model.current()
    clock.advance(hours=1)
    version = train(small_shop)["version"]
    second = small_shop.model.current()
    assert (first.version, second.version) != (version, first.version)
    assert second.version == version
    assert [item.item_id for item in recommend(small_shop, anna).items] == [
        item.item_id for item in before.items
    ]


def test_the_model_is_opened_once(small_shop: Shop) -> None:
    opened: list[object] = []
    threads = [threading.Thread(target=lambda: opened.append(small_shop.model.current())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    assert len(set(map(id, opened))) == 1


def test_a_damaged_version_does_not_replace_a_good_one(small_shop: Shop, anna: Audience) -> None:
    good = small_shop.model.current().version
    root = small_shop.settings.recommender_dir
    (root / "20990101T000000Z-bad").mkdir()
    (root / "current").write_text("20990101T000000Z-bad\n")
    assert small_shop.model.current().version == good
    assert recommend(small_shop, anna).items
    (root / "current").write_text("../../etc\n")
    assert small_shop.model.current().version == good


def test_a_damaged_first_version_is_told(shop_factory: ShopFactory) -> None:
    shop = shop_factory()
    version = shop.settings.recommender_dir / str(current_version(shop.settings.recommender_dir))
    for path in version.iterdir():
        path.write_bytes(b"garbage")
    for _ in range(2):
        with pytest.raises(Unavailable) as caught:
            shop.model.current()
        assert caught.value.code == "model_damaged"


def test_warming_up_needs_a_model(shop_factory: ShopFactory) -> None:
    shop = shop_factory()
    warm_up(shop)
    (shop.settings.recommender_dir / "current").unlink()
    warm_up(shop)  # what is open goes on serving
    fresh = shop_factory()
    (fresh.settings.recommender_dir / "current").unlink()
    with pytest.raises(Unavailable):
        warm_up(fresh)


def test_prices_of_a_new_day_are_noticed(small_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    teas = Wish(text="white tea")
    assert "tea-white" not in [item.item_id for item in recommend(small_shop, anna, teas).items]
    clock.time += timedelta(days=1)
    train(small_shop)
    assert "tea-white" in [item.item_id for item in recommend(small_shop, anna, teas).items]
