"""Declares the JSON API: a handler's signature validates what comes in and stands in /openapi.json.

A handler may ask for `body` and `query` (pydantic models from web.schemas) and for `conversation`, which
makes the operation one that needs a session. What it returns is a model too.
"""

import functools
import inspect
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_type_hints

from pydantic import BaseModel, ValidationError
from sanic import Blueprint, HTTPResponse
from sanic.response import raw

from shop.errors import AisleError, InvalidInput
from web.access import check_api_key, open_conversation
from web.kinds import AnyRequest

Access = Literal["open", "session", "api_key"]
Model = TypeVar("Model", bound=BaseModel)
Handler = Callable[..., Coroutine[Any, Any, BaseModel | HTTPResponse | None]]
Endpoint = Callable[..., Coroutine[Any, Any, HTTPResponse | None]]


class UnsupportedMediaType(AisleError):
    """A body that does not say it is JSON."""

    code = "unsupported_media_type"
    status = 415


@dataclass(frozen=True)
class Operation:
    """One method of one path: who may call it, what it takes, what it gives."""

    method: str
    path: str
    summary: str
    access: Access
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answer: type[BaseModel] | None
    media_type: str
    parameters: tuple[str, ...]


class Operations:
    """A blueprint whose handlers are declared operations."""

    def __init__(self, name: str) -> None:
        self.blueprint = Blueprint(name)
        self.declared: list[Operation] = []

    def add(
        self, method: str, path: str, *, access: Access = "open", media_type: str = "application/json"
    ) -> Callable[[Handler], Handler]:
        """Serve `method path` with the decorated handler."""

        def declare(handler: Handler) -> Handler:
            operation = _operation(handler, method, path, access, media_type)
            self.declared.append(operation)
            self.blueprint.add_route(
                _endpoint(handler, operation), path, methods=[method], name=handler.__name__, unquote=True
            )
            return handler

        return declare


def read_body(model: type[Model], body: bytes, content_type: str | None) -> Model:
    """The body as `model`; an absent body counts as `{}`.

    Raises:
        InvalidInput: malformed JSON, or a field that is missing, unknown or of the wrong kind.
        UnsupportedMediaType: the body is not declared to be JSON.
    """
    if body and (content_type or "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("send application/json")
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as invalid:
        raise refusal(invalid) from None


def read_query(model: type[Model], given: Mapping[str, list[str]]) -> Model:
    """The query as `model`.

    Raises:
        InvalidInput: a parameter is missing, unknown, repeated or of the wrong kind.
    """
    repeated = next((name for name, values in given.items() if len(values) > 1), None)
    if repeated:
        raise InvalidInput("given more than once", field=repeated)
    try:
        return model.model_validate_strings({name: values[0] for name, values in given.items()})
    except ValidationError as invalid:
        raise refusal(invalid) from None


def refusal(invalid: ValidationError) -> InvalidInput:
    """The first problem of a refused input, as our own error; the value itself is never repeated."""
    problem = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
    codes = {"extra_forbidden": "unknown_field", "missing": "missing_field", "json_invalid": "malformed_json"}
    field = ".".join(str(part) for part in problem["loc"]) or None
    return InvalidInput(problem["msg"], field=field, code=codes.get(problem["type"]))


def _operation(handler: Handler, method: str, path: str, access: Access, media_type: str) -> Operation:
    hints = get_type_hints(handler)
    special = {"_", "request", "body", "query", "conversation"}
    answer = hints["return"]
    return Operation(
        method=method,
        path=path,
        summary=inspect.getdoc(handler) or "",
        access="session" if "conversation" in hints else access,
        body=hints.get("body"),
        query=hints.get("query"),
        answer=answer if inspect.isclass(answer) and issubclass(answer, BaseModel) else None,
        media_type=media_type,
        parameters=tuple(name for name in inspect.signature(handler).parameters if name not in special),
    )


def _endpoint(
    handler: Handler, operation: Operation
) -> Callable[..., Coroutine[Any, Any, HTTPResponse | None]]:
    @functools.wraps(handler)
    async def endpoint(request: AnyRequest, **given: Any) -> HTTPResponse | None:
        if operation.access == "api_key":
            check_api_key(request)
        if operation.access == "session":
            given["conversation"] = await open_conversation(request)
        if operation.body:
            given["body"] = read_body(operation.body, request.body, request.headers.get("content-type"))
        if operation.query:
            given["query"] = read_query(operation.query, request.get_args(keep_blank_values=True))
        answer = await handler(request, **given)
        return as_json(answer) if isinstance(answer, BaseModel) else answer

    return endpoint


def as_json(answer: BaseModel, status: int = 200) -> HTTPResponse:
    """The answer as JSON; fields that are not set are left out."""
    body = answer.model_dump_json(exclude_none=True).encode()
    return raw(body, status=status, content_type="application/json; charset=utf-8")
