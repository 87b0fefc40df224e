"""A real app on a real port, over the small shop, with a stand-in for Rasa."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest

from shop.context import Shop
from tests.conftest import ShopFactory
from tests.web.fake_rasa import SECRET, FakeRasa
from tests.web.server import serving
from web.logs import configure_logs

API_KEY = "the key of the shop's own server"
SECRETS = {
    "session_secret": "a secret that signs sessions, long enough",
    "identity_secret": "a secret that the shop signs identities with",
    "api_key_secret": API_KEY,
    "rasa_secret": SECRET,
}


@dataclass(frozen=True)
class Visitor:
    """A browser with a session: an HTTP client that carries the token."""

    http: httpx.Client
    conversation_id: str
    ids: "count[int]"

    def send(
        self, text: str | None = None, client_message_id: str | None = None, **content: Any
    ) -> httpx.Response:
        """POST /api/v1/messages; a fresh client id unless one is given."""
        said = {"text": text} if text is not None else content
        client_id = client_message_id or f"m{next(self.ids)}"
        return self.http.post("/api/v1/messages", json={"client_message_id": client_id, **said})

    def history(self) -> list[dict[str, Any]]:
        """Every message of the record."""
        messages: list[dict[str, Any]] = self.http.get("/api/v1/conversation").json()["messages"]
        return messages


@dataclass(frozen=True)
class Web:
    """A running app and what it runs on."""

    url: str
    shop: Shop
    rasa: FakeRasa
    cleanup: ExitStack

    def client(self, **options: Any) -> httpx.Client:
        """A client without a session."""
        return self.cleanup.enter_context(
            httpx.Client(base_url=self.url, timeout=10, verify=False, **options)
        )

    def visitor(self, **session: Any) -> Visitor:
        """A client with a session of its own."""
        http = self.client()
        opened = http.post("/api/v1/sessions", json=session)
        assert opened.status_code == 200, opened.text
        http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        return Visitor(http, opened.json()["conversation_id"], count())


ServeWeb = Callable[..., Web]


@pytest.fixture(autouse=True, scope="session")
def logs() -> None:
    """As in production: one line each, which pytest shows where a test fails."""
    configure_logs("INFO")


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    """A stand-in for Rasa that answers "heard: ..." until told otherwise."""
    with FakeRasa() as fake:
        yield fake


@pytest.fixture
def serve(shop_factory: ShopFactory, rasa: FakeRasa) -> Iterator[ServeWeb]:
    """`serve(**settings)`: start an app on a small shop of its own."""
    with ExitStack() as cleanup:

        def start(shop: Shop | None = None, **settings: Any) -> Web:
            made = shop or shop_factory(**({"rasa_url": rasa.url} | SECRETS | settings))
            return Web(cleanup.enter_context(serving(made)), made, rasa, cleanup)

        yield start


@pytest.fixture
def web(serve: ServeWeb) -> Web:
    """The app with its usual settings."""
    return serve()


@pytest.fixture
def visitor(web: Web) -> Visitor:
    """An anonymous visitor of the app."""
    return web.visitor()
