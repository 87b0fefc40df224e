import json

import pytest
from sqlalchemy import insert, update

from recommender.shoppers import ShoppersConfig
from recommender.shoppers.config import PropensityConfig
from shop.context import Audience, Shop
from shop.errors import NotFound
from shop.phrases import LOCALES
from shop.profiles import SaidFact, ShopperProfile, profile_of
from shop.rights import set_consent
from shop.segments import compute_segments
from shop.storage import tables
from tests.conftest import FakeClock
from tests.small_shop import NOW


def facts(profile: ShopperProfile, topic: str) -> list[SaidFact]:
    return [fact for fact in profile.facts if fact.topic == topic]


def compute(shop: Shop) -> None:
    compute_segments(shop, config=ShoppersConfig(propensity=PropensityConfig(trees=5)))


def test_every_fact_says_where_it_comes_from(each_shop: Shop) -> None:
    anna = profile_of(each_shop, "anna")
    (pace,) = facts(anna, "pace")
    assert pace.text == "You order about every 7 days"
    assert pace.source == "from your 10 orders between Sun, Dec 28, 2025 and Sun, Mar 1"
    assert facts(anna, "basket")[0].text == "An order of yours comes to about $13.26"
    assert all(fact.source for fact in anna.facts)


def test_things_are_due_by_their_own_rhythm(each_shop: Shop) -> None:
    items = facts(profile_of(each_shop, "anna"), "item")
    assert [item.detail["times"] for item in items] == [10, 10, 10, 10, 5]
    flour = next(item for item in items if item.detail["item_id"] == "flour")
    assert flour.text == "Wheat flour, 5 lb: about every 7 days, next around Sun, Mar 8"


def test_what_is_overdue_is_due_now_and_what_was_given_up_is_not(each_shop: Shop, clock: FakeClock) -> None:
    clock.advance(days=9)
    with each_shop.database.write() as connection:  # somebody else keeps the shop's log going
        order = {"id": "new", "shopper_id": "mona", "placed_at": clock(), "status": "placed"}
        connection.execute(insert(tables.orders), order | {"total_minor": 59, "currency": "USD"})
    assert facts(profile_of(each_shop, "anna"), "item")[0].text.endswith("due now")
    clock.advance(days=60)
    with each_shop.database.write() as connection:
        connection.execute(update(tables.orders).where(tables.orders.c.id == "new").values(placed_at=clock()))
    assert "next" not in facts(profile_of(each_shop, "anna"), "item")[0].text
    assert facts(profile_of(each_shop, "anna"), "lapsing")


def test_without_a_run_nothing_is_compared_with_others(each_shop: Shop) -> None:
    before = profile_of(each_shop, "gina")
    assert facts(before, "category")[0].text == "You often buy Cats"
    assert not facts(before, "segment")
    compute(each_shop)
    after = profile_of(each_shop, "gina")
    assert facts(after, "category")[0].text == "You buy Cats more than others do"
    assert facts(after, "segment")[0].source == "computed from all shoppers' orders on Mon, Mar 2"
    assert "value" not in facts(after, "segment")[0].text  # what somebody is worth is not for their ears
    assert facts(after, "buys")


def test_what_was_told_stands_beside_what_was_bought(each_shop: Shop, anna: Audience) -> None:
    with each_shop.database.write() as connection:
        who = tables.shoppers.c.id == "anna"
        known = {"age": "65+", "shoe_size": "40"}
        connection.execute(update(tables.shoppers).where(who).values(demographics=known))
        event = {"item_id": "jam", "shopper_id": "anna", "created_at": NOW}
        rows = [event | {"id": kind, "kind": kind} for kind in ("favourite", "dismiss", "click")]
        connection.execute(insert(tables.events), rows)
    set_consent(each_shop, anna, "promotions", True)
    told = {fact.text: fact.source for fact in profile_of(each_shop, "anna").facts if fact.origin != "orders"}
    assert told == {
        "You agreed to offers from us": "you told us",
        "Strawberry jam, 18 oz is a favourite of yours": "you told us",
        "You do not want to be shown Strawberry jam, 18 oz": "you told us",
        "Stage of life: older adult": "survey",
        "Age: 65+": "survey",
        "shoe_size: 40": "survey",
    }


def test_while_personalisation_is_paused_orders_are_not_looked_at(each_shop: Shop, anna: Audience) -> None:
    compute(each_shop)
    set_consent(each_shop, anna, "personalisation", False)
    paused = profile_of(each_shop, "anna")
    assert paused.paused
    assert paused.notice
    assert {fact.origin for fact in paused.facts} == {"told"}
    set_consent(each_shop, anna, "personalisation", True)
    assert facts(profile_of(each_shop, "anna"), "pace")


def test_nothing_is_said_of_what_only_adults_may_buy(each_shop: Shop) -> None:
    with each_shop.database.write() as connection:
        beans = tables.products.c.id == "coffee-beans"
        connection.execute(update(tables.products).where(beans).values(attributes={"age_restricted": True}))
    compute(each_shop)
    said = profile_of(each_shop, "dan")
    assert "Coffee" not in {fact.detail["category"] for fact in facts(said, "category")}
    assert "coffee-beans" not in {fact.detail["item_id"] for fact in facts(said, "item")}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_fact_has_its_words(each_shop: Shop, anna: Audience, locale: str) -> None:
    compute(each_shop)
    set_consent(each_shop, anna, "analytics", False)
    said = profile_of(each_shop, "anna", locale)
    assert {"pace", "basket", "category", "discount", "item", "segment", "consent"} <= {
        fact.topic for fact in said.facts
    }
    assert not any("{" in fact.text + fact.source for fact in said.facts)
    assert json.loads(json.dumps(said.payload(), allow_nan=False))["shopper"] == "anna"


def test_somebody_who_bought_nothing_is_simply_unknown(each_shop: Shop) -> None:
    compute(each_shop)
    mona = profile_of(each_shop, "mona")
    assert (mona.facts, mona.paused, mona.notice) == ((), False, None)
    with pytest.raises(NotFound):
        profile_of(each_shop, "nobody")
