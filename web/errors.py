"""One handler for whatever goes wrong, one shape for all of it; people who browse get a page instead."""

import traceback
from collections.abc import Callable
from pathlib import Path

import structlog
from sanic import HTTPResponse
from sanic.exceptions import SanicException
from sanic.response import json

from shop.errors import AisleError
from web.kinds import AnyRequest, App
from web.services import services

RETRY_AFTER_S = {429: 2, 503: 5}
_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "body_too_large",
    414: "address_too_long",
    416: "range_not_satisfiable",
    417: "expectation_failed",
    431: "headers_too_large",
    503: "unavailable",
}
ErrorPage = Callable[[AnyRequest, AisleError], HTTPResponse]

log = structlog.get_logger()


def handle_errors(app: App, page: ErrorPage | None) -> None:
    """Answer every exception; `page` draws it for browsers, where there is a storefront."""

    @app.exception(Exception)
    async def _answer(request: AnyRequest, exception: Exception) -> HTTPResponse:
        error = as_aisle_error(exception)
        _log(request, exception, error)
        services(request).metrics.errors.labels(code=error.code).inc()
        response = page(request, error) if page and _is_browsing(request) else _plain(error)
        response.headers.update(_headers(error, exception))
        return response


def as_aisle_error(exception: Exception) -> AisleError:
    """Our own error for whatever was raised; what is not meant for callers is not told to them."""
    if isinstance(exception, AisleError):
        return exception
    if isinstance(exception, SanicException) and exception.status_code < 500:
        code = _CODES.get(exception.status_code, "bad_request")
        return _with_status(AisleError(code.replace("_", " "), code=code), exception.status_code)
    if isinstance(exception, SanicException) and exception.status_code == 503:
        return _with_status(AisleError("the answer took too long", code="unavailable"), 503)
    return AisleError("something went wrong here; it is logged")


def _with_status(error: AisleError, status: int) -> AisleError:
    error.status = status
    return error


def _plain(error: AisleError) -> HTTPResponse:
    return json(error.body(), status=error.status, ensure_ascii=False)


def _headers(error: AisleError, exception: Exception) -> dict[str, str]:
    headers = dict(getattr(exception, "headers", None) or {})
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if error.status in RETRY_AFTER_S:
        headers["Retry-After"] = str(RETRY_AFTER_S[error.status])
    return headers


def _is_browsing(request: AnyRequest) -> bool:
    # Only the storefront's own addresses have pages; programs call everything else.
    is_program = request.path.startswith(("/api/", "/health/", "/static/"))
    return not is_program and "text/html" in request.headers.get("accept", "")


def _log(request: AnyRequest, exception: Exception, error: AisleError) -> None:
    """Log faults of ours; of foreign exceptions the kind only, as their text may hold what somebody wrote."""
    if error.status < 500 or error.code == "not_ready":  # a probe asks often, and its caller hears the answer
        return
    about = {"code": error.code, "route": _route(request)}
    if exception is error:
        log.warning("request_failed", reason=error.message, **about)
        return
    frames = traceback.extract_tb(exception.__traceback__)[-8:]
    at = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("request_failed", exception=type(exception).__name__, at=at, **about)


def _route(request: AnyRequest) -> str:
    return str(request.route.path) if request.route else "unknown"
