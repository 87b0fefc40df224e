"""Describes the JSON API from the declarations that serve it, so that the description cannot lie."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.operations import Operation
from web.schemas import ErrorOut

TITLE, VERSION = "Aisle", "1"
_REFERENCE = "#/components/schemas/{model}"
_SECURITY: dict[str, list[dict[str, list[str]]]] = {
    "session": [{"session": []}],
    "api_key": [{"api_key": []}, {"api_key_as_bearer": []}],
    "open": [],
}
_SCHEMES = {
    "session": {"type": "http", "scheme": "bearer", "description": "From POST /api/v1/sessions."},
    "api_key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "api_key_as_bearer": {"type": "http", "scheme": "bearer"},
}


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of these operations."""
    schemas, definitions = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        described = _describe(operation, schemas)
        paths.setdefault(_path(operation.path), {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION, "description": "The API of a shop assistant."},
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": _SCHEMES},
    }


def _schemas(operations: Sequence[Operation]) -> tuple[dict[type[BaseModel], Any], dict[str, Any]]:
    used = {m for o in operations for m in (o.body, o.query, o.answer) if m is not None} | {ErrorOut}
    ordered = sorted(used, key=lambda model: model.__name__)
    found, document = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=_REFERENCE, title=None
    )
    return {model: found[(model, "validation")] for model in ordered}, document.get("$defs", {})


def _describe(operation: Operation, schemas: dict[type[BaseModel], Any]) -> dict[str, Any]:
    summary, _, description = operation.summary.partition("\n\n")
    described: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "summary": summary,
        "security": _SECURITY[operation.access],
        "parameters": [_path_parameter(name) for name in operation.parameters] + _query(operation),
        "responses": {"200": _answer(operation, schemas), "default": _errors(schemas)},
    }
    if description:
        described["description"] = description
    if operation.body:
        required = any(field.is_required() for field in operation.body.model_fields.values())
        described["requestBody"] = {"required": required, "content": _json(schemas[operation.body])}
    return described


def _answer(operation: Operation, schemas: dict[type[BaseModel], Any]) -> dict[str, Any]:
    if operation.answer is None:
        return {"description": "OK", "content": {operation.media_type: {"schema": {"type": "string"}}}}
    return {"description": "OK", "content": _json(schemas[operation.answer])}


def _errors(schemas: dict[type[BaseModel], Any]) -> dict[str, Any]:
    return {"description": "Refused or failed", "content": _json(schemas[ErrorOut])}


def _query(operation: Operation) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = operation.query.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": kind}
        for name, kind in schema["properties"].items()
    ]


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _path(path: str) -> str:
    """Sanic's `<item_id:str>` is OpenAPI's `{item_id}`."""
    return re.sub(r"<(\w+)(:[^>]*)?>", r"{\1}", path)


def _operation_id(operation: Operation) -> str:
    words = re.findall(r"[A-Za-z]+", operation.path.replace("/api/v1", ""))
    return "_".join([operation.method.lower(), *words])
