"""What handlers share, made once per app and found through the request."""

from dataclasses import dataclass
from typing import cast

from shop.context import Shop
from web.kinds import AnyRequest
from web.metrics import Metrics
from web.rasa_client import RasaClient
from web.turns import Turns
from web.wakeups import Wakeups


@dataclass(frozen=True)
class Services:
    """The open shop and the parts that work on it."""

    shop: Shop
    rasa: RasaClient
    turns: Turns
    wakeups: Wakeups
    metrics: Metrics


def services(request: AnyRequest) -> Services:
    """The services of the app that received the request."""
    return cast(Services, request.app.ctx.services)
