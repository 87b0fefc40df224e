"""A real Rasa process of the tests: `python -m nlu.run` with the small bot."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BOT = Path(__file__).parent / "bot"
SECRET = "the tests' own secret"
ACTIONS_SECRET = "the fake action server's secret"
START_LIMIT = 60.0  # seconds; a loaded machine takes long


@dataclass
class LiveRasa:
    """One served assistant; `turn` asks it as web would."""

    process: subprocess.Popen[bytes]
    url: str
    tracker: Path
    turns: int = field(default=0)

    def turn(self, conversation: str, text: str | None = None, **fields: Any) -> tuple[int, dict[str, Any]]:
        """Send one turn; return the status and the JSON answer."""
        self.turns += 1
        asked = {"conversation_id": conversation, "turn_id": f"t{self.turns}", **fields}
        if text is not None:
            asked["text"] = text
        return self.post(json.dumps(asked).encode())

    def post(self, body: bytes, secret: str | None = SECRET) -> tuple[int, dict[str, Any]]:
        """Post a body to the channel; return the status and the JSON answer."""
        headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}
        return fetch(urllib.request.Request(f"{self.url}/webhooks/aisle/turn", data=body, headers=headers))


def fetch(request: urllib.request.Request | str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON of an answer, whatever its status."""
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def environment(actions_url: str, tracker: Path, catalogue: Path) -> dict[str, str]:
    """Return the settings of a served assistant."""
    return {
        **os.environ,
        "AISLE_RASA_SECRET": SECRET,
        "AISLE_ACTIONS_SECRET": ACTIONS_SECRET,
        "AISLE_ACTIONS_URL": actions_url,
        "AISLE_TRACKER_URL": f"sqlite:///{tracker}",
        "AISLE_CATALOGUE": str(catalogue),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(model: Path, settings: dict[str, str], log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start serving a model and return at once."""
    port = free_port()
    command = [sys.executable, "-m", "nlu.run", "--port", str(port), "--model", str(model)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=output)
    return process, f"http://127.0.0.1:{port}"


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait for a good health; fail with the log if the process ends or the time is up."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and process.poll() is None:
        try:
            if fetch(f"{url}/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"Rasa did not become ready:\n{log.read_text()}")
