"""The web application around the channel: `/webhooks/aisle/turn` and `/health`, nothing else."""

import asyncio
import logging
from pathlib import Path

from rasa.core.channels.channel import register
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from nlu.assistant import load_agent
from nlu.channel import AisleChannel
from nlu.settings import Settings
from nlu.turn_request import BODY_CAP

logger = logging.getLogger(__name__)

_CODES = {404: "not_found", 405: "method_not_allowed", 413: "text_too_long"}


def create_app(settings: Settings, model: Path) -> Sanic:
    """Build the application; it loads the model once it listens. `app.ctx.failure` says why it could not."""
    app = Sanic("aisle_nlu", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = 2 * BODY_CAP  # the channel refuses what is over BODY_CAP, with a reason
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = settings.turn_deadline + 1.0
    app.ctx.agent, app.ctx.failure = None, None
    register([AisleChannel(settings.rasa_secret, settings.turn_deadline)], app, route="/webhooks/")
    app.add_route(_health, "/health")
    app.error_handler.add(SanicException, _refused)

    @app.after_server_start
    async def load(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        app.add_task(_load(app, settings, model))

    @app.after_server_stop
    async def close(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        if app.ctx.agent is not None:
            await app.ctx.agent.action_endpoint.close()

    return app


async def _load(app: Sanic, settings: Settings, model: Path) -> None:
    """Load the model in a thread, so that `/health` answers meanwhile; stop the server if it cannot be
    loaded.
    """
    try:
        app.ctx.agent = await asyncio.to_thread(load_agent, model, settings)
    except Exception as error:  # whatever is wrong with a model archive, this process is of no use without it
        logger.debug("Loading %s failed", model, exc_info=True)
        app.ctx.failure = f"cannot load the model {model}: {type(error).__name__}: {error}"
        app.stop()
    else:
        logger.info("Ready with model %s", model.name)


async def _health(request: Request) -> HTTPResponse:
    agent = request.app.ctx.agent
    if agent is None:
        return json({"status": "loading"}, status=503)
    return json({"status": "ready", "model": agent.model_name})


async def _refused(_: Request, error: SanicException) -> HTTPResponse:
    """Answer in our one error shape what Sanic itself refuses."""
    code = _CODES.get(error.status_code, "bad_request" if error.status_code < 500 else "internal")
    return json({"error": {"code": code, "message": str(error)}}, status=error.status_code)
