"""Headers that keep pages and API calls where they belong."""

from urllib.parse import unquote_plus

from sanic import HTTPResponse
from sanic.response import BaseHTTPResponse, empty

from shop.errors import InvalidInput
from web.guard import has_control_characters
from web.kinds import AnyRequest, App

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The widget's code and pictures are the same for everybody, so any site may load them.
_PUBLIC = ("/widget.js", "/static/", "/api/v1/widget/")
_ALLOWED_HEADERS = "Authorization, Content-Type, Last-Event-ID"
_ALLOWED_METHODS = "GET, POST, PATCH, DELETE"
_API = "/api/"


def secure(app: App, allowed_origins: frozenset[str]) -> None:
    """Add the headers to every response, and let the allowed origins use the widget's API."""

    @app.on_request
    async def _refuse_control_characters(request: AnyRequest) -> None:
        # No address of ours holds any, and some databases choke on NUL.
        if has_control_characters(unquote_plus(request.path + request.query_string)):
            raise InvalidInput("control characters in the address", code="bad_address")

    @app.on_request
    async def _preflight(request: AnyRequest) -> HTTPResponse | None:
        if request.method != "OPTIONS" or not request.path.startswith(_API):
            return None
        return empty()

    @app.middleware("response")
    async def _headers(request: AnyRequest, response: BaseHTTPResponse) -> None:
        for name, value in (_ALWAYS | _cross_origin(request, allowed_origins)).items():
            response.headers.setdefault(name, value)
        if request.path.startswith(_API):
            response.headers.setdefault("Cache-Control", "no-store")


def _cross_origin(request: AnyRequest, allowed_origins: frozenset[str]) -> dict[str, str]:
    if request.path.startswith(_PUBLIC):
        return {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    origin = request.headers.get("origin")
    if not request.path.startswith(_API):
        return {"Cross-Origin-Resource-Policy": "same-origin"}
    if origin not in allowed_origins and "*" not in allowed_origins:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin or "*",
        "Access-Control-Allow-Headers": _ALLOWED_HEADERS,
        "Access-Control-Allow-Methods": _ALLOWED_METHODS,
        "Access-Control-Expose-Headers": "Retry-After",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
