"""Returns, refunds and what arrived wrong: the shop's rules decide what is clear, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import update

from shop.context import Audience, Shop
from shop.errors import InvalidInput, NotFound
from shop.invoices import invoice_of
from shop.orders import Order, recent_orders
from shop.sentences import error_sentence
from shop.service_requests import (
    Draft,
    NotPossible,
    ServiceRequest,
    check_items,
    check_order,
    file_request,
    requests_of,
)
from shop.service_rules import PATH, service_rules
from shop.storage import tables
from tests.conftest import FakeClock
from tests.shop.log import rows


def delivered(shop: Shop, who: Audience, days_ago: int = 1) -> Order:
    """The latest delivered order, which came so many days ago."""
    order = next(each for each in recent_orders(shop, who) if each.status == "delivered")
    changed = update(tables.orders).where(tables.orders.c.id == order.order_id)
    with shop.database.write() as connection:
        connection.execute(changed.values(delivered_at=shop.now() - timedelta(days=days_ago)))
    return order


def draft(order: Order, kind: str, *items: str, wish: str | None = None) -> Draft:
    return Draft(kind, order.order_id, dict.fromkeys(items, 1), "broken", wish)


def test_a_return_in_time_is_agreed(each_shop: Shop, anna: Audience) -> None:
    order = delivered(each_shop, anna, 30)
    request = file_request(each_shop, anna, draft(order, "return", "flour", "sugar"))
    assert (request.row.status, request.row.amount_minor, request.row.shopper_id) == ("approved", 648, "anna")
    assert request.number.startswith("R")
    assert request.number in request.sentence
    assert requests_of(each_shop, anna) == [request]
    assert invoice_of(each_shop, anna, order.order_id).refunded_minor == 648


@pytest.mark.parametrize(
    ("kind", "days_ago", "wish", "status", "amount"),
    [
        ("damaged", 2, "refund", "approved", 329),
        ("damaged", 2, "replacement", "approved", 0),
        ("damaged", 3, "refund", "open", 329),
        ("missing", 1, "refund", "approved", 329),
        ("missing", 9, "replacement", "open", 0),
        ("exchange", 9, None, "approved", 0),
        ("refund", 1, None, "open", 329),
    ],
)
def test_clear_cases_are_decided_and_others_wait(
    small_shop: Shop, anna: Audience, kind: str, days_ago: int, wish: str | None, status: str, amount: int
) -> None:
    order = delivered(small_shop, anna, days_ago)
    row = file_request(small_shop, anna, draft(order, kind, "flour", wish=wish)).row
    assert (row.status, row.amount_minor) == (status, amount)


def test_dear_things_are_looked_at(small_shop: Shop, anna: Audience) -> None:
    order = delivered(small_shop, anna)
    dear = update(tables.order_lines).where(tables.order_lines.c.order_id == order.order_id)
    with small_shop.database.write() as connection:
        connection.execute(dear.values(unit_price_minor=5001))
    assert file_request(small_shop, anna, draft(order, "damaged", "flour")).row.status == "open"


def test_what_the_rules_refuse_is_told(small_shop: Shop, anna: Audience) -> None:
    on_the_way = recent_orders(small_shop, anna)[0]
    with pytest.raises(NotPossible, match="not_delivered") as early:
        check_order(small_shop, anna, "damaged", on_the_way.order_id)
    order = delivered(small_shop, anna, 31)
    with pytest.raises(NotPossible, match="too_late_to_return") as late:
        check_order(small_shop, anna, "return", order.order_id)
    order = delivered(small_shop, anna, 3)
    with pytest.raises(NotPossible, match="not_returnable") as fresh:
        check_items(small_shop, anna, "return", order.order_id, {"butter": 1})
    check_items(small_shop, anna, "damaged", order.order_id, {"butter": 1})
    for refused in (early, late, fresh):
        for locale in ("en", "zh"):
            assert error_sentence(small_shop.phrases, refused.value, locale)


def test_the_same_thing_is_not_paid_back_twice(each_shop: Shop, anna: Audience) -> None:
    order = delivered(each_shop, anna)

    def ask(kind: str) -> ServiceRequest | str:
        try:
            return file_request(each_shop, anna, draft(order, kind, "flour"))
        except NotPossible as refused:
            return refused.code

    with ThreadPoolExecutor(6) as pool:
        came_of_it = list(pool.map(ask, ["return", "damaged", "refund"] * 2))
    assert came_of_it.count("already_requested") == 5
    assert len(rows(each_shop, tables.service_requests)) == 1


def test_what_was_refused_can_be_asked_again(small_shop: Shop, anna: Audience) -> None:
    order = delivered(small_shop, anna)
    file_request(small_shop, anna, draft(order, "refund", "flour"))
    with small_shop.database.write() as connection:
        connection.execute(update(tables.service_requests).values(status="refused"))
    assert file_request(small_shop, anna, draft(order, "damaged", "flour"))


def test_requests_are_only_about_ones_own_orders(each_shop: Shop, anna: Audience, visitor: Audience) -> None:
    order = delivered(each_shop, anna)
    for foreign in (replace(anna, shopper_id="ben"), visitor):
        with pytest.raises(NotFound):
            file_request(each_shop, foreign, draft(order, "return", "flour"))
    file_request(each_shop, anna, draft(order, "return", "flour"))
    assert requests_of(each_shop, replace(anna, shopper_id="ben")) == []
    assert requests_of(each_shop, visitor) == []


def test_senseless_requests_are_refused(small_shop: Shop, anna: Audience) -> None:
    order = delivered(small_shop, anna)
    right = draft(order, "return", "flour")
    wrong = [
        (InvalidInput, {"kind": "gift"}),
        (InvalidInput, {"wish": "champagne"}),
        (InvalidInput, {"reason": "x" * 501}),
        (InvalidInput, {"items": {}}),
        (InvalidInput, {"items": {"flour": 2}}),
        (InvalidInput, {"items": {"flour": 0}}),
        (NotFound, {"items": {"salsa": 1}}),
    ]
    for error, change in wrong:
        with pytest.raises(error):
            file_request(small_shop, anna, replace(right, **change))
    assert rows(small_shop, tables.service_requests) == []


def test_every_state_of_every_kind_has_its_words(small_shop: Shop, anna: Audience, clock: FakeClock) -> None:
    order = delivered(small_shop, anna)
    file_request(small_shop, anna, draft(order, "return", "flour"))
    table = tables.service_requests
    for kind in ("cancel", "change", "return", "exchange", "damaged", "missing", "refund"):
        for status in ("open", "approved", "done", "refused"):
            for amount in (0, 329):
                with small_shop.database.write() as connection:
                    values = {"kind": kind, "status": status, "amount_minor": amount}
                    connection.execute(update(table).values(values))
                for locale in ("en", "zh"):
                    (told,) = requests_of(small_shop, replace(anna, locale=locale))
                    assert order.order_id in told.sentence


def test_the_rules_are_read_again_when_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    text = PATH.read_text()
    path.write_text(text)
    assert service_rules(path) == service_rules()
    path.write_text(text.replace("days = 30", "days = 14"))
    assert service_rules(path).returns.days == 14
    path.write_text(text + "\n[gifts]\ndays = 3\n")
    with pytest.raises(ValidationError):
        service_rules(path)


def test_an_invoice_adds_up(small_shop: Shop, anna: Audience) -> None:
    order = delivered(small_shop, anna)
    invoice = invoice_of(small_shop, anna, order.order_id)
    payload = invoice.payload()
    assert invoice.listed_minor == invoice.total_minor == order.row.total_minor
    assert (payload["name"], payload["address"], payload["discount_label"]) == ("Anna", None, None)
    with pytest.raises(NotFound):
        invoice_of(small_shop, replace(anna, shopper_id="ben"), order.order_id)
