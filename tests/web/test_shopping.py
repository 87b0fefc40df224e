"""Slates, events, the cart and recommendations over HTTP."""

from typing import Any

import pytest
from sqlalchemy import select

from shop.context import Audience
from shop.recommendations import bestsellers
from shop.slates import Slate
from shop.storage import tables
from tests.web.conftest import API_KEY, Visitor, Web


def _shown_to(web: Web, visitor: Visitor) -> Slate:
    audience = Audience("en", "chat", None, visitor.conversation_id)
    return bestsellers(web.shop, audience, n=3)


def _events(web: Web) -> list[dict[str, Any]]:
    with web.shop.database.read() as connection:
        return [dict(row) for row in connection.execute(select(tables.events)).mappings()]


def test_events_join_their_slate(web: Web, visitor: Visitor) -> None:
    slate = _shown_to(web, visitor)
    item_id = slate.items[1].item_id
    for kind in ("impression", "impression", "click", "click"):
        sent = {"slate_id": slate.slate_id, "item_id": item_id, "kind": kind}
        assert visitor.http.post("/api/v1/events", json=sent).status_code == 200
    events = _events(web)
    assert [event["kind"] for event in events] == ["impression", "click", "click"]
    assert {event["slate_id"] for event in events} == {slate.slate_id}
    assert {event["conversation_id"] for event in events} == {visitor.conversation_id}


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"slate_id": "z" * 22}, 404, "slate_id"),
        ({"item_id": "moon-rock"}, 404, "item_id"),
        ({"kind": "stare"}, 400, "kind"),
        ({"kind": "rating", "value": 6}, 400, "value"),
        ({"kind": "rating"}, 400, "value"),
        ({"value": "3"}, 400, "value"),
        ({"slate_id": "short"}, 400, "slate_id"),
        ({"item_id": "a\x00b"}, 400, "item_id"),
        ({"colour": "red"}, 400, "colour"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    web: Web, visitor: Visitor, change: dict[str, Any], status: int, field: str
) -> None:
    slate = _shown_to(web, visitor)
    sent = {"slate_id": slate.slate_id, "item_id": slate.items[0].item_id, "kind": "click"}
    answer = visitor.http.post("/api/v1/events", json=sent | change)
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)
    assert _events(web) == []


def test_somebody_elses_slate_is_not_there(web: Web, visitor: Visitor) -> None:
    slate = _shown_to(web, visitor)
    sent = {"slate_id": slate.slate_id, "item_id": slate.items[0].item_id, "kind": "click"}
    answer = web.visitor().http.post("/api/v1/events", json=sent)
    assert (answer.status_code, answer.json()["error"]["field"]) == (404, "slate_id")


def test_the_cart_and_its_event_with_the_slate(web: Web, visitor: Visitor) -> None:
    slate = _shown_to(web, visitor)
    item_id = slate.items[0].item_id
    sent = {"item_id": item_id, "slate_id": slate.slate_id, "quantity": 2}
    cart = visitor.http.post("/api/v1/cart/items", json=sent).json()
    assert (cart["kind"], cart["item_count"], cart["lines"][0]["item_id"]) == ("cart", 2, item_id)
    [event] = _events(web)
    assert (event["kind"], event["slate_id"], event["value"]) == ("add_to_cart", slate.slate_id, 2)
    assert visitor.http.get("/api/v1/cart").json() == cart
    assert visitor.http.delete(f"/api/v1/cart/items/{item_id}").json()["lines"] == []


@pytest.mark.parametrize(
    ("sent", "status", "code", "field"),
    [
        ({"item_id": "moon-rock"}, 404, "unknown_item", "item_id"),
        ({"item_id": "croissants"}, 409, "out_of_stock", "item_id"),
        ({"item_id": "butter", "quantity": 0}, 400, "invalid_input", "quantity"),
        ({"item_id": "butter", "slate_id": "z" * 22}, 404, "unknown_slate", "slate_id"),
        ({}, 400, "missing_field", "item_id"),
    ],
)
def test_what_cannot_be_bought_is_refused(
    visitor: Visitor, sent: dict[str, Any], status: int, code: str, field: str
) -> None:
    answer = visitor.http.post("/api/v1/cart/items", json=sent)
    assert answer.status_code == status
    assert (answer.json()["error"]["code"], answer.json()["error"]["field"]) == (code, field)


def test_removing_what_is_not_in_the_cart(visitor: Visitor) -> None:
    assert visitor.http.delete("/api/v1/cart/items/butter").status_code == 404
    assert visitor.http.delete("/api/v1/cart/items/caf%C3%A9%00").status_code == 400


@pytest.mark.parametrize(("kind", "intent"), [("similar", "ask_similar"), ("why", "explain_recommendation")])
def test_a_cards_question_reaches_rasa_as_structure(
    web: Web, visitor: Visitor, kind: str, intent: str
) -> None:
    slate = _shown_to(web, visitor)
    item = slate.items[0]
    visitor.send(action={"kind": kind, "slate_id": slate.slate_id, "item_id": item.item_id})
    [turn] = web.rasa.turns
    assert turn["button"] == {
        "intent": intent,
        "entities": {"item_id": item.item_id, "slate_id": slate.slate_id},
    }
    assert item.product.name in visitor.history()[0]["payload"]["text"]


def test_a_question_about_a_card_that_was_never_shown_is_refused(web: Web, visitor: Visitor) -> None:
    slate = _shown_to(web, visitor)
    action = {"kind": "why", "slate_id": slate.slate_id, "item_id": "moon-rock"}
    assert visitor.send(action=action).json()["error"]["field"] == "item_id"
    shown = action | {"item_id": slate.items[0].item_id}
    assert web.visitor().send(action=shown).json()["error"]["field"] == "slate_id"
    assert web.rasa.turns == []


@pytest.mark.parametrize("header", [{"X-API-Key": API_KEY}, {"Authorization": f"Bearer {API_KEY}"}])
def test_recommendations_for_a_shopper(web: Web, header: dict[str, str]) -> None:
    answer = web.client(headers=header).get("/recommendations", params={"user_id": "anna", "n": 4}).json()
    assert answer["recommendations"] == [item["item_id"] for item in answer["items"]]
    assert len(set(answer["recommendations"])) == 4
    with web.shop.database.read() as connection:
        [slate] = connection.execute(select(tables.slates)).mappings()
    assert (slate["id"], slate["surface"], slate["shopper_id"]) == (answer["slate_id"], "api", "anna")


def test_somebody_unknown_gets_what_fits_a_new_shopper(web: Web) -> None:
    answer = web.client(headers={"X-API-Key": API_KEY}).get("/recommendations?user_id=never-seen").json()
    assert len(answer["recommendations"]) == 10


@pytest.mark.parametrize("key", ["", "wrong", API_KEY + "x", "ключ"])
def test_recommendations_need_the_key(web: Web, key: str) -> None:
    answer = web.client(headers={"X-API-Key": key.encode()}).get("/recommendations?user_id=anna")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "user_id"), ("user_id=a&n=0", "n"), ("user_id=a&n=51", "n"), ("user_id=a&m=1", "m")],
)
def test_senseless_recommendations_are_refused(web: Web, query: str, field: str) -> None:
    answer = web.client(headers={"X-API-Key": API_KEY}).get(f"/recommendations?{query}")
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)
