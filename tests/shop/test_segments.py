import json

import numpy as np
import pytest
from sqlalchemy import delete, update

from recommender.shoppers import ShoppersConfig
from recommender.shoppers.config import PropensityConfig, SegmentConfig
from recommender.shoppers.traits import LEVELS
from shop.context import Audience, Shop
from shop.errors import Conflict, NotFound
from shop.phrases import LOCALES
from shop.rights import set_consent
from shop.segments import all_traits, compute_segments, describe, read_segments, segment_of, traits_of
from shop.storage import tables
from shop.storage.profiles import find_profile
from tests.conftest import FakeClock
from tests.shop.log import rows
from tests.small_shop import HABITS

QUICK = ShoppersConfig(
    segments=SegmentConfig(fewest=4, most=4, restarts=1, members=3), propensity=PropensityConfig(trees=5)
)


def compute(shop: Shop) -> dict[str, object]:
    return compute_segments(shop, config=QUICK, rng=np.random.default_rng(0))


def test_households_of_one_habit_share_a_segment(each_shop: Shop) -> None:
    report = compute(each_shop)
    assert (report["k"], report["profiles"]) == (4, 12)
    labels = [{segment_of(each_shop, shopper) for shopper in shoppers} for shoppers in HABITS]
    assert sorted(label for found in labels for label in found) == ["1", "2", "3", "4"]


def test_the_first_segment_is_worth_most(each_shop: Shop) -> None:
    compute(each_shop)
    assert segment_of(each_shop, "gina") == "1"  # cat food and litter cost most
    assert segment_of(each_shop, "jack") == "4"  # pasta and sauce cost least
    segments = read_segments(each_shop).segments
    worths = [segment.figures["worth"] for segment in segments]
    assert worths == sorted(worths, reverse=True)
    assert [segment.size for segment in segments] == [3, 3, 3, 3]


def test_profiles_hold_what_the_orders_say(each_shop: Shop) -> None:
    compute(each_shop)
    with each_shop.database.read() as connection:
        anna, mona = find_profile(connection, "anna"), find_profile(connection, "mona")
    assert mona is None  # she has bought nothing yet
    assert anna is not None
    assert (anna.orders, anna.spent_minor) == (10, 10 * (329 + 319 + 189 + 459) + 5 * 59)
    assert anna.recency_days == pytest.approx(0.0)  # up to the shop's latest order, which is hers
    assert not anna.lapsing
    assert next(iter(anna.buys_categories)) in {"Baking", "Butter", "Fruit"}
    assert all(0 < chance < 1 for chance in (anna.buys, *anna.buys_categories.values()))


def test_segments_are_described_in_both_languages(each_shop: Shop) -> None:
    with pytest.raises(NotFound):
        read_segments(each_shop)
    compute(each_shop)
    english, chinese = (read_segments(each_shop, locale).segments for locale in ("en", "zh"))
    assert english[0].description.startswith("High value: ")
    assert english[0].traits["favourite_category"] == "Cats"
    coffee = next(each for each in chinese if each.traits["favourite_category"] == "Coffee")
    assert "咖啡" in coffee.description
    assert len({segment.description for segment in english}) == 4


@pytest.mark.parametrize("locale", LOCALES)
def test_every_trait_has_its_words(small_shop: Shop, locale: str) -> None:
    usual = {trait: words[1] for _, trait, words in LEVELS}
    plain = describe(small_shop.phrases, usual, {}, locale)
    for _, trait, (low, _, high) in LEVELS:
        told = [describe(small_shop.phrases, usual | {trait: word}, {}, locale) for word in (low, high)]
        assert any(each != plain for each in told)
        assert not any("{" in each for each in told)
    favourite = describe(small_shop.phrases, usual | {"favourite_category": "Tea"}, {"Tea": "茶"}, locale)
    assert "茶" in favourite


def test_a_new_run_takes_the_place_of_the_old_one(each_shop: Shop, clock: FakeClock) -> None:
    first = compute(each_shop)
    clock.advance(hours=1)
    second = compute(each_shop)
    assert first["version"] != second["version"]
    assert read_segments(each_shop).version == second["version"]
    assert len(rows(each_shop, tables.segmentations)) == 1
    assert len(rows(each_shop, tables.shopper_profiles)) == 12


def test_whoever_paused_personalisation_has_no_profile_at_once(each_shop: Shop, anna: Audience) -> None:
    compute(each_shop)
    assert "segment" in traits_of(each_shop, "anna")
    set_consent(each_shop, anna, "promotions", False)
    assert segment_of(each_shop, "anna") is not None
    set_consent(each_shop, anna, "personalisation", False)
    with each_shop.database.read() as connection:
        assert find_profile(connection, "anna") is None
    assert segment_of(each_shop, "anna") is None
    assert traits_of(each_shop, "anna") == {}
    assert compute(each_shop)["profiles"] == 11
    assert "anna" not in all_traits(each_shop)
    set_consent(each_shop, anna, "personalisation", True)
    assert compute(each_shop)["profiles"] == 12


def test_a_profile_is_erased_with_its_shopper(each_shop: Shop) -> None:
    compute(each_shop)
    with each_shop.database.write() as connection:
        connection.execute(delete(tables.shoppers).where(tables.shoppers.c.id == "anna"))
    assert "anna" not in {row["shopper_id"] for row in rows(each_shop, tables.shopper_profiles)}
    assert len(rows(each_shop, tables.shopper_profiles)) == 11


def test_traits_hold_what_was_told_and_what_was_found(each_shop: Shop) -> None:
    told = {"age": "35-44", "kids": "2", "income": None}
    with each_shop.database.write() as connection:
        mona = tables.shoppers.c.id == "mona"
        connection.execute(update(tables.shoppers).where(mona).values(demographics=told))
    assert traits_of(each_shop, "mona") == {"age": "35-44", "kids": "2", "life_stage": "family"}
    assert traits_of(each_shop, "nobody") == {}
    compute(each_shop)
    everybody = all_traits(each_shop)
    assert everybody["mona"] == traits_of(each_shop, "mona")
    assert everybody["gina"] == {"segment": "1"}
    with each_shop.database.read() as connection:
        assert segment_of(connection, "gina") == "1"


def test_a_shop_without_prices_has_segments_too(each_shop: Shop) -> None:
    with each_shop.database.write() as connection:
        connection.execute(update(tables.order_lines).values(unit_price_minor=0, discount_minor=0))
    report = compute(each_shop)
    assert report["profiles"] == 12
    assert {row["spent_minor"] for row in rows(each_shop, tables.shopper_profiles)} == {0}
    json.dumps(report, allow_nan=False)


def test_a_shop_without_orders_says_so(small_shop: Shop) -> None:
    with small_shop.database.write() as connection:
        connection.execute(delete(tables.orders))
    with pytest.raises(Conflict) as caught:
        compute(small_shop)
    assert caught.value.code == "no_orders"


def test_progress_is_told_from_start_to_end(small_shop: Shop) -> None:
    seen: list[tuple[str, float]] = []
    compute_segments(small_shop, lambda stage, share: seen.append((stage, share)), config=QUICK)
    shares = [share for _, share in seen]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
