import pytest

from shop.context import Audience, Shop
from shop.errors import InvalidInput, Unauthorized
from shop.rights import audit, has_consent, set_consent
from shop.storage import tables
from shop.storage.rights import audit_of
from tests.shop.log import rows


def test_until_somebody_says_otherwise(each_shop: Shop, anna: Audience) -> None:
    assert has_consent(each_shop, anna, "personalisation")
    assert not has_consent(each_shop, anna, "promotions")
    assert not has_consent(each_shop, anna, "analytics")


def test_the_latest_word_counts_even_within_one_tick(each_shop: Shop, anna: Audience) -> None:
    for granted in (False, True, False, True, False):
        set_consent(each_shop, anna, "personalisation", granted)
        assert has_consent(each_shop, anna, "personalisation") is granted
    assert len(rows(each_shop, tables.consents)) == 5


def test_every_change_is_audited(each_shop: Shop, anna: Audience) -> None:
    set_consent(each_shop, anna, "promotions", True)
    audit(each_shop, "staff:7", "looked_at_profile", "anna", {"reason": "complaint"})
    with each_shop.database.read() as connection:
        entries = audit_of(connection, "anna")
    assert {(entry.actor, entry.action) for entry in entries} == {
        ("anna", "set_consent"),
        ("staff:7", "looked_at_profile"),
    }
    change = next(entry for entry in entries if entry.action == "set_consent")
    assert change.detail == {"purpose": "promotions", "granted": True, "surface": "chat"}


def test_a_visitors_word_holds_for_the_visit(each_shop: Shop, visitor: Audience, anna: Audience) -> None:
    set_consent(each_shop, visitor, "personalisation", False)
    assert not has_consent(each_shop, visitor, "personalisation")
    assert has_consent(each_shop, anna, "personalisation")


def test_bad_input(small_shop: Shop, anna: Audience) -> None:
    with pytest.raises(InvalidInput) as caught:
        set_consent(small_shop, anna, "world_domination", True)
    assert caught.value.field == "purpose"
    with pytest.raises(Unauthorized):
        has_consent(small_shop, Audience(), "personalisation")
