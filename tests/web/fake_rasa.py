"""A stand-in for Rasa at its seam: a real HTTP server that keeps the contract, or breaks it on demand."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

SECRET = "the secret that web and Rasa share"  # 34 characters
FACTS = {
    "intent": {"name": "greet", "confidence": 0.97},
    "ranking": [{"name": "greet", "confidence": 0.97}, {"name": "thank", "confidence": 0.02}],
    "entities": [],
    "actions": ["utter_greet"],
    "committed": True,
    "model": "fake-1",
}

Reply = Callable[[dict[str, Any]], tuple[int, str, bytes]]


def says(*messages: dict[str, Any], **facts: Any) -> Reply:
    """Answer every turn with these messages."""

    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        answer = {"turn_id": turn["turn_id"], "messages": list(messages), "facts": FACTS | facts}
        return 200, "application/json", json.dumps(answer).encode()

    return reply


def echo(turn: dict[str, Any]) -> tuple[int, str, bytes]:
    """Answer with what was received, so that tests see what reached Rasa."""
    heard = turn.get("text") or json.dumps(turn["button"], sort_keys=True)
    return says({"kind": "text", "text": f"heard: {heard}"})(turn)


def raw(status: int, body: bytes, content_type: str = "application/json") -> Reply:
    """Answer with exactly this."""
    return lambda turn: (status, content_type, body)


def slow(seconds: float, then: Reply = echo) -> Reply:
    """Answer late."""

    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        time.sleep(seconds)
        return then(turn)

    return reply


@dataclass
class FakeRasa:
    """Set `reply` to choose how it behaves; `turns` keeps what it received."""

    reply: Reply = echo
    turns: list[dict[str, Any]] = field(default_factory=list)
    healthy: bool = True
    port: int = 0

    def __enter__(self) -> "FakeRasa":
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Go down: connections are refused from now on."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._send(200 if fake.healthy else 503, "application/json", b"{}")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers["Authorization"] != f"Bearer {SECRET}" or self.path != "/webhooks/aisle/turn":
                    return self._send(401, "application/json", b'{"error": {"code": "unauthorized"}}')
                turn = json.loads(body)
                fake.turns.append(turn)
                return self._send(*fake.reply(turn))

            def _send(self, status: int, content_type: str, body: bytes) -> None:
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", content_type)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True  # whoever asked has given up

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
