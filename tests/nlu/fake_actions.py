"""A small action server for the tests: well behaved by default, or failing in one of `MODES`."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

EVENTS_OF_FIND = [{"event": "slot", "name": "category", "value": "milk"}]
SLATE = {
    "kind": "slate",
    "slate_id": "s1",
    "items": [{"item_id": "1", "name": "Milk {1 gallon}", "price": 2.5}],
}


def well_behaved(call: dict[str, Any]) -> dict[str, Any]:
    """Answer an action call as the real action server would: a slate, nothing, or the slots of a form."""
    name = call["next_action"]
    if name == "action_find":
        response = {"response": "utter_found", "count": 1, "category": "milk", "custom": SLATE}
        return {"events": EVENTS_OF_FIND, "responses": [response]}
    if name == "validate_return_form":
        slots = call["tracker"]["slots"]
        wanted = ("order_id", "return_reason")
        return {"events": [{"event": "slot", "name": s, "value": slots[s]} for s in wanted], "responses": []}
    return {"events": [], "responses": []}


def _reply(body: bytes, status: int = 200, kind: str = "application/json") -> tuple[int, str, bytes]:
    return status, kind, body


MODES = {
    "error_500": _reply(b"boom", 500, "text/plain"),
    "html": _reply(b"<html><body>It works!</body></html>", kind="text/html"),
    "bad_json": _reply(b'{"events": [], "responses": '),
    "wrong_schema": _reply(b'{"events": [{"event": "no such event"}], "responses": []}'),
    "wrong_types": _reply(b'{"events": 3, "responses": "none"}'),
    "missing_keys": _reply(b"{}"),
    "null": _reply(b"null"),
    "empty_body": _reply(b""),
    "huge": _reply(b'{"events": [], "responses": [{"text": "' + b"x" * 1_100_000 + b'"}]}'),
    "wrong_encoding": _reply('{"events": [], "responses": [{"text": "é"}]}'.encode("latin-1")),
    "redirect": _reply(b"", 302),
    "garbled_rejection": _reply(b"not json", 400),
    "card_without_kind": _reply(b'{"events": [], "responses": [{"custom": {"items": []}}]}'),
    "picture": _reply(b'{"events": [], "responses": [{"image": "http://127.0.0.1/x.png"}]}'),
}


class FakeActionServer:
    """Listens on a free port of 127.0.0.1 from `start` to `stop`; `mode` is None or a failure.

    `reply`, where set, takes the place of the well-behaved answers. `calls` are kept.
    """

    def __init__(self) -> None:
        self.mode: str | None = None
        self.reply: dict[str, Any] | None = None
        self.calls: list[dict[str, Any]] = []
        self.authorizations: list[str | None] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/webhook"

    def start(self) -> None:
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["content-length"])))
                server.calls.append(call)
                server.authorizations.append(self.headers["authorization"])
                if server.mode == "closing":
                    self.connection.close()
                    return
                if server.mode == "slow":
                    time.sleep(5)
                self._send(
                    *(
                        MODES.get(server.mode or "")
                        or _reply(json.dumps(server.reply or well_behaved(call)).encode())
                    )
                )

            def _send(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler
