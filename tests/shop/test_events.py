from dataclasses import replace

import pytest

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.events import KINDS, record_event
from shop.recommendations import recommend
from shop.storage import tables
from tests.conftest import FakeClock
from tests.shop.log import rows


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_joined_to_its_slate(each_shop: Shop, anna: Audience, kind: str) -> None:
    slate = recommend(each_shop, anna)
    value = 4.0 if kind == "rating" else None
    event_id = record_event(each_shop, anna, slate.slate_id, slate.items[0].item_id, kind, value)
    assert rows(each_shop, tables.events) == [
        {
            "id": event_id,
            "kind": kind,
            "item_id": slate.items[0].item_id,
            "slate_id": slate.slate_id,
            "shopper_id": "anna",
            "conversation_id": anna.conversation_id,
            "value": value,
            "created_at": each_shop.now(),
        }
    ]


def test_an_impression_counts_once_and_a_click_each_time(
    each_shop: Shop, anna: Audience, clock: FakeClock
) -> None:
    slate = recommend(each_shop, anna)
    item_id = slate.items[0].item_id
    for kind in ("impression", "click", "impression", "click"):
        clock.advance(seconds=1)
        record_event(each_shop, anna, slate.slate_id, item_id, kind)
    kept = [event["kind"] for event in rows(each_shop, tables.events)]
    assert sorted(kept) == ["click", "click", "impression"]


def test_the_same_item_on_another_slate_is_another_impression(each_shop: Shop, anna: Audience) -> None:
    for slate in (recommend(each_shop, anna), recommend(each_shop, anna)):
        record_event(each_shop, anna, slate.slate_id, slate.items[0].item_id, "impression")
    assert len(rows(each_shop, tables.events)) == 2


def test_the_slate_must_be_the_askers(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    of_anna, of_visitor = recommend(each_shop, anna), recommend(each_shop, visitor)
    item_id = of_anna.items[0].item_id
    ben_next = replace(anna, shopper_id="ben")  # somebody else, later, on the same browser
    logged_out = replace(anna, shopper_id=None)
    for foreign, slate in (
        (visitor, of_anna),
        (ben_next, of_anna),
        (logged_out, of_anna),
        (Audience(), of_anna),
        (anna, of_visitor),
    ):
        with pytest.raises(NotFound) as caught:
            record_event(each_shop, foreign, slate.slate_id, item_id, "click")
        assert (caught.value.field, caught.value.code) == ("slate_id", "unknown_slate")
    assert rows(each_shop, tables.events) == []


def test_a_shopper_may_come_back_to_a_slate_elsewhere_or_after_logging_in(
    each_shop: Shop, anna: Audience, visitor: Audience
) -> None:
    slate = recommend(each_shop, anna)
    record_event(
        each_shop,
        replace(anna, conversation_id="on-the-phone"),
        slate.slate_id,
        slate.items[0].item_id,
        "click",
    )
    slate = recommend(each_shop, visitor)
    record_event(
        each_shop, replace(visitor, shopper_id="ben"), slate.slate_id, slate.items[0].item_id, "click"
    )


def test_what_is_wrong_is_told_with_its_field(each_shop: Shop, anna: Audience) -> None:
    slate = recommend(each_shop, anna)
    shown = slate.items[0].item_id
    for slate_id, item_id, kind, value, error, field in (
        ("no-such-slate", shown, "click", None, NotFound, "slate_id"),
        (slate.slate_id, "dog-treats", "click", None, NotFound, "item_id"),
        (slate.slate_id, shown, "stare", None, InvalidInput, "kind"),
        (slate.slate_id, shown, "rating", None, InvalidInput, "value"),
        (slate.slate_id, shown, "rating", 0.0, InvalidInput, "value"),
        (slate.slate_id, shown, "rating", float("nan"), InvalidInput, "value"),
        (slate.slate_id, shown, "purchase", -2.0, InvalidInput, "value"),
        (slate.slate_id, shown, "purchase", float("inf"), InvalidInput, "value"),
    ):
        with pytest.raises(error) as caught:
            record_event(each_shop, anna, slate_id, item_id, kind, value)
        assert caught.value.field == field
    assert rows(each_shop, tables.events) == []
