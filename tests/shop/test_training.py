import json

import numpy as np
import pytest
from sqlalchemy import delete, insert, update

from shop.context import Audience, Shop
from shop.errors import Conflict
from shop.recommendations import recommend
from shop.storage import tables
from shop.training import TrainingData, read_training_data, train
from tests.conftest import FakeClock
from tests.small_shop import HABITS, ITEMS, NOW, ORDERS_EACH, TODAY


def read(shop: Shop) -> TrainingData:
    with shop.database.read() as connection:
        return read_training_data(connection, TODAY, "USD")


def test_every_line_bought_is_read(each_shop: Shop) -> None:
    data = read(each_shop)
    log, ids = data.interactions, data.catalogue.ids.ids
    assert log.n_shoppers == 12
    assert len(ids) == len(ITEMS) + 1  # and what is sold from tomorrow; gum is gone
    assert ids.tolist() == sorted(ids.tolist())
    expected = sum(
        ORDERS_EACH * len(basket) * len(shoppers) + ORDERS_EACH // 2 * len(shoppers)
        for shoppers, (_, basket) in HABITS.items()
    )
    assert len(log) == expected
    flour = log.take(log.item == data.catalogue.ids.index_of("flour"))
    assert len(set(flour.shopper.tolist())) == 3
    assert flour.day.max() == pytest.approx(NOW.timestamp() / 86_400 - 1)
    assert set(flour.quantity.tolist()) == {1.0}


def test_a_basket_is_one_order_and_later_baskets_have_higher_numbers(each_shop: Shop) -> None:
    log = read(each_shop).interactions
    baskets = {basket: log.take(log.basket == basket) for basket in set(log.basket.tolist())}
    assert len(baskets) == 12 * ORDERS_EACH
    assert all(
        len(set(rows.shopper.tolist())) == len(set(rows.day.tolist())) == 1 for rows in baskets.values()
    )
    days = [baskets[number].day[0] for number in sorted(baskets)]
    assert days == sorted(days)


def test_what_was_sent_back_or_is_not_sold_any_more_is_left_out(each_shop: Shop) -> None:
    before = len(read(each_shop).interactions)
    with each_shop.database.write() as connection:
        connection.execute(
            update(tables.orders).where(tables.orders.c.id == "1000").values(status="returned")
        )
        connection.execute(update(tables.orders).where(tables.orders.c.id == "1001").values(shopper_id=None))
        gone = tables.products.c.id == "cat-litter"
        connection.execute(update(tables.products).where(gone).values(active=False))
    assert len(read(each_shop).interactions) == before - 5 - 4 - 3 * ORDERS_EACH


def test_text_holds_its_own_names_and_aliases_those_of_its_groups(each_shop: Shop) -> None:
    catalogue = read(each_shop).catalogue
    place = catalogue.ids.index_of("coffee-beans") or 0
    assert "Coffee beans, 12 oz" in catalogue.text[place]
    assert "咖啡豆" in catalogue.text[place]
    assert "咖啡与茶" in catalogue.aliases[place]
    assert catalogue.brand.name_of(place) == "Andes"


def test_quantities_and_strange_ids_survive(each_shop: Shop) -> None:
    order = {"id": "o,1", "shopper_id": "mona", "placed_at": NOW, "status": "placed"}
    with each_shop.database.write() as connection:
        connection.execute(insert(tables.orders), order | {"total_minor": 1, "currency": "USD"})
        line = {"order_id": "o,1", "product_id": "honey", "quantity": 7, "unit_price_minor": 1}
        connection.execute(insert(tables.order_lines), line | {"line": 1, "discount_minor": 0})
    data = read(each_shop)
    honey = data.interactions.take(data.interactions.item == data.catalogue.ids.index_of("honey"))
    assert honey.quantity.tolist() == [7.0]


def test_a_shop_without_orders_can_be_trained(each_shop: Shop, clock: FakeClock) -> None:
    with each_shop.database.write() as connection:
        connection.execute(delete(tables.orders))
    clock.advance(hours=1)
    assert train(each_shop)["interactions"] == 0
    assert recommend(each_shop, Audience(conversation_id="c"), n=3).items


def test_a_shop_without_products_says_so(each_shop: Shop) -> None:
    with each_shop.database.write() as connection:
        connection.execute(update(tables.products).values(active=False))
    with pytest.raises(Conflict) as caught:
        train(each_shop)
    assert caught.value.code == "catalogue_empty"


def test_a_model_that_fails_its_checks_is_not_published(
    small_shop: Shop, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving = small_shop.model.current().version
    monkeypatch.setattr("shop.training.answers_strangers", lambda candidate, serving: "too shy")
    clock.advance(hours=1)
    with pytest.raises(Conflict, match="too shy") as caught:
        train(small_shop)
    assert caught.value.code == "model_refused"
    assert small_shop.model.current().version == serving


def test_training_reports_and_shows_its_progress(small_shop: Shop, clock: FakeClock) -> None:
    clock.advance(hours=1)
    seen: list[tuple[str, float]] = []
    report = train(small_shop, lambda stage, share: seen.append((stage, share)), rng=np.random.default_rng(7))
    assert json.loads(json.dumps(report))["shoppers"] == 12
    assert report["version"] == small_shop.model.current().version
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert seen[0] == ("reading", 0.0)
    assert seen[-1] == ("done", 1.0)
