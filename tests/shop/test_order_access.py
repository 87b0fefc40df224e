"""Who is not logged in proves by number and e-mail that an order is theirs: here, this one, rarely wrong."""

from dataclasses import replace

import pytest

from shop.context import Audience, Shop
from shop.errors import NotFound, Unauthorized
from shop.invoices import invoice_of
from shop.order_access import TooManyTries, claim_order, claimed_orders
from shop.orders import find_order, recent_orders
from shop.storage import tables
from tests.shop.log import rows


def numbers_of(shop: Shop, who: Audience) -> list[str]:
    return [order.order_id for order in recent_orders(shop, who, 2)]


def test_both_must_match_and_open_one_order_in_one_conversation(
    each_shop: Shop, anna: Audience, visitor: Audience
) -> None:
    order_id, other = numbers_of(each_shop, anna)
    with pytest.raises(NotFound):
        find_order(each_shop, visitor, order_id)
    claim_order(each_shop, visitor, order_id, "Anna@Example.com")
    assert find_order(each_shop, visitor, order_id).order_id == order_id
    assert invoice_of(each_shop, visitor, order_id).order.order_id == order_id
    assert claimed_orders(each_shop, visitor) == [order_id]
    elsewhere = replace(visitor, conversation_id="another conversation")
    as_ben = replace(visitor, shopper_id="ben")
    for audience, number in ((visitor, other), (elsewhere, order_id), (as_ben, order_id)):
        with pytest.raises(NotFound):
            find_order(each_shop, audience, number)
    assert claimed_orders(each_shop, as_ben) == []


def test_whatever_is_wrong_is_answered_alike(small_shop: Shop, anna: Audience, visitor: Audience) -> None:
    order_id, _ = numbers_of(small_shop, anna)
    told = []
    for number, email in ((order_id, "ben@example.com"), ("9999", "anna@example.com")):
        with pytest.raises(NotFound) as refused:
            claim_order(small_shop, visitor, number, email)
        told.append((refused.value.code, refused.value.field, refused.value.status))
    assert told[0] == told[1]


def test_after_three_wrong_tries_right_ones_count_no_more(
    each_shop: Shop, anna: Audience, visitor: Audience
) -> None:
    order_id, _ = numbers_of(each_shop, anna)
    for _ in range(2):
        with pytest.raises(NotFound):
            claim_order(each_shop, visitor, order_id, "guess@example.com")
    for email in ("guess@example.com", "anna@example.com"):
        with pytest.raises(TooManyTries):
            claim_order(each_shop, visitor, order_id, email)
    with pytest.raises(NotFound):
        find_order(each_shop, visitor, order_id)


def test_no_address_is_written_down(small_shop: Shop, anna: Audience, visitor: Audience) -> None:
    order_id, _ = numbers_of(small_shop, anna)
    claim_order(small_shop, visitor, order_id, "anna@example.com")
    assert "anna@example.com" not in str(rows(small_shop, tables.order_claims))


def test_a_proof_needs_a_conversation(small_shop: Shop) -> None:
    with pytest.raises(Unauthorized):
        claim_order(small_shop, Audience(), "1000", "anna@example.com")
