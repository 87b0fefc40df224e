"""The description of the API is the API."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.web.conftest import Web
from web.api import operations
from web.app import create_app

UNDESCRIBED = re.compile(
    r"^/(static/|$|browse|search|product/|compare|help|cart|checkout|orders|coupons|login|logout|my-data|receipts/|language|identity|events$)"
)


@pytest.fixture
def description(web: Web) -> dict[str, Any]:
    document: dict[str, Any] = web.client().get("/openapi.json").json()
    return document


def _routes(web: Web) -> set[tuple[str, str]]:
    app = create_app(web.shop, name="routes-only")
    found = set()
    for route in app.router.routes:
        path = re.sub(r"<(\w+)(:[^>]*)?>", r"{\1}", "/" + route.path)
        found |= {(method.lower(), path) for method in route.methods if method != "OPTIONS"}
    return found


def test_every_route_is_described_and_every_description_served(web: Web, description: dict[str, Any]) -> None:
    described = {(method, path) for path, methods in description["paths"].items() for method in methods}
    served = {(method, path) for method, path in _routes(web) if not UNDESCRIBED.match(path)}
    assert described == served


def test_operation_ids_are_unique(description: dict[str, Any]) -> None:
    ids = [o["operationId"] for methods in description["paths"].values() for o in methods.values()]
    assert len(ids) == len(set(ids))


def test_every_schema_is_valid_and_every_reference_resolves(description: dict[str, Any]) -> None:
    for schema in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = set(description["components"]["schemas"])
    used = set(re.findall(r'"#/components/schemas/(\w+)"', str(description).replace("'", '"')))
    assert used <= names


def test_answers_fit_their_schemas(web: Web, description: dict[str, Any]) -> None:
    visitor = web.visitor()
    session = web.client().post("/api/v1/sessions").json()
    calls = [
        ("/api/v1/sessions", "post", session),
        ("/api/v1/messages", "post", visitor.send("hello").json()),
        ("/api/v1/conversation", "get", visitor.http.get("/api/v1/conversation").json()),
        ("/api/v1/cart", "get", visitor.http.get("/api/v1/cart").json()),
        ("/health/live", "get", web.client().get("/health/live").json()),
        ("/health/ready", "get", web.client().get("/health/ready").json()),
        ("/api/v1/widget/words", "get", web.client().get("/api/v1/widget/words").json()),
    ]
    for path, method, answer in calls:
        content = description["paths"][path][method]["responses"]["200"]["content"]
        _check(description, content["application/json"]["schema"], answer)


def test_errors_fit_their_schema(web: Web, description: dict[str, Any]) -> None:
    error = web.client().post("/api/v1/messages").json()
    _check(description, {"$ref": "#/components/schemas/ErrorOut"}, error)


def _check(description: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    Draft202012Validator(schema | {"components": description["components"]}).validate(value)


def test_every_operation_says_what_it_does() -> None:
    for operation in operations():
        assert operation.summary.endswith((".", "not."))
