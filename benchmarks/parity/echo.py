"""An action server whose answers tell the tracker state that Rasa sent."""

import contextlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@contextlib.contextmanager
def serving_actions() -> Iterator[str]:
    """Serve actions whose every answer is a function of the call's content."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/webhook"
    server.shutdown()


class _Echo(BaseHTTPRequestHandler):
    """Answers an action call with what it was told: any difference of state shows up in the messages."""

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["content-length"])))
        tracker = call["tracker"]
        kinds = [event["event"] for event in tracker["events"]]
        state = {
            "action": call["next_action"],
            "slots": {k: v for k, v in tracker["slots"].items() if k != "session_started_metadata"},
            "loop": tracker["active_loop"].get("name"),
            "latest_action": tracker["latest_action_name"],
            "intent": tracker["latest_message"]["intent"].get("name"),
            "entities": [(e["entity"], e["value"]) for e in tracker["latest_message"]["entities"]],
            "events": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        }
        silent = call["next_action"].startswith("validate_")
        self._send({"events": [], "responses": [] if silent else [{"custom": {"kind": "state", **state}}]})

    def _send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""
