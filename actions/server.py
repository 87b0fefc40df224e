"""The action server: rasa-sdk's protocol on loopback, for our Rasa only.

`POST /webhook` runs an action, `GET /health` says whether the recommender is loaded. Errors have rasa-sdk's
shape, `{"error", "action_name"}`, and a status that is never 200; 400 is left to rejections, which Rasa takes
for an answer.
"""

import asyncio
import hmac
from functools import partial
from typing import Any, TypeAlias

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json

from actions.base import as_action
from actions.service_filling import validate
from actions.service_form import FORM
from actions.skills import SKILLS
from shop.context import Shop
from shop.errors import AisleError, InvalidInput, NotFound, Unauthorized, Unavailable
from shop.questions import warm_up

App: TypeAlias = Sanic[Any, Any]
AnyRequest: TypeAlias = Request[Any, Any]

# A tracker of a long conversation, with the cards that were shown in it.
MAX_BODY_BYTES = 8_000_000
FINISH_WITHIN_S = 4.0
RETRY_WARMING_S = 2.0

log = structlog.get_logger()


class Unprocessable(InvalidInput):
    """A body that is no action call."""

    code = "bad_request"
    status = 422


def create_app(shop: Shop, name: str = "aisle_actions") -> App:
    """Build the app; `name` must differ between apps of one process."""
    app: App = Sanic(name, configure_logging=False)
    app.config.AUTO_EXTEND = False
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = FINISH_WITHIN_S
    app.ctx.shop, app.ctx.executor, app.ctx.ready = shop, executor_for(shop), False
    app.ctx.secret = shop.settings.secret("actions").encode()
    app.add_route(_webhook, "/webhook", methods=["POST"])
    app.add_route(_health, "/health")
    app.error_handler.add(Exception, _refused)
    app.after_server_start(_start_warming)
    return app


def executor_for(shop: Shop) -> ActionExecutor:
    """rasa-sdk's executor with every skill and the form's filling, each bound to the shop."""
    executor = ActionExecutor()
    for name, skill in SKILLS.items():
        executor.register_function(name, as_action(shop, skill))
    executor.register_function(f"validate_{FORM}", partial(validate, shop))
    return executor


async def _start_warming(app: App) -> None:
    app.add_task(_warm(app))


async def _warm(app: App) -> None:
    """Load the recommender, prices and answers before the first shopper waits; if it cannot, try again."""
    while not app.ctx.ready:
        try:
            await asyncio.to_thread(warm_up, app.ctx.shop)
            await asyncio.to_thread(app.ctx.shop.answers.find, "")
            app.ctx.ready = True
        except Unavailable as error:
            log.warning("not_ready", code=error.code, reason=error.message)
            await asyncio.sleep(RETRY_WARMING_S)


async def _health(request: AnyRequest) -> HTTPResponse:
    ready = request.app.ctx.ready
    return json({"status": "ready" if ready else "loading"}, status=200 if ready else 503)


async def _webhook(request: AnyRequest) -> HTTPResponse:
    _authorize(request)
    call = _read_call(request)
    try:
        result = await request.app.ctx.executor.run(call)
    except ActionNotFoundException as error:
        raise NotFound(f"no action {call['next_action']!r}", field="next_action") from error
    return json(result.model_dump())


def _authorize(request: AnyRequest) -> None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    given = secret.encode("utf-8", "surrogateescape")
    if scheme != "Bearer" or not hmac.compare_digest(given, request.app.ctx.secret):
        raise Unauthorized("the shared secret is missing or wrong")


def _read_call(request: AnyRequest) -> dict[str, Any]:
    """The action call. Rasa leaves out the domain, which no skill needs and rasa-sdk insists on."""
    call = request.json
    if not isinstance(call, dict):
        raise Unprocessable("the body must be a JSON object")
    if not isinstance(call.get("next_action"), str):
        raise Unprocessable("next_action must name an action", field="next_action")
    if not isinstance(call.get("tracker"), dict) or "sender_id" not in call["tracker"]:
        raise Unprocessable("tracker must be a conversation's state", field="tracker")
    return {"domain": {}} | call


async def _refused(request: AnyRequest, error: Exception) -> HTTPResponse:
    """Answer in rasa-sdk's shape; what went wrong inside is for the log only."""
    status, message = 500, "internal error"
    if isinstance(error, AisleError):
        status, message = error.status, error.message
    elif isinstance(error, SanicException):
        # Rasa would take a 400 for the action's own decision.
        status, message = (422 if error.status_code == 400 else error.status_code), str(error)
    name = _action_name(request)
    if status >= 500:
        log.error("action_failed", action=name, exc_info=error)
    return json({"error": message, "action_name": name}, status=status)


def _action_name(request: AnyRequest) -> str:
    try:
        return str(request.json["next_action"])
    except (SanicException, KeyError, TypeError):
        return ""
