"""The app factory: an open shop in, a Sanic app out."""

from sanic import Sanic

from shop.context import Shop
from web import api, assets, storefront
from web.errors import handle_errors
from web.kinds import App
from web.logs import trace_requests
from web.metrics import Metrics
from web.rasa_client import RasaClient
from web.security import secure
from web.services import Services
from web.turns import Turns
from web.wakeups import Wakeups

MAX_BODY_BYTES = 8192
SETTLE_WITHIN_S = 6.0


def create_app(shop: Shop, name: str = "aisle") -> App:
    """Build the app; nothing is opened before the server starts, except what `shop` holds already.

    `name` must differ between apps of one process.
    """
    app: App = Sanic(name, configure_logging=False)
    app.config.AUTO_EXTEND = False
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = SETTLE_WITHIN_S
    app.config.FALLBACK_ERROR_FORMAT = "json"
    trace_requests(app)
    secure(app, _origins(shop.settings.allowed_origins))
    for part in api.PARTS:
        app.blueprint(part.blueprint)
    assets.serve(app)
    if shop.settings.demo:
        storefront.serve(app)
    handle_errors(app, storefront.error_page if shop.settings.demo else None)
    _run_services(app, shop)
    return app


def _run_services(app: App, shop: Shop) -> None:
    @app.before_server_start
    async def _open(app: App) -> None:
        app.ctx.services = _services(shop)

    @app.after_server_start
    async def _catch_up(app: App) -> None:
        await app.ctx.services.turns.answer_left_over()

    @app.before_server_stop
    async def _settle(app: App) -> None:
        # Streams end first: they would keep the server waiting for as long as it lets them.
        app.ctx.services.wakeups.close()
        await app.ctx.services.turns.settle()

    @app.after_server_stop
    async def _close(app: App) -> None:
        await app.ctx.services.rasa.close()


def _services(shop: Shop) -> Services:
    rasa = RasaClient(shop.settings.rasa_url, shop.settings.secret("rasa"))
    wakeups, metrics = Wakeups(), Metrics()
    return Services(shop, rasa, Turns(shop, rasa, wakeups, metrics), wakeups, metrics)


def _origins(setting: str) -> frozenset[str]:
    return frozenset(origin.strip().rstrip("/") for origin in setting.split(",") if origin.strip())
