"""Probes that tell the truth, metrics, and the description of the API."""

from sanic import HTTPResponse
from sanic.response import json, raw

from shop.context import Shop
from shop.errors import AisleError, Unavailable
from shop.questions import warm_up
from shop.storage.schema import is_current
from web.kinds import AnyRequest
from web.metrics import CONTENT_TYPE_LATEST
from web.openapi import describe
from web.operations import Operations
from web.schemas import LiveOut, ReadyOut
from web.services import services
from web.threads import in_thread

api = Operations("health")


@api.add("GET", "/health/live")
async def live(_: AnyRequest) -> LiveOut:
    """The process runs."""
    return LiveOut()


@api.add("GET", "/health/ready")
async def ready(request: AnyRequest) -> ReadyOut:
    """Whether a message could be answered now: database, schema, recommender and assistant; 503 if not."""
    parts = services(request)
    checks = {
        "database": await in_thread(_database_is_ready, parts.shop),
        "recommender": await in_thread(_recommender_is_ready, parts.shop),
        "assistant": await parts.rasa.answers(),
    }
    missing = [name for name, works in checks.items() if not works]
    if missing:
        raise Unavailable(f"not ready: {', '.join(missing)}", code="not_ready")
    return ReadyOut(checks=checks)


@api.add("GET", "/metrics", media_type="text/plain")
async def metrics(request: AnyRequest) -> HTTPResponse:
    """Counts and times in Prometheus' text format."""
    return raw(services(request).metrics.page(), content_type=CONTENT_TYPE_LATEST)


@api.add("GET", "/openapi.json")
async def openapi(_: AnyRequest) -> HTTPResponse:
    """This description."""
    from web.api import operations

    return json(describe(operations()), ensure_ascii=False)


def _database_is_ready(shop: Shop) -> bool:
    try:
        return is_current(shop.database)
    except Exception:  # noqa: BLE001 - whatever keeps the database from answering, the probe says no
        return False


def _recommender_is_ready(shop: Shop) -> bool:
    try:
        warm_up(shop)
    except AisleError:
        return False
    return True
