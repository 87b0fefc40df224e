"""Structured logs: one JSON line each, with conversation and turn ids, without text or personal data."""

import logging
import sys
import time

import structlog
from sanic.response import BaseHTTPResponse

from web.kinds import AnyRequest, App

log = structlog.get_logger()


def configure_logs(level: str) -> None:
    """Log JSON lines to standard error from `level` on, and the libraries' own warnings with them."""
    numeric = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(numeric),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    # Libraries may write addresses and bodies at lower levels.
    logging.basicConfig(level=max(numeric, logging.WARNING), stream=sys.stderr)


def trace_requests(app: App) -> None:
    """Log one line per request: what was called, how it ended, how long it took."""

    @app.on_request
    async def _begin(request: AnyRequest) -> None:
        structlog.contextvars.clear_contextvars()
        request.ctx.started = time.monotonic()

    @app.middleware("response")
    async def _end(request: AnyRequest, response: BaseHTTPResponse) -> None:
        started = getattr(request.ctx, "started", None)
        log.debug(
            "request",
            method=request.method,
            # The declared path, not the address: addresses of a shop can hold what somebody searched for.
            route=str(request.route.path) if request.route else None,
            status=response.status,
            ms=None if started is None else round((time.monotonic() - started) * 1000),
        )
