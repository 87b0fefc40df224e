"""One shape for everything that goes wrong."""

from typing import Any

import pytest

from shop.context import Shop
from tests.web.conftest import ServeWeb, Visitor, Web

JSON = {"Content-Type": "application/json"}


def _check_shape(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/json")
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) <= {"code", "message", "field"}
    assert body["error"]["code"] == code
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/static/%2e%2e/app.py", 404, "not_found"),
        ("PUT", "/api/v1/messages", 405, "method_not_allowed"),
        ("POST", "/health/live", 405, "method_not_allowed"),
        ("GET", "/api/v1/conversation%00", 400, "bad_address"),
        ("GET", "/product/a%0ab", 400, "bad_address"),
    ],
)
def test_what_does_not_exist(web: Web, method: str, path: str, status: int, code: str) -> None:
    _check_shape(web.client().request(method, path), status, code)


def test_a_wrong_method_is_told_the_right_ones(web: Web) -> None:
    assert web.client().put("/api/v1/messages").headers["allow"] == "POST"


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 8000, b'{"text": "\\ud800"}', b'{"text": NaN}', b"null"],
)
def test_malformed_json(visitor: Visitor, body: bytes) -> None:
    answer = visitor.http.post("/api/v1/messages", content=body, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {"malformed_json", "invalid_input", "missing_field"}


def test_a_body_that_is_not_json(visitor: Visitor) -> None:
    answer = visitor.http.post(
        "/api/v1/messages", content=b"text=hello", headers={"Content-Type": "text/plain"}
    )
    _check_shape(answer, 415, "unsupported_media_type")


def test_a_body_that_is_too_large(visitor: Visitor) -> None:
    _check_shape(
        visitor.http.post("/api/v1/messages", content=b"x" * 8193, headers=JSON), 413, "body_too_large"
    )


def test_a_body_without_length_that_is_too_large(visitor: Visitor) -> None:
    parts = (b"x" * 4096 for _ in range(10))
    _check_shape(visitor.http.post("/api/v1/messages", content=parts, headers=JSON), 413, "body_too_large")


def test_what_was_sent_is_never_repeated(visitor: Visitor) -> None:
    sent = {"client_message_id": "<script>alert(1)</script>", "text": "a"}
    answer = visitor.http.post("/api/v1/messages", json=sent)
    assert answer.status_code == 400
    assert "script" not in answer.text


def test_an_unexpected_fault_tells_nothing(
    web: Web, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("shop.carts.view_cart", broken)
    answer = visitor.http.get("/api/v1/cart")
    _check_shape(answer, 500, "internal")
    assert "hunter2" not in answer.text


def test_a_lost_database_is_said_so(web: Web, visitor: Visitor) -> None:
    web.shop.database.close()
    database = web.shop.settings.state_dir / "aisle.db"
    database.rename(database.with_suffix(".away"))
    database.mkdir()
    answer = visitor.http.get("/api/v1/conversation")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "storage_unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_people_get_a_page_where_programs_get_json(web: Web) -> None:
    answer = web.client(headers={"Accept": "text/html"}).get("/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "We could not find that." in answer.text
    assert (
        web.client(headers={"Accept": "text/html"}).get("/api/v1/nothing").json()["error"]["code"]
        == "not_found"
    )


def test_without_the_demo_there_is_no_storefront(serve: ServeWeb) -> None:
    client = serve(demo=False).client(headers={"Accept": "text/html"})
    for path in ("/", "/login", "/identity", "/cart"):
        _check_shape(client.get(path), 404, "not_found")
    assert client.get("/widget.js").status_code == 200


def test_every_code_has_a_sentence_for_people(small_shop: Shop) -> None:
    from shop.errors import AisleError
    from shop.sentences import error_sentence

    for code in ("not_found", "foreign_form", "method_not_allowed", "invalid_input"):
        for locale in ("en", "zh"):
            assert error_sentence(small_shop.phrases, AisleError("x", code=code), locale)
