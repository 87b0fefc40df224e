"""Sanic's generic types as this app uses them."""

from typing import Any, TypeAlias

from sanic import Request, Sanic

App: TypeAlias = Sanic[Any, Any]
AnyRequest: TypeAlias = Request[Any, Any]
